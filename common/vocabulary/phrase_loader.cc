// The part of VocabularyLoader that reads one language's phrases.
#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/status_macros.h"
#include "common/text/fold.h"
#include "common/text/token.h"
#include "common/vocabulary/pattern.h"
#include "common/vocabulary/vocabulary_loader.h"

namespace attache {
namespace {

absl::StatusOr<float> ParseWeight(const TsvTable& table, const TsvRow& row,
                                  const std::string& cell) {
  if (cell.empty()) return 1.0f;
  float weight = 0;
  // Written so that "nan" fails too.
  if (!absl::SimpleAtof(cell, &weight) || !(weight >= 0 && weight <= 1)) {
    return ErrorAtCell(table, row, cell, "is no weight between 0 and 1");
  }
  return weight;
}

// The name of a sector, an objective, ... begins with a capital because people
// read it in lists; in a text it need not.
std::string WithoutShownCapital(const std::string& name) {
  const std::vector<Token> tokens = Tokenize(name);
  if (tokens.empty() || CaseOf(tokens[0]) != CaseDemand::kCapitalized) {
    return name;
  }
  return absl::StrCat(name.substr(0, tokens[0].begin), tokens[0].folded,
                      name.substr(tokens[0].end));
}

// The phrases of one file, to tell one that stands there twice.
class Phrases {
 public:
  absl::Status Note(const TsvTable& table, const TsvRow& row,
                    absl::string_view id, absl::string_view qualifier,
                    absl::string_view phrase) {
    if (seen_.insert(absl::StrCat(id, "\t", qualifier, "\t", phrase)).second) {
      return absl::OkStatus();
    }
    return ErrorAtCell(table, row, phrase, "stands twice");
  }

