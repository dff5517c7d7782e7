#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "attache/v1/ingest_service.pb.h"
#include "cli/briefing_source.h"
#include "cli/card.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/source_options.h"
#include "cli/terminal.h"
#include "common/error.h"
#include "common/status_macros.h"
#include "common/vocabulary/vocabulary.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "ingestor/parser.h"

namespace attache::cli {
namespace {

struct ParseOptions {
  SourceOptions source;
  std::string format = "text";
  std::string vocabulary = DefaultVocabularyDirectory();
};

v1::ParseBriefingResponse ToResponse(ParseResult result) {
  v1::ParseBriefingResponse response;
  for (auto& record : result.records)
    *response.add_records() = std::move(record);
  for (auto& issue : result.issues) *response.add_issues() = std::move(issue);
  response.set_text(std::move(result.text));
  return response;
}

// {"file": ..., KEY: value} on one line.
template <typename Message>
void PrintJsonLine(const std::string& file, const std::string& key,
                   const Message& value) {
  google::protobuf::Value name;
  name.set_string_value(file);
  const auto trimmed = [](std::string json) {
    json.pop_back();  // the line end
    return json;
  };
  std::cout << "{\"file\":" << trimmed(ToJson(name, JsonForm::kOneLine))
            << ",\"" << key
            << "\":" << trimmed(ToJson(value, JsonForm::kOneLine)) << "}\n";
}

void PrintError(const std::string& format, const std::string& file,
                const absl::Status& error) {
  std::cerr << "attache: " << Printable(file) << ": "
            << Printable(error.message()) << '\n';
  if (format != "jsonl") return;
  v1::ItemStatus status;
  status.set_code(static_cast<int>(error.code()));
  if (const auto details = DetailsOf(error)) status.set_reason(details->reason);
  status.set_message(std::string(error.message()));
  PrintJsonLine(file, "error", status);
}

void Print(const std::string& format, const std::string& file, bool several,
           const v1::ParseBriefingResponse& response) {
  if (format == "json") {
    std::cout << ToJson(response, JsonForm::kIndented);
  } else if (format == "jsonl") {
    PrintJsonLine(file, "response", response);
  } else {
    if (several) std::cout << "== " << file << '\n';
    std::cout << ResponseCard(response) << (several ? "\n" : "");
  }
}

absl::Status Run(const ParseOptions& options) {
  ATTACHE_ASSIGN_OR_RETURN(const auto vocabulary,
                           Vocabulary::Load(options.vocabulary));
  ATTACHE_ASSIGN_OR_RETURN(const auto source, OpenSource(options.source));
  if (options.format == "json" && source->size() != 1) {
    return absl::InvalidArgumentError(
        absl::StrCat(options.source.path, " holds ", source->size(),
                     " briefings: --format=json prints one, --format=jsonl a "
                     "line for each"));
  }
  size_t failed = 0;
  while (std::optional<SourceItem> item = source->Next()) {
    absl::StatusOr<ParseResult> result =
        item->briefing.ok() ? Parse(*item->briefing, *vocabulary)
                            : item->briefing.status();
    if (result.ok()) {
      Print(options.format, item->name, source->size() > 1,
            ToResponse(*std::move(result)));
    } else {
      PrintError(options.format, item->name, result.status());
      ++failed;
    }
  }
  if (failed == 0) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      failed, " of ", source->size(), " briefings could not be read"));
}

}  // namespace

void AddParseCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<ParseOptions>();
  CLI::App* command = app.add_subcommand(
      "parse", "Show what briefings hold; needs no server, stores nothing");
  AddSourceOptions(*command, options->source);
  command
      ->add_option(
          "--format", options->format,
          "text: a card with the words that each fact was read from; "
          "json: ParseBriefingResponse; jsonl: a line for each briefing")
      ->check(CLI::IsMember({"text", "json", "jsonl"}))
      ->capture_default_str();
  command
      ->add_option("--vocabulary", options->vocabulary,
                   "Folder of the vocabulary")
      ->capture_default_str();
  command->footer(R"(Examples:
  attache parse announcement.txt --publish-time 2024-05-13
  attache parse feed.rss --format=jsonl > trips.jsonl
  cat page.html | attache parse - --media-type text/html --format=json)");
  command->callback(
      [options, &action] { action = [options] { return Run(*options); }; });
}

}  // namespace attache::cli
