// The vocabulary as clients see it.
#ifndef ATTACHE_QUERY_SERVICE_SERVICE_VOCABULARY_LIST_H_
#define ATTACHE_QUERY_SERVICE_SERVICE_VOCABULARY_LIST_H_

#include "absl/status/statusor.h"
#include "attache/v1/trip_query_service.pb.h"
#include "common/vocabulary/vocabulary.h"
#include "query_service/index/snapshot.h"

namespace attache {

// The entries of the dimension asked for, in the vocabulary's order, with the
// number of records that hold each. FIELD_INVALID for a dimension that is no
// part of the vocabulary. O(entries + postings of the field).
absl::StatusOr<v1::ListVocabularyResponse> VocabularyList(
    const v1::ListVocabularyRequest& request, const Vocabulary& vocabulary,
    const Snapshot& snapshot);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_SERVICE_VOCABULARY_LIST_H_
