#include "common/vocabulary/vocabulary_loader.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "common/status_macros.h"
#include "common/text/fold.h"

namespace attache {
namespace {

constexpr int kMaxMinorDigits = 4;

bool IsMadeOf(absl::string_view text, bool (*allowed)(unsigned char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

bool IsUpperCode(absl::string_view text, size_t size) {
  return text.size() == size && IsMadeOf(text, absl::ascii_isupper);
}

bool IsId(absl::string_view text) {
  return IsMadeOf(text, [](unsigned char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_';
  });
}

// Notes where `id` stands; refuses a second one.
template <typename Positions>
absl::Status NotePosition(const TsvTable& table, const TsvRow& row,
                          const std::string& id, size_t position,
                          Positions& positions) {
  if (!positions.emplace(id, position).second) {
    return ErrorAtCell(table, row, id, "stands twice");
  }
  return absl::OkStatus();
}

// Refuses a parent that is none of the file, and one that lies below its child.
// Rows begin with the id; `parent_of` gives "" at the top.
template <typename Positions>
absl::Status CheckParents(
    const TsvTable& table, const Positions& positions,
    const std::function<const std::string&(size_t)>& parent_of) {
  for (const TsvRow& row : table.rows) {
    const std::string& id = row.cells[0];
    const std::string* above = &parent_of(positions.find(id)->second);
    for (size_t steps = 0; !above->empty() && steps < table.rows.size();
         ++steps) {
      const auto it = positions.find(*above);
      if (it == positions.end()) {
        return ErrorAtCell(table, row, *above, "is unknown");
      }
      if (*above == id) return ErrorAtCell(table, row, id, "is above itself");
      above = &parent_of(it->second);
    }
  }
  return absl::OkStatus();
}

}  // namespace

VocabularyLoader::VocabularyLoader(VocabularyFiles files)
    : files_(std::move(files)), vocabulary_(new Vocabulary()) {
  Vocabulary& v = *vocabulary_;
  item_kinds_ = {
      {"sectors.tsv", EntryKind::kSector, &v.sectors_, &v.sector_at_,
       &v.sector_names_},
      {"objectives.tsv", EntryKind::kObjective, &v.objectives_,
       &v.objective_at_, &v.objective_names_},
      {"event_series.tsv", EntryKind::kEventSeries, &v.event_series_,
       &v.event_series_at_, &v.event_series_names_},
      {"roles.tsv", EntryKind::kRole, &v.roles_, &v.role_at_, nullptr},
      {"organizations.tsv", EntryKind::kOrganization, &v.organizations_,
       &v.organization_at_, nullptr}};
}

absl::StatusOr<std::shared_ptr<const Vocabulary>> VocabularyLoader::Load(
    const std::string& directory) {
  ATTACHE_ASSIGN_OR_RETURN(VocabularyFiles files,
                           VocabularyFiles::Read(directory));
  VocabularyLoader loader(std::move(files));
  ATTACHE_RETURN_IF_ERROR(loader.LoadShared());
  // English comes first: others fall back on its names.
  ATTACHE_RETURN_IF_ERROR(loader.LoadLanguage("en"));
  ATTACHE_RETURN_IF_ERROR(loader.CheckNames());
  for (const std::string& code : loader.files_.languages()) {
    if (code != "en") ATTACHE_RETURN_IF_ERROR(loader.LoadLanguage(code));
  }
  loader.vocabulary_->version_ = loader.files_.Version();
  return std::shared_ptr<const Vocabulary>(std::move(loader.vocabulary_));
}

absl::Status VocabularyLoader::LoadShared() {
  ATTACHE_RETURN_IF_ERROR(LoadCurrencies());
  ATTACHE_RETURN_IF_ERROR(LoadCountries());
  ATTACHE_RETURN_IF_ERROR(LoadRegions());
  ATTACHE_RETURN_IF_ERROR(LoadPlaces());
  for (const ItemKind& kind : item_kinds_) {
    ATTACHE_RETURN_IF_ERROR(LoadItems(kind));
  }
  return LoadKinds();
}

absl::Status VocabularyLoader::LoadKinds() {
  ATTACHE_ASSIGN_OR_RETURN(
      const TsvTable table,
      files_.Table("kinds.tsv", {"file", "kind", "values"}));
  for (const TsvRow& row : table.rows) {
    const std::string& kind = row.cells[1];
    if (!IsId(kind)) {
      return ErrorAtCell(table, row, kind, "is no kind (a-z, 0-9 and _)");
    }
    const std::vector<std::string> values =
        absl::StrSplit(row.cells[2], ' ', absl::SkipEmpty());
    if (!kinds_[row.cells[0]].emplace(kind, values).second) {
      return ErrorAtCell(table, row, kind, "stands twice");
    }
  }
  return absl::OkStatus();
}

absl::Status VocabularyLoader::LoadCurrencies() {
  ATTACHE_ASSIGN_OR_RETURN(
      const TsvTable table,
      files_.Table("currencies.tsv", {"code", "minor_digits", "signs"}));
  for (const TsvRow& row : table.rows) {
    Currency currency;
    currency.code = row.cells[0];
    if (!IsUpperCode(currency.code, 3)) {
      return ErrorAtCell(table, row, currency.code, "is no ISO 4217 code");
    }
    if (!absl::SimpleAtoi(row.cells[1], &currency.minor_digits) ||
        currency.minor_digits < 0 || currency.minor_digits > kMaxMinorDigits) {
      return ErrorAtCell(table, row, row.cells[1],
                         "is no number of digits, 0 to 4");
    }
    ATTACHE_RETURN_IF_ERROR(NotePosition(table, row, currency.code,
                                         vocabulary_->currencies_.size(),
                                         vocabulary_->currency_at_));
    vocabulary_->currencies_.push_back(std::move(currency));
  }
  return absl::OkStatus();
}

absl::Status VocabularyLoader::LoadCountries() {
  ATTACHE_ASSIGN_OR_RETURN(
      const TsvTable table,
      files_.Table("countries.tsv",
                   {"alpha2", "alpha3", "m49", "currency", "sovereign"}));
  Positions alpha3s;
  Positions m49s;
  for (const TsvRow& row : table.rows) {
    Country country;
    country.id = row.cells[0];
    country.alpha3 = row.cells[1];
    country.m49 = row.cells[2];
    country.currency = row.cells[3];
    country.sovereign = row.cells[4];
    const size_t position = vocabulary_->countries_.size();
    if (!IsUpperCode(country.id, 2)) {
      return ErrorAtCell(table, row, country.id, "is no alpha-2 code");
    }
    if (!IsUpperCode(country.alpha3, 3)) {
      return ErrorAtCell(table, row, country.alpha3, "is no alpha-3 code");
    }
    ATTACHE_RETURN_IF_ERROR(NotePosition(table, row, country.id, position,
                                         vocabulary_->country_at_));
    ATTACHE_RETURN_IF_ERROR(
        NotePosition(table, row, country.alpha3, position, alpha3s));
    // Kosovo has a code of its own choice, and none of the UN.
    if (!(country.id == "XK" && country.m49.empty())) {
      if (country.m49.size() != 3 ||
          !IsMadeOf(country.m49, absl::ascii_isdigit)) {
        return ErrorAtCell(table, row, country.m49,
                           "is no M49 code of three digits");
      }
      ATTACHE_RETURN_IF_ERROR(
          NotePosition(table, row, country.m49, position, m49s));
    }
    if (!country.currency.empty() &&
        vocabulary_->FindCurrency(country.currency) == nullptr) {
      return ErrorAtCell(table, row, country.currency,
                         "is an unknown currency");
    }
    vocabulary_->country_names_.Add(country.id, country.id);
    vocabulary_->country_names_.Add(country.alpha3, country.id);
    vocabulary_->countries_.push_back(std::move(country));
  }
  return CheckParents(table, vocabulary_->country_at_,
                      [this](size_t at) -> const std::string& {
                        return vocabulary_->countries_[at].sovereign;
                      });
}

absl::Status VocabularyLoader::LoadRegions() {
  ATTACHE_ASSIGN_OR_RETURN(
      const TsvTable table,
      files_.Table("regions.tsv", {"id", "parent", "members"}));
  for (const TsvRow& row : table.rows) {
    Region region;
    region.id = row.cells[0];
    region.parent_id = row.cells[1];
    if (!IsId(region.id)) {
      return ErrorAtCell(table, row, region.id, "is no id (a-z, 0-9 and _)");
    }
    ATTACHE_RETURN_IF_ERROR(NotePosition(table, row, region.id,
                                         vocabulary_->regions_.size(),
                                         vocabulary_->region_at_));
    vocabulary_->region_names_.Add(region.id, region.id);
    vocabulary_->regions_.push_back(std::move(region));
  }
  ATTACHE_RETURN_IF_ERROR(CheckParents(
      table, vocabulary_->region_at_, [this](size_t at) -> const std::string& {
        return vocabulary_->regions_[at].parent_id;
      }));
  return ResolveRegions(table);
}

absl::Status VocabularyLoader::ResolveRegions(const TsvTable& table) {
  enum State : uint8_t { kUntouched, kBegun, kDone };
  std::vector<State> states(table.rows.size(), kUntouched);
  const std::function<absl::Status(size_t)> resolve =
      [&](size_t at) -> absl::Status {
    const TsvRow& row = table.rows[at];
    Region& region = vocabulary_->regions_[at];
    if (states[at] == kDone) return absl::OkStatus();
    if (states[at] == kBegun) {
      return ErrorAtCell(table, row, region.id, "is a member of itself");
    }
    states[at] = kBegun;
    for (const std::string& member : std::vector<std::string>(
             absl::StrSplit(row.cells[2], ' ', absl::SkipEmpty()))) {
      if (vocabulary_->FindCountry(member) != nullptr) {
        region.countries.push_back(member);
        continue;
      }
      const auto it = vocabulary_->region_at_.find(member);
      if (it == vocabulary_->region_at_.end()) {
        return ErrorAtCell(table, row, member, "is no known country or region");
      }
      ATTACHE_RETURN_IF_ERROR(resolve(it->second));
      const Region& part = vocabulary_->regions_[it->second];
      region.countries.insert(region.countries.end(), part.countries.begin(),
                              part.countries.end());
    }
    if (region.countries.empty()) {
      return ErrorAtCell(table, row, region.id, "has no members");
    }
    std::sort(region.countries.begin(), region.countries.end());
    region.countries.erase(
        std::unique(region.countries.begin(), region.countries.end()),
        region.countries.end());
    states[at] = kDone;
    return absl::OkStatus();
  };
  for (size_t at = 0; at < table.rows.size(); ++at) {
    ATTACHE_RETURN_IF_ERROR(resolve(at));
  }
  return absl::OkStatus();
}

absl::Status VocabularyLoader::LoadPlaces() {
  ATTACHE_ASSIGN_OR_RETURN(
      const TsvTable table,
      files_.Table("places.tsv", {"id", "name", "country", "kind", "population",
                                  "ambiguous"}));
  for (const TsvRow& row : table.rows) {
    Place place;
    place.id = row.cells[0];
    place.name = row.cells[1];
    place.country = row.cells[2];
    place.kind = row.cells[3];
    place.ambiguous = row.cells[5] == "1";
    if (!IsId(place.id)) {
      return ErrorAtCell(table, row, place.id, "is no id (a-z, 0-9 and _)");
    }
    if (FoldToKey(place.name).empty()) {
      return ErrorAtCell(table, row, place.name, "has no letter or digit");
    }
    const auto country = vocabulary_->country_at_.find(place.country);
    if (country == vocabulary_->country_at_.end()) {
      return ErrorAtCell(table, row, place.country, "is an unknown country");
    }
    if (place.kind != "capital" && place.kind != "city" &&
        place.kind != "site") {
      return ErrorAtCell(table, row, place.kind, "is an unknown kind");
    }
    if (!absl::SimpleAtoi(row.cells[4], &place.population) ||
        place.population < 0) {
      return ErrorAtCell(table, row, row.cells[4], "is no population");
    }
    if (row.cells[5] != "0" && row.cells[5] != "1") {
      return ErrorAtCell(table, row, row.cells[5], "is neither 0 nor 1");
    }
    ATTACHE_RETURN_IF_ERROR(NotePosition(table, row, place.id,
                                         vocabulary_->places_.size(),
                                         vocabulary_->place_at_));
    std::string& capital =
        vocabulary_->countries_[country->second].capital_place_id;
    if (place.kind == "capital" && capital.empty()) capital = place.id;
    vocabulary_->places_.push_back(std::move(place));
  }
  return absl::OkStatus();
}

absl::Status VocabularyLoader::LoadItems(const ItemKind& kind) {
  ATTACHE_ASSIGN_OR_RETURN(const TsvTable table,
                           files_.Table(kind.file, {"id", "parent"}));
  for (const TsvRow& row : table.rows) {
    VocabularyItem item;
    item.id = row.cells[0];
    item.parent_id = row.cells[1];
    if (!IsId(item.id)) {
      return ErrorAtCell(table, row, item.id, "is no id (a-z, 0-9 and _)");
    }
    ATTACHE_RETURN_IF_ERROR(
        NotePosition(table, row, item.id, kind.items->size(), *kind.positions));
    if (kind.names != nullptr) kind.names->Add(item.id, item.id);
    kind.items->push_back(std::move(item));
  }
  return CheckParents(table, *kind.positions,
                      [&kind](size_t at) -> const std::string& {
                        return (*kind.items)[at].parent_id;
                      });
}

}  // namespace attache
