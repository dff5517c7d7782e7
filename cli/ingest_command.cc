#include <iostream>
#include <map>
#include <memory>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "attache/v1/ingest_service.grpc.pb.h"
#include "cli/commands.h"
#include "cli/ingest_stream.h"
#include "cli/json.h"
#include "cli/source_options.h"
#include "cli/terminal.h"
#include "common/status_macros.h"

namespace attache::cli {
namespace {

struct IngestOptions {
  SourceOptions source;
  std::string durability = "durable";
  std::string format = "text";
};

// "no trip", "created".
std::string OutcomeName(v1::IngestOutcome outcome) {
  return absl::StrReplaceAll(
      absl::AsciiStrToLower(absl::StripPrefix(v1::IngestOutcome_Name(outcome),
                                              "INGEST_OUTCOME_")),
      {{"_", " "}});
}

// Counts outcomes and shows refusals as they come.
class Tally {
 public:
  Tally(size_t total, bool json) : json_(json), progress_("briefings", total) {}

  void Add(const IngestedItem& item) {
    ++done_;
    if (!item.result.ok()) {
      ++unreadable_;
      Fail(item.name, std::string(item.result.status().message()));
    } else {
      const v1::IngestResult& result = *item.result;
      ++by_outcome_[result.outcome()];
      records_ += result.record_ids_size();
      if (result.outcome() == v1::INGEST_OUTCOME_REJECTED) {
        Fail(item.name, absl::StrCat(result.status().reason(), ": ",
                                     result.status().message()));
      }
      if (json_) {
        progress_.Clear();
        std::cout << ToJson(result, JsonForm::kOneLine);
      }
    }
    progress_.Update(done_);
  }

  // "14 briefings in 0.3 s (47/s): 11 created, 3 no trip; 12 records".
  void PrintSummary() {
    progress_.Clear();
    const double seconds = absl::ToDoubleSeconds(progress_.elapsed());
    std::string outcomes;
    for (const auto& [outcome, count] : by_outcome_) {
      absl::StrAppend(&outcomes, outcomes.empty() ? "" : ", ", count, " ",
                      OutcomeName(outcome));
    }
    if (unreadable_ > 0) {
      absl::StrAppend(&outcomes, outcomes.empty() ? "" : ", ", unreadable_,
                      " not readable");
    }
    (json_ ? std::cerr : std::cout) << absl::StrFormat(
        "%d %s in %.1f s (%.0f/s): %s; %d %s\n", done_,
        done_ == 1 ? "briefing" : "briefings", seconds,
        static_cast<double>(done_) / std::max(seconds, 1e-3), outcomes,
        records_, records_ == 1 ? "record" : "records");
  }

  size_t done() const { return done_; }
  size_t failed() const { return failed_; }

 private:
  void Fail(const std::string& name, const std::string& why) {
    ++failed_;
    progress_.Clear();
    std::cerr << "attache: " << Printable(name) << ": " << Printable(why)
              << '\n';
  }

  const bool json_;
  Progress progress_;
  size_t done_ = 0;
  size_t failed_ = 0;
  size_t unreadable_ = 0;
  int records_ = 0;
  std::map<v1::IngestOutcome, size_t> by_outcome_;
};

absl::Status Run(const IngestOptions& options, const Addresses& addresses) {
  ATTACHE_ASSIGN_OR_RETURN(const auto source, OpenSource(options.source));
  ATTACHE_ASSIGN_OR_RETURN(const auto channel,
                           Connect(addresses, addresses.ingestor));
  const auto stub = v1::IngestService::NewStub(channel);
  IngestStream stream(*stub, addresses.ingestor,
                      options.durability == "indexed" ? v1::DURABILITY_INDEXED
                                                      : v1::DURABILITY_DURABLE);
  Tally tally(source->size(), options.format == "jsonl");
  const absl::Status status =
      stream.Run(*source, [&](const IngestedItem& item) { tally.Add(item); });
  if (tally.done() > 0) tally.PrintSummary();
  ATTACHE_RETURN_IF_ERROR(status);
  if (tally.failed() > 0) {
    return absl::InvalidArgumentError(
        absl::StrCat(tally.failed(), " of ", tally.done(),
                     " briefings were not accepted: see above"));
  }
  return absl::OkStatus();
}

}  // namespace

void AddIngestCommand(CLI::App& app, const Addresses& addresses,
                      Action& action) {
  auto options = std::make_shared<IngestOptions>();
  CLI::App* command =
      app.add_subcommand("ingest", "Send briefings to the ingestor");
  AddSourceOptions(*command, options->source);
  command
      ->add_option("--durability", options->durability,
                   "durable: answered when on the ingestor's disk; indexed: "
                   "when queries see it")
      ->check(CLI::IsMember({"durable", "indexed"}))
      ->capture_default_str();
  command
      ->add_option("--format", options->format,
                   "text: a summary; jsonl: an IngestResult a line as well")
      ->check(CLI::IsMember({"text", "jsonl"}))
      ->capture_default_str();
  command->footer(R"(Examples:
  attache ingest announcement.txt --publish-time 2024-05-13
  attache ingest press-releases/ --durability=indexed
  attache ingest releases.rss
  producer | attache ingest -      (JSON lines of attache.v1.Briefing)
Sending the same briefings again changes nothing.)");
  command->callback([options, &addresses, &action] {
    action = [options, &addresses] { return Run(*options, addresses); };
  });
}

}  // namespace attache::cli
