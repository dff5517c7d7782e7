// The index as it stood at one revision.
#ifndef ATTACHE_QUERY_SERVICE_INDEX_SNAPSHOT_H_
#define ATTACHE_QUERY_SERVICE_INDEX_SNAPSHOT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "query_service/index/segment.h"
#include "roaring/roaring.hh"

namespace attache {

// A segment, and which of its records are gone. The bitmap is copied when one
// more goes, never changed.
struct SegmentView {
  std::shared_ptr<const Segment> segment;
  std::shared_ptr<const Roaring> deleted;  // null where none is

  bool IsLive(uint32_t doc) const {
    return deleted == nullptr || !deleted->contains(doc);
  }
  uint64_t live_count() const {
    return segment->size() - (deleted == nullptr ? 0 : deleted->cardinality());
  }
};

// Where a record lies; lives as long as its snapshot.
struct RecordLocation {
  const Segment* segment = nullptr;
  uint32_t doc = 0;
};

// Immutable; thread-safe. Two snapshots of one revision give the same answers.
class Snapshot {
 public:
  Snapshot(int64_t revision, uint64_t briefing_count,
           std::vector<SegmentView> views);

  int64_t revision() const { return revision_; }
  uint64_t record_count() const { return record_count_; }
  // Briefings that hold a record.
  uint64_t briefing_count() const { return briefing_count_; }
  size_t memory_bytes() const;

  absl::Span<const SegmentView> views() const { return views_; }

  // O(segments).
  std::optional<RecordLocation> Find(absl::string_view record_id) const;

 private:
  int64_t revision_;
  uint64_t briefing_count_;
  uint64_t record_count_ = 0;
  std::vector<SegmentView> views_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_INDEX_SNAPSHOT_H_
