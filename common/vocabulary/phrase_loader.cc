// The part of VocabularyLoader that reads one language's phrases.
#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
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

bool IsKindOfCue(absl::string_view kind) {
  return !kind.empty() &&
         std::all_of(kind.begin(), kind.end(), [](unsigned char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_';
         });
}

// A value that code counts on; others are the concern of who reads them.
bool IsGoodDateValue(absl::string_view kind, absl::string_view value) {
  int number = 0;
  if (kind == "month") {
    return absl::SimpleAtoi(value, &number) && number >= 1 && number <= 12;
  }
  if (kind == "weekday") {
    return absl::SimpleAtoi(value, &number) && number >= 1 && number <= 7;
  }
  return !value.empty();
}

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
  for (const TsvRow& row : table.rows) {
    const std::string& form = row.cells[1];
    const std::string& phrase = row.cells[2];
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
      if (!IsKindOfCue(entry.id)) {
        return ErrorAtCell(table, row, entry.id, "is no kind (a-z, 0-9 and _)");
      }
      if (file.entry == EntryKind::kDate &&
          !IsGoodDateValue(entry.id, entry.qualifier)) {
        return ErrorAtCell(table, row, entry.qualifier,
                           absl::StrCat("is no value of a ", entry.id));
      }
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
