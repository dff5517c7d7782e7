#include "query_service/service/vocabulary_list.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "common/error.h"
#include "query_service/index/word_forms.h"
#include "query_service/query/executor.h"

namespace attache {
namespace {

class Listing {
 public:
  Listing(const std::string& language_code, const Snapshot& snapshot)
      : language_(Primary(language_code)), snapshot_(snapshot) {}

  void Add(const VocabularyItem& item, const Query& query) {
    v1::VocabularyEntry& entry = *response_.add_entries();
    entry.set_id(item.id);
    entry.set_parent_id(item.parent_id);
    entry.set_display_name(item.NameIn(language_));
    for (const VocabularyName& alias : item.aliases) {
      if (alias.language == language_) entry.add_aliases(alias.name);
    }
    entry.set_record_count(static_cast<int64_t>(Count(query, snapshot_)));
  }

  v1::ListVocabularyResponse Take(const std::string& version) && {
    response_.set_vocabulary_version(version);
    return std::move(response_);
  }

 private:
  static std::string Primary(const std::string& code) {
    if (code.empty()) return "en";
    const std::string tag = NormalizeLanguage(code);
    return tag.substr(0, tag.find('-'));
  }

  const std::string language_;
  const Snapshot& snapshot_;
  v1::ListVocabularyResponse response_;
};

Query SectorQuery(const Vocabulary& vocabulary, const std::string& id) {
  std::vector<Query> any;
  for (const std::string& sector : vocabulary.SectorWithChildren(id)) {
    any.push_back(Query::Term(TermField::kSector, sector));
  }
  return Query::Or(std::move(any));
}

}  // namespace

absl::StatusOr<v1::ListVocabularyResponse> VocabularyList(
    const v1::ListVocabularyRequest& request, const Vocabulary& vocabulary,
    const Snapshot& snapshot) {
  Listing listing(request.language_code(), snapshot);
  switch (request.dimension()) {
    case v1::DIMENSION_COUNTRY:
      for (const Country& country : vocabulary.countries()) {
        listing.Add(country, Query::Term(TermField::kVisited, country.id));
      }
      break;
    case v1::DIMENSION_SECTOR:
      for (const VocabularyItem& sector : vocabulary.sectors()) {
        listing.Add(sector, SectorQuery(vocabulary, sector.id));
      }
      break;
    case v1::DIMENSION_OBJECTIVE:
      for (const VocabularyItem& objective : vocabulary.objectives()) {
        listing.Add(objective,
                    Query::Term(TermField::kObjective, objective.id));
      }
      break;
    case v1::DIMENSION_EVENT_SERIES:
      for (const VocabularyItem& series : vocabulary.event_series()) {
        listing.Add(series, Query::Term(TermField::kEventSeries, series.id));
      }
      break;
    default:
      return FieldError("dimension",
                        "is one of DIMENSION_COUNTRY, DIMENSION_SECTOR, "
                        "DIMENSION_OBJECTIVE, DIMENSION_EVENT_SERIES");
  }
  return std::move(listing).Take(vocabulary.version());
}

}  // namespace attache
