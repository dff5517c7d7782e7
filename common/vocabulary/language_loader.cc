// The part of VocabularyLoader that reads one language's folder.
#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include <libstemmer.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/status_macros.h"
#include "common/text/fold.h"
#include "common/vocabulary/vocabulary_loader.h"

namespace attache {
namespace {

bool HasStemmer(const std::string& algorithm) {
  sb_stemmer* const stemmer = sb_stemmer_new(algorithm.c_str(), "UTF_8");
  if (stemmer == nullptr) return false;
  sb_stemmer_delete(stemmer);
  return true;
}

// "under_way" of "status_under_way"; empty for any other key.
absl::string_view StatusOf(absl::string_view key) {
  if (!absl::ConsumePrefix(&key, "status_")) return "";
  const auto* end = std::end(kTripStatuses);
  return std::find(std::begin(kTripStatuses), end, key) == end ? "" : key;
}

}  // namespace

absl::StatusOr<TsvTable> VocabularyLoader::LanguageTable(
    const std::string& code, const std::string& name,
    const std::vector<std::string>& columns) const {
  const std::string path = absl::StrCat(code, "/", name);
  if (code != "en" && !files_.Has(path)) return TsvTable{files_.Path(path), {}};
  return files_.Table(path, columns);
}

absl::Status VocabularyLoader::AddPattern(const TsvTable& table,
                                          const TsvRow& row,
                                          const std::string& pattern,
                                          LexiconEntry entry) {
  const absl::Status status = builder_->Add(pattern, std::move(entry));
  if (status.ok()) return status;
  return ErrorAtCell(
      table, row, pattern,
      absl::StrCat("is a malformed pattern: ", status.message()));
}

absl::Status VocabularyLoader::AddName(const TsvTable& table, const TsvRow& row,
                                       const std::string& name,
                                       LexiconEntry entry) {
  const absl::Status status = builder_->AddName(name, std::move(entry));
  if (status.ok()) return status;
  return ErrorAtCell(table, row, name,
                     absl::StrCat("is no name: ", status.message()));
}

absl::Status VocabularyLoader::RecordName(
    const TsvTable& table, const TsvRow& row, const std::string& code,
    bool is_name, const std::string& name, VocabularyItem& item,
    IdsByName& ids_by_name, NameIndex* names) {
  const std::string key = FoldToKey(name);
  if (key.empty())
    return ErrorAtCell(table, row, name, "has no letter or digit");
  const auto [it, added] = ids_by_name.emplace(key, item.id);
  if (!added && it->second != item.id) {
    return ErrorAtCell(table, row, name,
                       absl::StrCat("stands for ", it->second, " already"));
  }
  if (is_name) {
    for (const VocabularyName& other : item.names) {
      if (other.language == code) {
        return ErrorAtCell(
            table, row, name,
            absl::StrCat("is a second name beside \"", other.name,
                         "\"; one is the name, others are aliases"));
      }
    }
  }
  (is_name ? item.names : item.aliases).push_back({code, name});
  // Another language may use the name for another thing; the first one stays.
  if (names != nullptr) names->Add(name, item.id);
  return absl::OkStatus();
}

absl::Status VocabularyLoader::LoadLanguage(const std::string& code) {
  builder_ = std::make_unique<Lexicon::Builder>();
  ATTACHE_RETURN_IF_ERROR(LoadSettings(code));
  ATTACHE_RETURN_IF_ERROR(LoadCountryNames(code));
  ATTACHE_RETURN_IF_ERROR(LoadRegionNames(code));
  ATTACHE_RETURN_IF_ERROR(LoadPlaceNames(code));
  for (const ItemKind& kind : item_kinds_) {
    ATTACHE_RETURN_IF_ERROR(LoadItemPhrases(kind, code));
  }
  ATTACHE_RETURN_IF_ERROR(LoadPhrases(code));
  ATTACHE_RETURN_IF_ERROR(LoadPageWords(code));
  ATTACHE_RETURN_IF_ERROR(AddCurrencySigns());
  vocabulary_->lexicons_[code] = std::move(*builder_).Build();
  return absl::OkStatus();
}

absl::Status VocabularyLoader::LoadSettings(const std::string& code) {
  ATTACHE_ASSIGN_OR_RETURN(
      const TsvTable table,
      files_.Table(absl::StrCat(code, "/language.tsv"), {"key", "value"}));
  LanguageSettings settings;
  settings.code = code;
  std::map<std::string, std::string> values;
  for (const TsvRow& row : table.rows) {
    const std::string& key = row.cells[0];
    const std::string& value = row.cells[1];
    if (key != "name" && key != "decimal_separator" && key != "stemmer" &&
        key != "date_order" && StatusOf(key).empty()) {
      return ErrorAtCell(table, row, key, "is an unknown key");
    }
    if (!values.emplace(key, value).second) {
      return ErrorAtCell(table, row, key, "stands twice");
    }
    if (value.empty()) return ErrorAtCell(table, row, key, "has no value");
    if (key == "decimal_separator" && value != "." && value != ",") {
      return ErrorAtCell(table, row, value, "is neither . nor ,");
    }
    if (key == "date_order" && value != "dmy" && value != "mdy") {
      return ErrorAtCell(table, row, value, "is neither dmy nor mdy");
    }
    if (key == "stemmer" && !HasStemmer(value)) {
      return ErrorAtCell(table, row, value, "is no Snowball algorithm");
    }
  }
  for (const char* key : {"name", "decimal_separator", "stemmer"}) {
    if (!values.contains(key)) {
      return ErrorAt(table.file, 1, absl::StrCat("\"", key, "\" is missing"));
    }
  }
  settings.name = values["name"];
  settings.decimal_separator = values["decimal_separator"][0];
  settings.stemmer = values["stemmer"];
  settings.day_first = values["date_order"] != "mdy";
  for (const auto& [key, value] : values) {
    const absl::string_view status = StatusOf(key);
    if (!status.empty()) settings.status_names[std::string(status)] = value;
  }
  vocabulary_->language_at_[code] = vocabulary_->languages_.size();
  vocabulary_->languages_.push_back(std::move(settings));
  return absl::OkStatus();
}

absl::Status VocabularyLoader::LoadCountryNames(const std::string& code) {
  ATTACHE_ASSIGN_OR_RETURN(
      const TsvTable table,
      LanguageTable(code, "country_names.tsv", {"code", "kind", "name"}));
  IdsByName ids_by_name;
  for (const TsvRow& row : table.rows) {
    const std::string& id = row.cells[0];
    const std::string& kind = row.cells[1];
    const std::string& name = row.cells[2];
    const auto country = vocabulary_->country_at_.find(id);
    if (country == vocabulary_->country_at_.end()) {
      return ErrorAtCell(table, row, id, "is an unknown country");
    }
    if (kind == "demonym") {
      ATTACHE_RETURN_IF_ERROR(
          AddPattern(table, row, name, {EntryKind::kDemonym, id, "", 1}));
      continue;
    }
    if (kind != "official" && kind != "common" && kind != "short" &&
        kind != "asked") {
      return ErrorAtCell(table, row, kind, "is an unknown kind");
    }
    ATTACHE_RETURN_IF_ERROR(RecordName(table, row, code, kind == "common", name,
                                       vocabulary_->countries_[country->second],
                                       ids_by_name,
                                       &vocabulary_->country_names_));
    if (kind == "asked") continue;
    ATTACHE_RETURN_IF_ERROR(
        AddName(table, row, name, {EntryKind::kCountry, id, kind, 1}));
  }
  return absl::OkStatus();
}

absl::Status VocabularyLoader::LoadRegionNames(const std::string& code) {
  ATTACHE_ASSIGN_OR_RETURN(
      const TsvTable table,
      LanguageTable(code, "region_names.tsv", {"id", "kind", "name"}));
  IdsByName ids_by_name;
  for (const TsvRow& row : table.rows) {
    const std::string& id = row.cells[0];
    const std::string& kind = row.cells[1];
    const std::string& name = row.cells[2];
    const auto region = vocabulary_->region_at_.find(id);
    if (region == vocabulary_->region_at_.end()) {
      return ErrorAtCell(table, row, id, "is an unknown region");
    }
    if (kind != "name" && kind != "alias") {
      return ErrorAtCell(table, row, kind, "is an unknown kind");
    }
    ATTACHE_RETURN_IF_ERROR(RecordName(table, row, code, kind == "name", name,
                                       vocabulary_->regions_[region->second],
                                       ids_by_name,
                                       &vocabulary_->region_names_));
    ATTACHE_RETURN_IF_ERROR(
        AddName(table, row, name, {EntryKind::kRegion, id, kind, 1}));
  }
  return absl::OkStatus();
}

absl::Status VocabularyLoader::LoadPlaceNames(const std::string& code) {
  ATTACHE_ASSIGN_OR_RETURN(
      const TsvTable table,
      LanguageTable(code, "place_names.tsv", {"id", "name"}));
  // One entry a place and name, however often the name is written.
  absl::flat_hash_map<std::string, std::vector<std::string>> names;
  for (const Place& place : vocabulary_->places_) {
    names[place.id].push_back(place.name);
    ATTACHE_RETURN_IF_ERROR(builder_->AddName(
        place.name, {EntryKind::kPlace, place.country, place.id, 1}));
  }
  for (const TsvRow& row : table.rows) {
    const std::string& id = row.cells[0];
    const std::string& name = row.cells[1];
    const Place* const place = vocabulary_->FindPlace(id);
    if (place == nullptr)
      return ErrorAtCell(table, row, id, "is an unknown place");
    std::vector<std::string>& known = names[id];
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    known.push_back(name);
    ATTACHE_RETURN_IF_ERROR(AddName(
        table, row, name, {EntryKind::kPlace, place->country, place->id, 1}));
  }
  return absl::OkStatus();
}

absl::Status VocabularyLoader::CheckNames() {
  const auto check = [this](const auto& items, const std::string& file) {
    for (const VocabularyItem& item : items) {
      if (item.names.empty()) {
        return ErrorAt(files_.Path(absl::StrCat("en/", file)), 1,
                       absl::StrCat("\"", item.id, "\" has no name"));
      }
    }
    return absl::OkStatus();
  };
  for (const Country& country : vocabulary_->countries_) {
    if (country.names.empty()) {
      return ErrorAt(files_.Path("en/country_names.tsv"), 1,
                     absl::StrCat("\"", country.id, "\" has no common name"));
    }
  }
  ATTACHE_RETURN_IF_ERROR(check(vocabulary_->regions_, "region_names.tsv"));
  for (const ItemKind& kind : item_kinds_) {
    ATTACHE_RETURN_IF_ERROR(check(*kind.items, kind.file));
  }
  return absl::OkStatus();
}

}  // namespace attache
