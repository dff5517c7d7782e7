#include "query_service/convert/name_resolver.h"

#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/error.h"
#include "common/status_macros.h"
#include "common/text/fold.h"
#include "common/text/utf8.h"
#include "query_service/index/word_forms.h"
#include "query_service/query/executor.h"

namespace attache {
namespace {

constexpr size_t kNearestNames = 3;
constexpr size_t kMaxWords = 64;
// No name is longer; a longer value is not compared with all names, which
// would take long, and only its beginning is repeated in the message.
constexpr size_t kMaxNameBytes = 256;

std::string Quoted(absl::string_view value) {
  if (value.size() <= kMaxNameBytes) return absl::StrCat("\"", value, "\"");
  return absl::StrCat("\"", Utf8Prefix(value, kMaxNameBytes), "…\"");
}

std::vector<std::string> NearestIn(const NameIndex& names,
                                   absl::string_view value) {
  if (value.size() > kMaxNameBytes) return {};
  return names.Nearest(value, kNearestNames);
}

std::string NearestSentence(const std::vector<std::string>& nearest) {
  if (nearest.empty()) return "no known name is like it";
  return absl::StrCat(
      nearest.size() == 1 ? "the nearest is " : "the nearest are ",
      absl::StrJoin(nearest, ", "));
}

absl::Status Unknown(v1::ErrorReason reason, absl::string_view field,
                     absl::string_view what, absl::string_view value,
                     const std::vector<std::string>& nearest) {
  return MakeError(reason,
                   absl::StrCat(field, ": ", what, " ", Quoted(value), "; ",
                                NearestSentence(nearest)),
                   {{"value", std::string(value)},
                    {"nearest", absl::StrJoin(nearest, ", ")}});
}

absl::Status RequireValue(absl::string_view value, absl::string_view field) {
  if (!absl::StripAsciiWhitespace(value).empty()) return absl::OkStatus();
  return FieldError(field, "is empty");
}

absl::Status RequireWords(size_t count, absl::string_view field) {
  if (count == 0) return FieldError(field, "holds no word");
  if (count > kMaxWords) {
    return FieldError(field, absl::StrCat("holds ", count, " words; at most ",
                                          kMaxWords, " are looked for"));
  }
  return absl::OkStatus();
}

std::string Trimmed(absl::string_view value) {
  return std::string(absl::StripAsciiWhitespace(value));
}

// Vocabulary::FindCountry by M49 code.
const Country* FindByM49(const Vocabulary& vocabulary, absl::string_view code) {
  for (const Country& country : vocabulary.countries()) {
    if (!code.empty() && country.m49 == code) return &country;
  }
  return nullptr;
}

// The region and all regions below it.
std::vector<std::string> WithSubregions(const Vocabulary& vocabulary,
                                        const std::string& id) {
  std::vector<std::string> ids = {id};
  for (size_t i = 0; i < ids.size(); ++i) {
    for (const Region& region : vocabulary.regions()) {
      if (region.parent_id == ids[i]) ids.push_back(region.id);
    }
  }
  return ids;
}

std::vector<TermField> FieldsOf(v1::CountryRole role) {
  switch (role) {
    case v1::COUNTRY_ROLE_MENTIONED:
      return {TermField::kMentioned};
    case v1::COUNTRY_ROLE_ORIGIN:
      return {TermField::kOrigin};
    case v1::COUNTRY_ROLE_ANY:
      return {TermField::kVisited, TermField::kMentioned, TermField::kOrigin};
    default:
      return {TermField::kVisited};
  }
}

}  // namespace

NameResolver::NameResolver(const Vocabulary& vocabulary,
                           const Snapshot& snapshot)
    : vocabulary_(vocabulary), snapshot_(snapshot) {}

absl::StatusOr<NameResolver::Countries> NameResolver::FindCountries(
    absl::string_view value, absl::string_view field) const {
  ATTACHE_RETURN_IF_ERROR(RequireValue(value, field));
  if (const auto code = vocabulary_.country_names().Find(value)) {
    return Countries{{*code}, {}};
  }
  if (const auto* country = FindByM49(vocabulary_, Trimmed(value))) {
    return Countries{{country->id}, {}};
  }
  if (const auto id = vocabulary_.region_names().Find(value)) {
    const Region* region = vocabulary_.FindRegion(*id);
    return Countries{
        region == nullptr ? std::vector<std::string>() : region->countries,
        WithSubregions(vocabulary_, *id)};
  }
  std::vector<std::string> nearest =
      NearestIn(vocabulary_.country_names(), value);
  for (std::string& name : NearestIn(vocabulary_.region_names(), value)) {
    if (nearest.size() < kNearestNames) nearest.push_back(std::move(name));
  }
  return Unknown(v1::ERROR_REASON_UNKNOWN_COUNTRY, field,
                 "no country or region is called", value, nearest);
}

absl::StatusOr<Query> NameResolver::Country(absl::string_view value,
                                            v1::CountryRole role,
                                            absl::string_view field) const {
  ATTACHE_ASSIGN_OR_RETURN(const Countries found, FindCountries(value, field));
  std::vector<Query> any;
  for (const TermField role_field : FieldsOf(role)) {
    for (const std::string& code : found.codes) {
      any.push_back(Query::Term(role_field, code));
    }
  }
  if (role == v1::COUNTRY_ROLE_MENTIONED || role == v1::COUNTRY_ROLE_ANY) {
    for (const std::string& id : found.regions) {
      any.push_back(Query::Term(TermField::kRegion, id));
    }
  }
  return Query::Or(std::move(any));
}

absl::StatusOr<std::vector<std::string>> NameResolver::FindSectors(
    absl::string_view value, bool with_children,
    absl::string_view field) const {
  ATTACHE_RETURN_IF_ERROR(RequireValue(value, field));
  const auto id = vocabulary_.sector_names().Find(value);
  if (!id) {
    return Unknown(v1::ERROR_REASON_UNKNOWN_SECTOR, field,
                   "no sector is called", value,
                   NearestIn(vocabulary_.sector_names(), value));
  }
  if (!with_children) return std::vector<std::string>{*id};
  return vocabulary_.SectorWithChildren(*id);
}

absl::StatusOr<Query> NameResolver::Sector(absl::string_view value,
                                           bool with_children,
                                           absl::string_view field) const {
  ATTACHE_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           FindSectors(value, with_children, field));
  std::vector<Query> any;
  for (const std::string& id : ids) {
    any.push_back(Query::Term(TermField::kSector, id));
  }
  return Query::Or(std::move(any));
}

