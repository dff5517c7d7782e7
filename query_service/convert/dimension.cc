#include "query_service/convert/dimension.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include "attache/v1/trip_record.pb.h"
#include "query_service/index/word_forms.h"

namespace attache {
namespace {

// A sector, and those above it.
BucketsOf SectorAndParents(const Vocabulary& vocabulary) {
  return [&vocabulary](absl::string_view id,
                       std::vector<absl::string_view>& keys) {
    while (!id.empty()) {
      keys.push_back(id);
      const VocabularyItem* sector = vocabulary.FindSector(id);
      id = sector == nullptr ? absl::string_view() : sector->parent_id;
    }
  };
}

// The status as the contract names it; the number of one that it does not know.
void NameOfStatus(absl::string_view number,
                  std::vector<absl::string_view>& keys) {
  int status = 0;
  const bool known =
      absl::SimpleAtoi(number, &status) && v1::TripStatus_IsValid(status);
  keys.push_back(known
                     ? v1::TripStatus_Name(static_cast<v1::TripStatus>(status))
                     : number);
}

void KeyOfName(absl::string_view value, std::vector<absl::string_view>& keys) {
  keys.push_back(NameKey(value));
}

// Null where the dimension is no part of the vocabulary, or the key no entry.
const VocabularyItem* FindEntry(int dimension, absl::string_view key,
                                const Vocabulary& vocabulary) {
  switch (dimension) {
    case v1::DIMENSION_COUNTRY:
      return vocabulary.FindCountry(key);
    case v1::DIMENSION_SECTOR:
      return vocabulary.FindSector(key);
    case v1::DIMENSION_OBJECTIVE:
      return vocabulary.FindObjective(key);
    case v1::DIMENSION_EVENT_SERIES:
      return vocabulary.FindEventSeries(key);
    default:
      return nullptr;
  }
}

std::string StatusName(absl::string_view key, absl::string_view language,
                       const Vocabulary& vocabulary) {
  const std::string status =
      absl::AsciiStrToLower(absl::StripPrefix(key, "TRIP_STATUS_"));
  for (const absl::string_view code : {language, absl::string_view("en")}) {
    const LanguageSettings* settings = vocabulary.FindLanguage(code);
    if (settings == nullptr) continue;
    const auto name = settings->status_names.find(status);
    if (name != settings->status_names.end()) return name->second;
  }
  return std::string(key);
}

}  // namespace

std::optional<Grouping> GroupingOf(int dimension,
                                   const Vocabulary& vocabulary) {
  switch (dimension) {
    case v1::DIMENSION_COUNTRY:
      return Grouping{.field = TermField::kVisited, .investments = true};
    case v1::DIMENSION_SECTOR:
      return Grouping{.field = TermField::kSector,
                      .buckets_of = SectorAndParents(vocabulary),
                      .investments = true};
    case v1::DIMENSION_OBJECTIVE:
      return Grouping{.field = TermField::kObjective};
    case v1::DIMENSION_TRAVELER:
      return Grouping{.field = TermField::kTravelerName,
                      .buckets_of = KeyOfName,
                      .names = true};
    case v1::DIMENSION_EVENT_SERIES:
      return Grouping{.field = TermField::kEventSeries};
    case v1::DIMENSION_PUBLISHER:
      return Grouping{.field = TermField::kPublisherName,
                      .buckets_of = KeyOfName,
                      .names = true};
    case v1::DIMENSION_MONTH:
      return Grouping{.field = TermField::kStartMonth};
    case v1::DIMENSION_STATUS:
      return Grouping{.field = TermField::kStatus, .buckets_of = NameOfStatus};
    default:
      return std::nullopt;
  }
}

std::string NameLanguage(absl::string_view language_code) {
  if (language_code.empty()) return "en";
  const std::string tag = NormalizeLanguage(language_code);
  return tag.substr(0, tag.find('-'));
}

std::string DisplayName(int dimension, absl::string_view key,
                        absl::string_view language,
                        const Vocabulary& vocabulary) {
  if (dimension == v1::DIMENSION_STATUS) {
    return StatusName(key, language, vocabulary);
  }
  const VocabularyItem* entry = FindEntry(dimension, key, vocabulary);
  return entry == nullptr ? std::string(key) : entry->NameIn(language);
}

}  // namespace attache
