// Commands on single records and briefings: get, retract, reparse.
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "attache/v1/ingest_service.grpc.pb.h"
#include "attache/v1/trip_query_service.grpc.pb.h"
#include "cli/card.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/terminal.h"
#include "common/status_macros.h"

namespace attache::cli {
namespace {

struct GetOptions {
  std::vector<std::string> record_ids;
  std::string format = "text";
};

absl::Status Get(const GetOptions& options, const Addresses& addresses) {
  ATTACHE_ASSIGN_OR_RETURN(const auto channel,
                           Connect(addresses, addresses.query));
  const auto stub = v1::TripQueryService::NewStub(channel);
  v1::BatchGetTripRecordsRequest request;
  for (const std::string& id : options.record_ids) request.add_record_ids(id);
  request.set_view(v1::RECORD_VIEW_FULL);
  std::vector<std::string> missing;
  // Again for those that the response before had no room for.
  while (!request.record_ids().empty()) {
    v1::BatchGetTripRecordsResponse response;
    const grpc::Status status =
        stub->BatchGetTripRecords(NewContext().get(), request, &response);
    if (!status.ok()) {
      return ServiceError(status, kQueryService, addresses.query);
    }
    for (const auto& record : response.trip_records()) {
      if (options.format == "text") {
        std::cout << RecordCard(record)
                  << (options.record_ids.size() > 1 ? "\n" : "");
      } else {
        std::cout << ToJson(record, options.format == "json"
                                        ? JsonForm::kIndented
                                        : JsonForm::kOneLine);
      }
    }
    missing.insert(missing.end(), response.missing_record_ids().begin(),
                   response.missing_record_ids().end());
    request.mutable_record_ids()->Swap(response.mutable_deferred_record_ids());
  }
  if (missing.empty()) return absl::OkStatus();
  return absl::NotFoundError(
      absl::StrCat("the index holds no record ", absl::StrJoin(missing, ", "),
                   " (attache find lists those that it holds)"));
}

struct RetractOptions {
  std::vector<std::string> briefing_ids;
  std::string durability = "durable";
};

absl::Status Retract(const RetractOptions& options,
                     const Addresses& addresses) {
  ATTACHE_ASSIGN_OR_RETURN(const auto channel,
                           Connect(addresses, addresses.ingestor));
  const auto stub = v1::IngestService::NewStub(channel);
  for (const std::string& id : options.briefing_ids) {
    v1::RetractBriefingRequest request;
    request.set_briefing_id(id);
    request.set_durability(options.durability == "indexed"
                               ? v1::DURABILITY_INDEXED
                               : v1::DURABILITY_DURABLE);
    v1::RetractBriefingResponse response;
    const grpc::Status status =
        stub->RetractBriefing(NewContext().get(), request, &response);
    if (!status.ok())
      return ServiceError(status, kIngestor, addresses.ingestor);
    std::cout << "retracted " << Printable(id) << '\n';
  }
  return absl::OkStatus();
}

absl::Status Reparse(bool outdated_only, const Addresses& addresses) {
  ATTACHE_ASSIGN_OR_RETURN(const auto channel,
                           Connect(addresses, addresses.ingestor));
  const auto stub = v1::IngestService::NewStub(channel);
  v1::ReparseBriefingsRequest request;
  request.set_outdated_only(outdated_only);
  grpc::ClientContext context;  // no deadline: it takes as long as it takes
  const auto reader = stub->ReparseBriefings(&context, request);
  std::unique_ptr<Progress> progress;
  v1::ReparseBriefingsResponse response;
  while (reader->Read(&response)) {
    if (!progress) {
      progress = std::make_unique<Progress>(
          "briefings", static_cast<size_t>(response.total_count()));
    }
    progress->Update(static_cast<size_t>(response.done_count()));
  }
  progress.reset();
  const grpc::Status status = reader->Finish();
  if (!status.ok()) return ServiceError(status, kIngestor, addresses.ingestor);
  std::cout << response.done_count() << " of " << response.total_count()
            << " briefings parsed again, " << response.changed_count()
            << " changed\n";
  return absl::OkStatus();
}

}  // namespace

void AddGetCommand(CLI::App& app, const Addresses& addresses, Action& action) {
  auto options = std::make_shared<GetOptions>();
  CLI::App* command = app.add_subcommand("get", "Show records by their ids");
  command
      ->add_option("record_id", options->record_ids,
                   "BRIEFING_ID#N, as find lists them")
      ->required();
  command->add_option("--format", options->format, "text, json or jsonl")
      ->check(CLI::IsMember({"text", "json", "jsonl"}))
      ->capture_default_str();
  command->footer("Example:\n  attache get \"newsroom/2024-05-13-lisbon#1\"");
  command->callback([options, &addresses, &action] {
    action = [options, &addresses] { return Get(*options, addresses); };
  });
}

void AddRetractCommand(CLI::App& app, const Addresses& addresses,
                       Action& action) {
  auto options = std::make_shared<RetractOptions>();
  CLI::App* command = app.add_subcommand(
      "retract", "Withdraw briefings: their records leave the index");
  command
      ->add_option("briefing_id", options->briefing_ids, "As it was ingested")
      ->required();
  command
      ->add_option("--durability", options->durability,
                   "When to answer, as for ingest")
      ->check(CLI::IsMember({"durable", "indexed"}))
      ->capture_default_str();
  command->footer("Example:\n  attache retract newsroom/2024-05-13-lisbon");
  command->callback([options, &addresses, &action] {
    action = [options, &addresses] { return Retract(*options, addresses); };
  });
}

void AddReparseCommand(CLI::App& app, const Addresses& addresses,
                       Action& action) {
  auto outdated_only = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand(
      "reparse", "Parse again what the ingestor holds, and send what changed");
  command->add_flag("--outdated-only", *outdated_only,
                    "Only what another parser or vocabulary version read");
  command->footer("Example:\n  attache reparse --outdated-only");
  command->callback([outdated_only, &addresses, &action] {
    action = [outdated_only, &addresses] {
      return Reparse(*outdated_only, addresses);
    };
  });
}

}  // namespace attache::cli