absl::StatusOr<std::string> NameResolver::FindObjective(
    absl::string_view value, absl::string_view field) const {
  ATTACHE_RETURN_IF_ERROR(RequireValue(value, field));
  if (vocabulary_.FindObjective(Trimmed(value)) != nullptr) {
    return Trimmed(value);
  }
  if (const auto id = vocabulary_.objective_names().Find(value)) return *id;
  return Unknown(v1::ERROR_REASON_UNKNOWN_OBJECTIVE, field,
                 "no objective is called", value,
                 NearestIn(vocabulary_.objective_names(), value));
}

absl::StatusOr<Query> NameResolver::Objective(absl::string_view value,
                                              absl::string_view field) {
  ATTACHE_RETURN_IF_ERROR(RequireValue(value, field));
  if (vocabulary_.FindObjective(Trimmed(value)) != nullptr) {
    return Query::Term(TermField::kObjective, Trimmed(value));
  }
  const std::vector<std::string> words = WordsOf(value);
  ATTACHE_RETURN_IF_ERROR(RequireWords(words.size(), field));
  Query by_words = Query::Element(TermSpace::kObjective, Words(words));
  if (const auto id = vocabulary_.objective_names().Find(value)) {
    return Query::Or(
        {Query::Term(TermField::kObjective, *id), std::move(by_words)});
  }
  if (AnyMatch(by_words, snapshot_)) return by_words;
  return Unknown(v1::ERROR_REASON_UNKNOWN_OBJECTIVE, field,
                 "no objective is called, or holds the words,", value,
                 NearestIn(vocabulary_.objective_names(), value));
}

absl::StatusOr<std::string> NameResolver::FindEventSeries(
    absl::string_view value, absl::string_view field) const {
  ATTACHE_RETURN_IF_ERROR(RequireValue(value, field));
  if (auto id = vocabulary_.event_series_names().Find(value)) return *id;
  return FieldError(
      field, absl::StrCat("no event series is called ", Quoted(value), "; ",
                          NearestSentence(NearestIn(
                              vocabulary_.event_series_names(), value))));
}

absl::StatusOr<Query> NameResolver::EventSeries(absl::string_view value,
                                                absl::string_view field) const {
  ATTACHE_ASSIGN_OR_RETURN(const std::string id, FindEventSeries(value, field));
  return Query::Term(TermField::kEventSeries, id);
}

absl::StatusOr<Query> NameResolver::Text(absl::string_view text,
                                         absl::string_view field) {
  const std::vector<std::string> words = WordsOf(text);
  ATTACHE_RETURN_IF_ERROR(RequireWords(words.size(), field));
  return Words(words);
}

Query NameResolver::MayHold(absl::string_view text) {
  std::vector<std::string> words = WordsOf(text);
  if (words.size() > kMaxWords) words.resize(kMaxWords);
  return Words(words);
}

absl::StatusOr<Query> NameResolver::Traveler(absl::string_view value,
                                             absl::string_view field) const {
  ATTACHE_RETURN_IF_ERROR(RequireValue(value, field));
  const std::vector<std::string> words =
      absl::StrSplit(FoldToKey(value), ' ', absl::SkipEmpty());
  ATTACHE_RETURN_IF_ERROR(RequireWords(words.size(), field));
  std::vector<Query> all;
  for (const std::string& word : words) {
    all.push_back(Query::Term(TermField::kWord, word));
  }
  return Query::Element(TermSpace::kTraveler, Query::And(std::move(all)));
}

Query NameResolver::Words(const std::vector<std::string>& words) {
  WordForms& forms = WordForms::OfThisThread(vocabulary_);
  std::vector<Query> all;
  for (const std::string& word : words) {
    std::vector<Query> any;
    for (const std::string& language : forms.Languages()) {
      for (const std::string& form : forms.FormsOf(language, word)) {
        any.push_back(Query::Term(TermField::kWord, WordValue(language, form)));
      }
    }
    all.push_back(Query::Or(std::move(any)));
  }
  return Query::And(std::move(all));
}

}  // namespace attache
