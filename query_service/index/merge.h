// Which segments are made one, and how.
#ifndef ATTACHE_QUERY_SERVICE_INDEX_MERGE_H_
#define ATTACHE_QUERY_SERVICE_INDEX_MERGE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <vector>

#include "absl/types/span.h"
#include "query_service/index/segment.h"
#include "query_service/index/snapshot.h"

namespace attache {

struct MergePolicy {
  // That many segments of about one size are made one, and sizes of one level
  // differ by at most this factor, so each record is copied about
  // log_fan_in(records) times in all.
  size_t fan_in = 8;
  // A segment with this share of its records gone is written anew.
  double max_deleted_share = 0.5;
  // Where memory is bounded: withdrawals make room soon, and each record is
  // copied up to ten times as often for it.
  static constexpr double kSoonDeletedShare = 0.1;
  // No merged segment's records take more.
  size_t max_record_bytes = size_t{512} << 20;
};

// Indexes into `views` of the segments to merge next, the smallest ones first;
// empty where none should be. Those for which `excluded` says so are left out.
std::vector<size_t> PickMerge(
    absl::Span<const SegmentView> views, const MergePolicy& policy,
    const std::function<bool(const SegmentView&)>& excluded);

inline constexpr uint32_t kGone = std::numeric_limits<uint32_t>::max();

struct MergedSegment {
  // Null where no record was left.
  std::shared_ptr<const Segment> segment;
  // For each source, the new number of each of its records, or kGone.
  std::vector<std::vector<uint32_t>> new_docs;
};

// The live records of `sources` as one segment. Pure. O(terms + postings +
// n log n).
MergedSegment MergeSegments(absl::Span<const SegmentView> sources);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_INDEX_MERGE_H_
