#include <cstdint>
#include <iostream>
#include <limits>
#include <memory>
#include <string>

#include "attache/v1/trip_query_service.grpc.pb.h"
#include "cli/commands.h"
#include "cli/stop_signals.h"
#include "cli/terminal.h"
#include "cli/watch_printer.h"
#include "cli/watch_reader.h"
#include "common/status_macros.h"

namespace attache::cli {
namespace {

struct WatchOptions {
  std::string filter;
  int64_t since = 0;
  std::string index_id;
  std::string format = "lines";
  bool full = false;
  bool until_synced = false;
};

void Tell(const std::string& sentence) {
  std::cerr << "attache: " << Printable(sentence) << std::endl;
}

absl::Status Watch(const WatchOptions& options, const Addresses& addresses) {
  BlockStopSignals();  // before gRPC starts its threads
  ATTACHE_ASSIGN_OR_RETURN(const auto channel,
                           Connect(addresses, addresses.query));
  const auto stub = v1::TripQueryService::NewStub(channel);
  WatchReader reader(*stub, addresses.query);
  const StopSignals signals([&reader] { reader.Stop(); },
                            /*when_unread=*/true);

  v1::WatchTripRecordsRequest request;
  request.set_filter(options.filter);
  request.set_start_revision(options.since);
  request.set_index_id(options.index_id);
  request.set_view(options.full ? v1::RECORD_VIEW_FULL : v1::RECORD_VIEW_BASIC);
  WatchPrinter printer(std::cout, options.format == "json"
                                      ? WatchFormat::kJson
                                      : WatchFormat::kLines);
  return reader.Run(
      request,
      [&](const v1::WatchTripRecordsResponse& response) {
        printer.Print(response);
        return std::cout.good() && !(response.synced() && options.until_synced);
      },
      Tell);
}

}  // namespace

void AddWatchCommand(CLI::App& app, const Addresses& addresses,
                     Action& action) {
  auto options = std::make_shared<WatchOptions>();
  CLI::App* command = app.add_subcommand(
      "watch", "Show what matches, then every change to it, until Ctrl-C");
  command->add_option("FILTER", options->filter,
                      "Which trips, as AIP-160 has it; all where it is left "
                      "out");
  CLI::Option* since =
      command
          ->add_option("--since", options->since,
                       "Only what changed after this revision")
          ->check(CLI::Range(int64_t{1}, std::numeric_limits<int64_t>::max()));
  command
      ->add_option("--index-id", options->index_id,
                   "Of the index that the revision was read at, as "
                   "--format=json shows it")
      ->needs(since);
  command->add_option("--format", options->format, "lines or json")
      ->check(CLI::IsMember({"lines", "json"}))
      ->capture_default_str();
  command->add_flag("--full", options->full, "With tables and evidence (json)");
  command
      ->add_flag("--until-synced", options->until_synced,
                 "End once all that matches now was shown")
      ->excludes(since);
  command->footer(R"(Examples:
  attache watch 'visits.country_code:"BR" AND sectors.sector_id:"energy"'
  attache watch --format=json --since 1200
A line is "+" (matches now), "~" (changed) or "-" (matches no longer), the
revision, the record, its dates, countries and title.)");
  command->callback([options, &addresses, &action] {
    action = [options, &addresses] { return Watch(*options, addresses); };
  });
}

}  // namespace attache::cli
