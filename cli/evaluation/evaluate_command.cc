#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/briefing_source.h"
#include "cli/commands.h"
#include "cli/evaluation/labels.h"
#include "cli/evaluation/score.h"
#include "cli/json.h"
#include "cli/terminal.h"
#include "common/status_macros.h"
#include "common/vocabulary/vocabulary.h"
#include "google/protobuf/struct.pb.h"
#include "ingestor/parser.h"

namespace attache::cli {
namespace {

namespace fs = std::filesystem;

struct EvaluateOptions {
  std::vector<std::string> gold;
  std::string briefings;
  std::string terms;
  std::string format = "text";
  std::string vocabulary = DefaultVocabularyDirectory();
  bool errors = false;
};

// "all" and one a language.
using Scores = std::map<std::string, Score>;

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  return std::string((std::istreambuf_iterator<char>(in)),
                     std::istreambuf_iterator<char>());
}

absl::StatusOr<std::string> FindBriefing(const std::string& folder,
                                         const std::string& id) {
  for (const char* ending : {".txt", ".md", ".html"}) {
    const std::string path = absl::StrCat(folder, "/", id, ending);
    if (fs::exists(path)) return path;
  }
  return absl::NotFoundError(
      absl::StrCat("there is no ", folder, "/", id, ".txt, .md or .html"));
}

absl::StatusOr<ParseResult> ParseBriefingOf(const GoldBriefing& gold,
                                            const std::string& folder,
                                            const Vocabulary& vocabulary) {
  ATTACHE_ASSIGN_OR_RETURN(const std::string path,
                           FindBriefing(folder, gold.id));
  BriefingDefaults defaults;
  if (!gold.publish_date.empty()) {
    ATTACHE_ASSIGN_OR_RETURN(defaults.publish_time,
                             ParsePublishTime(gold.publish_date));
  }
  ATTACHE_ASSIGN_OR_RETURN(const auto source,
                           BriefingSource::Open(path, defaults));
  std::optional<SourceItem> item = source->Next();
  ATTACHE_RETURN_IF_ERROR(item->briefing.status());
  return Parse(*item->briefing, vocabulary);
}

ParentOf ParentIn(const Vocabulary& vocabulary,
                  const VocabularyItem* (Vocabulary::*find)(absl::string_view)
                      const) {
  return [&vocabulary, find](const std::string& id) {
    const VocabularyItem* item = (vocabulary.*find)(id);
    return item == nullptr ? std::string() : item->parent_id;
  };
}

// Every figure, by the name that it is shown under.
struct Figure {
  std::string name;
  double value = 0;
  std::string detail;
};

std::vector<Figure> FiguresOf(const Score& score) {
  const auto set = [](const std::string& name, const SetCounts& counts) {
    return Figure{
        name, counts.F1(),
        absl::StrFormat("P %.3f R %.3f; %d right, %d wrong, %d missing",
                        counts.Precision(), counts.Recall(),
                        counts.true_positives, counts.false_positives,
                        counts.false_negatives)};
  };
  const auto share = [](const std::string& name, const Share& counts) {
    return Figure{name, counts.Value(),
                  absl::StrFormat("%d of %d", counts.right, counts.all)};
  };
  return {share("is_trip", score.is_trip),
          set("visits", score.visits),
          share("order", score.order),
          set("mentions", score.mentions),
          set("travelers", score.travelers),
          set("meetings", score.meetings),
          set("events", score.events),
          set("sectors", score.sectors),
          set("objectives", score.objectives),
          share("start_date", score.start_date),
          {"false_start_dates", static_cast<double>(score.false_start_dates),
           "a count"},
          share("end_date", score.end_date),
          {"false_end_dates", static_cast<double>(score.false_end_dates),
           "a count"},
          set("amounts", score.amounts),
          share("amount_kinds", score.amount_kinds)};
}

void PrintAsText(const Scores& scores) {
  for (const auto& [language, score] : scores) {
    std::cout << absl::StreamFormat("%s, %d briefings\n", language,
                                    score.is_trip.all);
    for (const Figure& figure : FiguresOf(score)) {
      std::cout << absl::StreamFormat("  %-18s %7.3f  %s\n", figure.name,
                                      figure.value, figure.detail);
    }
  }
}

void PrintAsJson(const Scores& scores) {
  google::protobuf::Struct json;
  for (const auto& [language, score] : scores) {
    auto& fields = *(*json.mutable_fields())[language]
                        .mutable_struct_value()
                        ->mutable_fields();
    fields["briefings"].set_number_value(score.is_trip.all);
    for (const Figure& figure : FiguresOf(score)) {
      fields[figure.name].set_number_value(figure.value);
    }
  }
  std::cout << ToJson(json, JsonForm::kIndented);
}

void PrintMistakes(const std::vector<Mistake>& mistakes) {
  for (const Mistake& mistake : mistakes) {
    std::cout << absl::StreamFormat(
        "%s  %-11s %s  %s", mistake.briefing_id, mistake.metric,
        mistake.missing ? "missing" : "wrong  ", Printable(mistake.value));
    if (!mistake.evidence.empty()) {
      std::cout << "  “" << Printable(mistake.evidence) << "”";
    }
    std::cout << '\n';
  }
}

absl::StatusOr<Terms> LoadTerms(const EvaluateOptions& options) {
  const std::string path =
      options.terms.empty()
          ? (fs::path(options.gold.front()).parent_path() / "terms.json")
                .string()
          : options.terms;
  ATTACHE_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  return ReadTerms(text);
}

absl::Status Run(const EvaluateOptions& options) {
  ATTACHE_ASSIGN_OR_RETURN(const auto vocabulary,
                           Vocabulary::Load(options.vocabulary));
  ATTACHE_ASSIGN_OR_RETURN(const Terms terms, LoadTerms(options));
  Scores scores;
  std::vector<Mistake> mistakes;
  for (const std::string& path : options.gold) {
    ATTACHE_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
    const auto gold = ReadGold(text);
    if (!gold.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ": ", gold.status().message()));
    }
    for (const GoldBriefing& briefing : *gold) {
      ATTACHE_ASSIGN_OR_RETURN(
          const ParseResult result,
          ParseBriefingOf(briefing, options.briefings, *vocabulary));
      const Labels predicted =
          LabelsOf(result.records, briefing.labels, terms,
                   ParentIn(*vocabulary, &Vocabulary::FindSector),
                   ParentIn(*vocabulary, &Vocabulary::FindObjective));
      AddToScore(briefing.id, briefing.labels, predicted, scores["all"],
                 mistakes);
      std::vector<Mistake> counted_already;
      AddToScore(briefing.id, briefing.labels, predicted,
                 scores[briefing.language], counted_already);
    }
  }
  if (options.errors) PrintMistakes(mistakes);
  if (options.format == "json") {
    PrintAsJson(scores);
  } else {
    PrintAsText(scores);
  }
  return absl::OkStatus();
}

}  // namespace

void AddEvaluateCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<EvaluateOptions>();
  CLI::App* command = app.add_subcommand(
      "evaluate", "Measure the parser against labelled briefings");
  command
      ->add_option("--gold", options->gold,
                   "JSON lines of labels (repeat for several)")
      ->required();
  command
      ->add_option("--briefings", options->briefings,
                   "Folder of the texts: ID.txt, ID.md or ID.html")
      ->required();
  command->add_option(
      "--terms", options->terms,
      "The ids that labels use; terms.json beside the first gold file "
      "otherwise");
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->add_flag(
      "--errors", options->errors,
      "List each wrong or missing item first, with the words it was read from");
  command
      ->add_option("--vocabulary", options->vocabulary,
                   "Folder of the vocabulary")
      ->capture_default_str();
  command->footer(
      "Example:\n  attache evaluate --gold dev.jsonl --briefings texts/ "
      "--errors");
  command->callback(
      [options, &action] { action = [options] { return Run(*options); }; });
}

}  // namespace attache::cli
