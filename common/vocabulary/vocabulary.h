// The reviewed data that the parser and the queries share, read once from
// vocabulary/ (its README.md gives the schema of every file).
#ifndef ATTACHE_COMMON_VOCABULARY_VOCABULARY_H_
#define ATTACHE_COMMON_VOCABULARY_VOCABULARY_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/vocabulary/lexicon.h"
#include "common/vocabulary/name_index.h"

namespace attache {

// A name of an entry in one language.
struct VocabularyName {
  std::string language;  // "en"
  std::string name;
};

// A country, region, sector, objective, event series, role or organization.
struct VocabularyItem {
  std::string id;
  std::string parent_id;  // empty at the top
  // One a language; English always stands.
  std::vector<VocabularyName> names;
  std::vector<VocabularyName> aliases;

  // The name in that language, in English where it has none.
  const std::string& NameIn(absl::string_view language) const;
};

struct Country : VocabularyItem {  // id: ISO 3166-1 alpha-2, XK for Kosovo
  std::string alpha3;
  std::string m49;       // three digits; empty for XK
  std::string currency;  // ISO 4217; empty where it shares none of its own
  // The state that it belongs to where it is a territory (PR: US), else empty.
  std::string sovereign;
  std::string capital_place_id;
};

struct Region : VocabularyItem {  // id: M49 code or a vocabulary id
  // Alpha-2 codes of all the countries in it, sorted; through sub-regions too.
  std::vector<std::string> countries;
};

struct Place {
  std::string id;       // "brussels_be"
  std::string name;     // in English or as locally written
  std::string country;  // alpha-2
  // "capital" (seat of government too), "city", "site" (a region, island,
  // park or palace that trips go to).
  std::string kind;
  int64_t population = 0;
  // Another meaning of the name is likelier without support in the text: a
  // person's name (Victoria, Sucre), a common word (Nice, Mobile), a larger
  // place elsewhere.
  bool ambiguous = false;
};

struct Currency {
  std::string code;  // ISO 4217
  int minor_digits = 2;
};

// What a language needs beside its phrases.
struct LanguageSettings {
  std::string code;  // "en"
  std::string name;  // in itself
  char decimal_separator = '.';
  // Dates in numbers: "05/11/2024" is 5 November, else 11 May.
  bool day_first = true;
  std::string stemmer;  // Snowball algorithm: "english"
  // What a trip's status is called, by kTripStatuses; those that are named.
  std::map<std::string, std::string> status_names;
};

// What of a web page is no article, in all languages: which one a page is in is
// not known before it is read. Folded.
struct PageWords {
  // How a line that leads to other articles opens: "read also".
  std::vector<std::string> leads;
  // Of classes and ids, one word or two.
  absl::flat_hash_set<std::string> class_words;
};

// As TripStatus, in the order of its numbers.
inline constexpr absl::string_view kTripStatuses[] = {
    "unspecified", "announced", "under_way",
    "concluded",   "postponed", "cancelled"};

// Immutable; thread-safe. All pointers and references live as long as it does.
class Vocabulary {
 public:
  // Reads and checks every file. A broken or contradictory one is
  // INVALID_ARGUMENT "FILE:LINE: reason".
  static absl::StatusOr<std::shared_ptr<const Vocabulary>> Load(
      const std::string& directory);

  // Changes whenever the content of a file does.
  const std::string& version() const { return version_; }

  // In the order of their files, which is the order that lists show.
  absl::Span<const Country> countries() const { return countries_; }
  absl::Span<const Region> regions() const { return regions_; }
  absl::Span<const VocabularyItem> sectors() const { return sectors_; }
  absl::Span<const VocabularyItem> objectives() const { return objectives_; }
  absl::Span<const VocabularyItem> event_series() const {
    return event_series_;
  }
  absl::Span<const VocabularyItem> roles() const { return roles_; }
  absl::Span<const VocabularyItem> organizations() const {
    return organizations_;
  }
  absl::Span<const LanguageSettings> languages() const { return languages_; }

  // nullptr where there is none.
  const Country* FindCountry(absl::string_view alpha2) const;
  const Region* FindRegion(absl::string_view id) const;
  const Place* FindPlace(absl::string_view id) const;
  const VocabularyItem* FindSector(absl::string_view id) const;
  const VocabularyItem* FindObjective(absl::string_view id) const;
  const VocabularyItem* FindEventSeries(absl::string_view id) const;
  const VocabularyItem* FindRole(absl::string_view id) const;
  const VocabularyItem* FindOrganization(absl::string_view id) const;
  const Currency* FindCurrency(absl::string_view code) const;
  const LanguageSettings* FindLanguage(absl::string_view code) const;

  // `sector_id` and all below it, itself first.
  std::vector<std::string> SectorWithChildren(
      absl::string_view sector_id) const;

  // Names and codes in any language to ids. Countries by alpha-2, alpha-3 and
  // every name; regions by id and name.
  const NameIndex& country_names() const { return country_names_; }
  const NameIndex& region_names() const { return region_names_; }
  const NameIndex& sector_names() const { return sector_names_; }
  const NameIndex& objective_names() const { return objective_names_; }
  const NameIndex& event_series_names() const { return event_series_names_; }

  const PageWords& page_words() const { return page_words_; }

  // What the parser recognises in texts of that language; nullptr where the
  // vocabulary has no such language.
  const Lexicon* LexiconOf(absl::string_view language) const;

 private:
  friend class VocabularyLoader;
  // Ids to positions.
  using Positions = absl::flat_hash_map<std::string, size_t>;
  Vocabulary() = default;

  std::string version_;
  std::vector<Country> countries_;
  std::vector<Region> regions_;
  std::vector<Place> places_;
  std::vector<VocabularyItem> sectors_;
  std::vector<VocabularyItem> objectives_;
  std::vector<VocabularyItem> event_series_;
  std::vector<VocabularyItem> roles_;
  std::vector<VocabularyItem> organizations_;
  std::vector<Currency> currencies_;
  std::vector<LanguageSettings> languages_;
  PageWords page_words_;
  Positions country_at_;
  Positions region_at_;
  Positions place_at_;
  Positions sector_at_;
  Positions objective_at_;
  Positions event_series_at_;
  Positions role_at_;
  Positions organization_at_;
  Positions currency_at_;
  Positions language_at_;
  NameIndex country_names_;
  NameIndex region_names_;
  NameIndex sector_names_;
  NameIndex objective_names_;
  NameIndex event_series_names_;
  absl::flat_hash_map<std::string, std::unique_ptr<const Lexicon>> lexicons_;
};

// Where the vocabulary lies when no flag says: $ATTACHE_VOCABULARY, else
// ../share/attache/vocabulary beside the executable's folder, else the source
// tree that it was built from.
std::string DefaultVocabularyDirectory();

}  // namespace attache

#endif  // ATTACHE_COMMON_VOCABULARY_VOCABULARY_H_
