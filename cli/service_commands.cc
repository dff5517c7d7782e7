// Commands on the services themselves: vocabulary, status.
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "attache/v1/ingest_service.grpc.pb.h"
#include "attache/v1/trip_query_service.grpc.pb.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/terminal.h"
#include "common/status_macros.h"

namespace attache::cli {
namespace {

struct VocabularyOptions {
  std::string kind;
  std::string language;
  std::string format = "table";
};

v1::Dimension VocabularyDimension(const std::string& kind) {
  if (kind == "countries") return v1::DIMENSION_COUNTRY;
  if (kind == "sectors") return v1::DIMENSION_SECTOR;
  if (kind == "objectives") return v1::DIMENSION_OBJECTIVE;
  return v1::DIMENSION_EVENT_SERIES;
}

absl::Status ListVocabulary(const VocabularyOptions& options,
                            const Addresses& addresses) {
  ATTACHE_ASSIGN_OR_RETURN(const auto channel,
                           Connect(addresses, addresses.query));
  const auto stub = v1::TripQueryService::NewStub(channel);
  v1::ListVocabularyRequest request;
  request.set_dimension(VocabularyDimension(options.kind));
  request.set_language_code(options.language);
  v1::ListVocabularyResponse response;
  const grpc::Status status =
      stub->ListVocabulary(NewContext().get(), request, &response);
  if (!status.ok()) return ServiceError(status, kQueryService, addresses.query);
  if (options.format == "json") {
    std::cout << ToJson(response, JsonForm::kIndented);
    return absl::OkStatus();
  }
  std::vector<Row> rows;
  for (const auto& entry : response.entries()) {
    rows.push_back({entry.id(), entry.parent_id(), entry.display_name(),
                    absl::StrCat(entry.record_count()),
                    absl::StrJoin(entry.aliases(), ", ")});
  }
  PrintTable(std::cout, {"ID", "PARENT", "NAME", "RECORDS", "ALSO"}, rows,
             TerminalWidth());
  return absl::OkStatus();
}

std::string FormatTime(const google::protobuf::Timestamp& time) {
  return absl::FormatTime(absl::RFC3339_sec,
                          absl::FromUnixSeconds(time.seconds()),
                          absl::UTCTimeZone());
}

void PrintFacts(const std::string& title, const std::vector<Row>& facts) {
  std::cout << title << '\n';
  for (const Row& fact : facts) {
    if (!fact[1].empty())
      std::cout << absl::StreamFormat("  %-20s %s\n", fact[0],
                                      Printable(fact[1]));
  }
}

absl::Status ShowIngestor(const Addresses& addresses) {
  ATTACHE_ASSIGN_OR_RETURN(const auto channel,
                           Connect(addresses, addresses.ingestor));
  const auto stub = v1::IngestService::NewStub(channel);
  v1::GetIngestStatusResponse response;
  const grpc::Status status =
      stub->GetIngestStatus(NewContext().get(), {}, &response);
  if (!status.ok()) return ServiceError(status, kIngestor, addresses.ingestor);
  PrintFacts(
      absl::StrCat("ingestor at ", addresses.ingestor),
      {{"query service", response.connected() ? "connected" : "not connected"},
       {"accepted writes", absl::StrCat(response.last_sequence())},
       {"acknowledged writes", absl::StrCat(response.acknowledged_sequence())},
       {"outbox", Megabytes(response.outbox_bytes())},
       {"oldest waiting", response.has_oldest_pending_time()
                              ? FormatTime(response.oldest_pending_time())
                              : ""},
       {"producer", response.producer_id()},
       {"parser", response.parser_version()},
       {"vocabulary", response.vocabulary_version()}});
  return absl::OkStatus();
}

absl::Status ShowQueryService(const Addresses& addresses) {
  ATTACHE_ASSIGN_OR_RETURN(const auto channel,
                           Connect(addresses, addresses.query));
  const auto stub = v1::TripQueryService::NewStub(channel);
  v1::GetIndexStatusResponse response;
  const grpc::Status status =
      stub->GetIndexStatus(NewContext().get(), {}, &response);
  if (!status.ok()) return ServiceError(status, kQueryService, addresses.query);
  PrintFacts(absl::StrCat("query service at ", addresses.query),
             {{"records", absl::StrCat(response.record_count())},
              {"briefings", absl::StrCat(response.briefing_count())},
              {"revision", absl::StrCat(response.revision())},
              {"memory", Megabytes(response.memory_bytes())},
              {"disk", Megabytes(response.disk_bytes())},
              {"started", FormatTime(response.start_time())},
              {"index", response.index_id()},
              {"version", response.version()},
              {"vocabulary", response.vocabulary_version()}});
  return absl::OkStatus();
}

// Shows both, even where one cannot be reached.
absl::Status ShowStatus(const Addresses& addresses) {
  const absl::Status ingestor = ShowIngestor(addresses);
  const absl::Status query = ShowQueryService(addresses);
  if (!ingestor.ok() && !query.ok()) {
    std::cerr << "attache: " << Printable(ingestor.message()) << '\n';
    return query;
  }
  return ingestor.ok() ? query : ingestor;
}

}  // namespace

void AddVocabularyCommand(CLI::App& app, const Addresses& addresses,
                          Action& action) {
  auto options = std::make_shared<VocabularyOptions>();
  CLI::App* command = app.add_subcommand(
      "vocabulary",
      "List the countries, sectors, objectives or events that queries know");
  command
      ->add_option("kind", options->kind,
                   "countries, sectors, objectives or events")
      ->required()
      ->check(CLI::IsMember({"countries", "sectors", "objectives", "events"}));
  command->add_option("--language", options->language,
                      "Language of the names, such as fr");
  command->add_option("--format", options->format, "table or json")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  command->footer("Example:\n  attache vocabulary sectors --language pt");
  command->callback([options, &addresses, &action] {
    action = [options, &addresses] {
      return ListVocabulary(*options, addresses);
    };
  });
}

void AddStatusCommand(CLI::App& app, const Addresses& addresses,
                      Action& action) {
  CLI::App* command =
      app.add_subcommand("status", "Show how both services are");
  command->footer("Example:\n  attache status --query 127.0.0.1:50052");
  command->callback([&addresses, &action] {
    action = [&addresses] { return ShowStatus(addresses); };
  });
}

}  // namespace attache::cli
