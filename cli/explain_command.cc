#include <iostream>
#include <memory>
#include <string>

#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "attache/v1/trip_query_service.grpc.pb.h"
#include "cli/commands.h"
#include "cli/terminal.h"
#include "common/status_macros.h"

namespace attache::cli {
namespace {

absl::Status Run(const std::string& filter, const Addresses& addresses) {
  ATTACHE_ASSIGN_OR_RETURN(const auto channel,
                           Connect(addresses, addresses.query));
  const auto stub = v1::TripQueryService::NewStub(channel);
  v1::ExplainTripRecordsRequest request;
  request.set_filter(filter);
  v1::ExplainTripRecordsResponse response;
  const grpc::Status status =
      stub->ExplainTripRecords(NewContext().get(), request, &response);
  if (!status.ok()) {
    return ServiceError(status, kQueryService, addresses.query);
  }
  const absl::Duration duration =
      absl::Seconds(response.duration().seconds()) +
      absl::Nanoseconds(response.duration().nanos());
  for (const auto line :
       absl::StrSplit(response.plan(), '\n', absl::SkipEmpty())) {
    std::cout << Printable(line) << '\n';
  }
  std::cout << response.total_size() << " found in "
            << absl::FormatDuration(
                   absl::Trunc(duration, absl::Microseconds(1)))
            << " at revision " << response.revision() << '\n';
  return absl::OkStatus();
}

}  // namespace

void AddExplainCommand(CLI::App& app, const Addresses& addresses,
                       Action& action) {
  auto filter = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand(
      "explain", "Show how a filter is answered, and how many it finds");
  command->add_option("FILTER", *filter, "An AIP-160 filter; empty for all");
  command->footer(
      R"(Each line is a step: "~" is what the planner expected of it,
then what it finds, or leaves of what the steps above it found.
Example:
  attache explain 'visits.country_code:"BR" AND title:"trade"')");
  command->callback([filter, &addresses, &action] {
    action = [filter, &addresses] { return Run(*filter, addresses); };
  });
}

}  // namespace attache::cli
