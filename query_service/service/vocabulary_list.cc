#include "query_service/service/vocabulary_list.h"

#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "common/error.h"
#include "query_service/convert/dimension.h"
#include "query_service/query/matches.h"
#include "query_service/query/summarize.h"

namespace attache {
namespace {

class Listing {
 public:
  Listing(const v1::ListVocabularyRequest& request, const Grouping& grouping,
          const Snapshot& snapshot)
      : language_(NameLanguage(request.language_code())),
        counts_(CountByBucket(Matches(Query::All(), snapshot), grouping)) {}

  void Add(const VocabularyItem& item) {
    v1::VocabularyEntry& entry = *response_.add_entries();
    entry.set_id(item.id);
    entry.set_parent_id(item.parent_id);
    entry.set_display_name(item.NameIn(language_));
    for (const VocabularyName& alias : item.aliases) {
      if (alias.language == language_) entry.add_aliases(alias.name);
    }
    const auto count = counts_.find(item.id);
    if (count != counts_.end()) {
      entry.set_record_count(static_cast<int64_t>(count->second));
    }
  }

  v1::ListVocabularyResponse Take(const std::string& version) && {
    response_.set_vocabulary_version(version);
    return std::move(response_);
  }

 private:
  const std::string language_;
  const absl::flat_hash_map<std::string, uint64_t> counts_;
  v1::ListVocabularyResponse response_;
};

}  // namespace

absl::StatusOr<v1::ListVocabularyResponse> VocabularyList(
    const v1::ListVocabularyRequest& request, const Vocabulary& vocabulary,
    const Snapshot& snapshot) {
  const auto list = [&](const auto& items) {
    Listing listing(request, *GroupingOf(request.dimension(), vocabulary),
                    snapshot);
    for (const VocabularyItem& item : items) listing.Add(item);
    return std::move(listing).Take(vocabulary.version());
  };
  switch (request.dimension()) {
    case v1::DIMENSION_COUNTRY:
      return list(vocabulary.countries());
    case v1::DIMENSION_SECTOR:
      return list(vocabulary.sectors());
    case v1::DIMENSION_OBJECTIVE:
      return list(vocabulary.objectives());
    case v1::DIMENSION_EVENT_SERIES:
      return list(vocabulary.event_series());
    default:
      return FieldError("dimension",
                        "is one of DIMENSION_COUNTRY, DIMENSION_SECTOR, "
                        "DIMENSION_OBJECTIVE, DIMENSION_EVENT_SERIES");
  }
}

}  // namespace attache
