#include <algorithm>
#include <cstdint>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attache/v1/trip_query_service.grpc.pb.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/summary_tables.h"
#include "cli/terminal.h"
#include "common/limits.h"
#include "common/status_macros.h"

namespace attache::cli {
namespace {

struct SummarizeOptions {
  std::string filter;
  std::vector<std::string> by;
  int32_t limit = kDefaultBuckets;
  std::string language;
  std::string format = "table";
};

// In the order of the contract.
std::vector<std::string> DimensionWords() {
  std::vector<std::string> words;
  for (int i = v1::DIMENSION_UNSPECIFIED + 1; v1::Dimension_IsValid(i); ++i) {
    words.push_back(DimensionWord(static_cast<v1::Dimension>(i)));
  }
  return words;
}

// REQUIRES: one of DimensionWords.
v1::Dimension DimensionOf(const std::string& word) {
  const std::vector<std::string> words = DimensionWords();
  const auto found = std::find(words.begin(), words.end(), word);
  return static_cast<v1::Dimension>(found - words.begin() + 1);
}

// What CLI11 cannot check of a single value.
void CheckNoneTwice(const std::vector<std::string>& by) {
  for (auto word = by.begin(); word != by.end(); ++word) {
    if (std::find(by.begin(), word, *word) != word) {
      throw CLI::ValidationError("--by",
                                 absl::StrCat("names ", *word, " twice"));
    }
  }
}

absl::Status Run(const SummarizeOptions& options, const Addresses& addresses) {
  v1::SummarizeTripRecordsRequest request;
  request.set_filter(options.filter);
  for (const std::string& word : options.by) {
    request.add_dimensions(DimensionOf(word));
  }
  request.set_bucket_limit(options.limit);
  request.set_language_code(options.language);
  ATTACHE_ASSIGN_OR_RETURN(const auto channel,
                           Connect(addresses, addresses.query));
  const auto stub = v1::TripQueryService::NewStub(channel);
  v1::SummarizeTripRecordsResponse response;
  const grpc::Status status =
      stub->SummarizeTripRecords(NewContext().get(), request, &response);
  if (!status.ok()) return ServiceError(status, kQueryService, addresses.query);
  if (options.format == "json") {
    std::cout << ToJson(response, JsonForm::kIndented);
  } else if (options.format == "csv") {
    PrintSummaryCsv(std::cout, response);
  } else {
    PrintSummaryTables(std::cout, response, TerminalWidth());
  }
  return absl::OkStatus();
}

}  // namespace

void AddSummarizeCommand(CLI::App& app, const Addresses& addresses,
                         Action& action) {
  auto options = std::make_shared<SummarizeOptions>();
  CLI::App* command = app.add_subcommand(
      "summarize", "Count trips by country, sector, month and more");
  command->add_option("FILTER", options->filter,
                      "Which trips, as an AIP-160 filter; all without one");
  command
      ->add_option("--by", options->by,
                   "What to count by (repeat, or separate by commas)")
      ->required()
      ->allow_extra_args(false)
      ->delimiter(',')
      ->check(CLI::IsMember(DimensionWords()));
  command->add_option("--limit", options->limit, "Rows a table at most")
      ->check(CLI::Range(int32_t{1}, kMaxBuckets))
      ->capture_default_str();
  command->add_option("--language", options->language,
                      "Language of the names, such as pt");
  command
      ->add_option("--format", options->format,
                   "How to print them; json and csv have exact sums")
      ->check(CLI::IsMember({"table", "json", "csv"}))
      ->capture_default_str();
  command->footer(R"(Examples:
  attache summarize --by country,sector
  attache summarize 'sectors.sector_id:energy AND NOT status = CANCELLED' --by month
  attache summarize --by sector --language pt --limit 50 --format csv
A trip counts once in each row that it belongs to.)");
  command->callback([options, &addresses, &action] {
    CheckNoneTwice(options->by);
    action = [options, &addresses] { return Run(*options, addresses); };
  });
}

}  // namespace attache::cli