 private:
  absl::flat_hash_set<std::string> seen_;
};

}  // namespace

absl::Status VocabularyLoader::LoadItemPhrases(const ItemKind& kind,
                                               const std::string& code) {
  ATTACHE_ASSIGN_OR_RETURN(
      const TsvTable table,
      LanguageTable(code, kind.file, {"id", "kind", "phrase", "weight"}));
  IdsByName ids_by_name;
  if (kind.names != nullptr) {
    for (const VocabularyItem& item : *kind.items) {
      ids_by_name.emplace(FoldToKey(item.id), item.id);
    }
  }
  for (const TsvRow& row : table.rows) {
    const std::string& form = row.cells[1];
    const auto position = kind.positions->find(row.cells[0]);
    if (position == kind.positions->end()) {
      return ErrorAtCell(table, row, row.cells[0], "is an unknown id");
    }
    if (form == "cue") continue;
    if (form != "name" && form != "alias") {
      return ErrorAtCell(table, row, form, "is an unknown kind");
    }
    // Titles such as "chair" may be those of several roles.
    if (kind.names == nullptr) ids_by_name.clear();
    ATTACHE_RETURN_IF_ERROR(
        RecordName(table, row, code, form == "name", row.cells[2],
                   (*kind.items)[position->second], ids_by_name, kind.names));
  }
  return AddItemPhrases(kind, code, table);
}

absl::Status VocabularyLoader::AddItemPhrases(const ItemKind& kind,
                                              const std::string& code,
                                              const TsvTable& table) {
  Phrases phrases;
  for (const TsvRow& row : table.rows) {
    const std::string& form = row.cells[1];
    const std::string& phrase = row.cells[2];
    ATTACHE_RETURN_IF_ERROR(
        phrases.Note(table, row, row.cells[0], form, phrase));
    const VocabularyItem& item =
        (*kind.items)[kind.positions->find(row.cells[0])->second];
    LexiconEntry entry = {kind.entry, item.id, form, 1};
    ATTACHE_ASSIGN_OR_RETURN(entry.weight,
                             ParseWeight(table, row, row.cells[3]));
    if (kind.entry == EntryKind::kRole) entry.qualifier.clear();
    if (kind.entry == EntryKind::kOrganization) {
      entry.qualifier = item.NameIn(code);
    }
    if (form == "cue") {
      ATTACHE_RETURN_IF_ERROR(AddPattern(table, row, phrase, std::move(entry)));
      continue;
    }
    // Names of organizations are proper nouns, as those of countries are.
    const bool shown = form == "name" && kind.entry != EntryKind::kOrganization;
    ATTACHE_RETURN_IF_ERROR(
        AddName(table, row, shown ? WithoutShownCapital(phrase) : phrase,
                std::move(entry)));
  }
  return absl::OkStatus();
}

absl::Status VocabularyLoader::LoadPhrases(const std::string& code) {
  struct PhraseFile {
    const char* name;
    EntryKind entry;
    std::vector<std::string> columns;
  };
  const std::vector<PhraseFile> files = {
      {"cues.tsv", EntryKind::kCue, {"kind", "phrase", "weight"}},
      {"aims.tsv", EntryKind::kCue, {"kind", "phrase", "weight"}},
      {"words.tsv", EntryKind::kCue, {"kind", "value", "phrase"}},
      {"headers.tsv", EntryKind::kHeader, {"kind", "phrase"}},
      {"dates.tsv", EntryKind::kDate, {"kind", "value", "phrase"}},
      {"numbers.tsv", EntryKind::kNumber, {"kind", "value", "phrase"}}};
  for (const PhraseFile& file : files) {
    ATTACHE_ASSIGN_OR_RETURN(const TsvTable table,
                             LanguageTable(code, file.name, file.columns));
    Phrases phrases;
    for (const TsvRow& row : table.rows) {
      LexiconEntry entry;
      entry.kind = file.entry;
      std::string phrase;
      for (size_t i = 0; i < file.columns.size(); ++i) {
        if (file.columns[i] == "kind") entry.id = row.cells[i];
        if (file.columns[i] == "value") entry.qualifier = row.cells[i];
        if (file.columns[i] == "phrase") phrase = row.cells[i];
        if (file.columns[i] == "weight") {
          ATTACHE_ASSIGN_OR_RETURN(entry.weight,
                                   ParseWeight(table, row, row.cells[i]));
        }
      }
      ATTACHE_RETURN_IF_ERROR(CheckKind(table, row, file.name, entry));
      ATTACHE_RETURN_IF_ERROR(
          phrases.Note(table, row, entry.id, entry.qualifier, phrase));
      if (file.entry == EntryKind::kNumber && entry.qualifier.empty()) {
        return ErrorAtCell(table, row, phrase, "has no value");
      }
      if (file.entry == EntryKind::kNumber && entry.id == "currency" &&
          vocabulary_->FindCurrency(entry.qualifier) == nullptr) {
        return ErrorAtCell(table, row, entry.qualifier,
                           "is an unknown currency");
      }
      ATTACHE_RETURN_IF_ERROR(AddPattern(table, row, phrase, std::move(entry)));
    }
  }
  return absl::OkStatus();
}

absl::Status VocabularyLoader::CheckKind(const TsvTable& table,
                                         const TsvRow& row,
                                         const std::string& name,
                                         const LexiconEntry& entry) const {
  absl::string_view state = entry.id;
  if (name == "cues.tsv" && absl::ConsumePrefix(&state, "office_of_") &&
      (state == "eu" ||
       vocabulary_->FindCountry(absl::AsciiStrToUpper(state)) != nullptr)) {
    return absl::OkStatus();
  }
  const auto file = kinds_.find(name);
  if (file == kinds_.end() || !file->second.contains(entry.id)) {
    return ErrorAtCell(table, row, entry.id, "is an unknown kind");
  }
  const std::vector<std::string>& values = file->second.at(entry.id);
  const bool good =
      values.empty() ||
      std::any_of(values.begin(), values.end(), [&](const std::string& value) {
        double number = 0;
        return value == entry.qualifier ||
               (value == "N" && absl::SimpleAtod(entry.qualifier, &number));
      });
  if (good) return absl::OkStatus();
  return ErrorAtCell(table, row, entry.qualifier,
                     absl::StrCat("is no value of ", entry.id));
}

absl::Status VocabularyLoader::LoadPageWords(const std::string& code) {
  ATTACHE_ASSIGN_OR_RETURN(
      const TsvTable table,
      LanguageTable(code, "pages.tsv", {"kind", "phrase"}));
  Phrases phrases;
  for (const TsvRow& row : table.rows) {
    const std::string& kind = row.cells[0];
    const std::string& phrase = row.cells[1];
    if (phrase.empty()) return ErrorAtCell(table, row, phrase, "is empty");
    ATTACHE_RETURN_IF_ERROR(phrases.Note(table, row, kind, "", phrase));
    if (kind == "lead") {
      vocabulary_->page_words_.leads.push_back(Fold(phrase));
    } else if (kind == "class_word") {
      vocabulary_->page_words_.class_words.insert(Fold(phrase));
    } else {
      return ErrorAtCell(table, row, kind, "is an unknown kind");
    }
  }
  return absl::OkStatus();
}

absl::Status VocabularyLoader::AddCurrencySigns() {
  ATTACHE_ASSIGN_OR_RETURN(
      const TsvTable table,
      files_.Table("currencies.tsv", {"code", "minor_digits", "signs"}));
  absl::flat_hash_map<std::string, std::string> taken;
  for (const TsvRow& row : table.rows) {
    // All in capitals, and so matched in capitals alone.
    ATTACHE_RETURN_IF_ERROR(
        AddName(table, row, row.cells[0],
                {EntryKind::kNumber, "currency", row.cells[0], 1}));
    for (const absl::string_view sign :
         absl::StrSplit(row.cells[2], ' ', absl::SkipEmpty())) {
      // A sign stands for the first currency that lists it.
      if (!taken.emplace(sign, row.cells[0]).second) continue;
      ATTACHE_RETURN_IF_ERROR(
          AddName(table, row, std::string(sign),
                  {EntryKind::kNumber, "currency", row.cells[0], 1}));
    }
  }
  return absl::OkStatus();
}

}  // namespace attache
