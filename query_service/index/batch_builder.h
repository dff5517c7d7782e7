// The segments of one batch of writes.
#ifndef ATTACHE_QUERY_SERVICE_INDEX_BATCH_BUILDER_H_
#define ATTACHE_QUERY_SERVICE_INDEX_BATCH_BUILDER_H_

#include <memory>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/vocabulary/vocabulary.h"
#include "query_service/index/segment.h"
#include "query_service/index/trip_index.h"

namespace attache {

// What a batch changes. The views live as long as the writes.
struct BuiltBatch {
  std::vector<std::shared_ptr<const Segment>> segments;
  // All that they held before is gone.
  absl::flat_hash_set<absl::string_view> briefing_ids;
  absl::flat_hash_set<absl::string_view> record_ids;
};

// Reads the records, a large batch on all cores. Of several entries for one
// briefing, and of several records with one id, the last counts.
// INVALID_ARGUMENT where a record's bytes do not parse.
absl::StatusOr<BuiltBatch> BuildBatch(absl::Span<const BriefingRecords> writes,
                                      const Vocabulary& vocabulary);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_INDEX_BATCH_BUILDER_H_
