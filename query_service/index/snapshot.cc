#include "query_service/index/snapshot.h"

namespace attache {

Snapshot::Snapshot(int64_t revision, uint64_t briefing_count,
                   std::vector<SegmentView> views)
    : revision_(revision),
      briefing_count_(briefing_count),
      views_(std::move(views)) {
  for (const SegmentView& view : views_) record_count_ += view.live_count();
}

size_t Snapshot::memory_bytes() const {
  size_t bytes = 0;
  for (const SegmentView& view : views_) {
    bytes += view.segment->memory_bytes();
    if (view.deleted != nullptr) bytes += view.deleted->getSizeInBytes(false);
  }
  return bytes;
}

std::optional<RecordLocation> Snapshot::Find(
    absl::string_view record_id) const {
  for (const SegmentView& view : views_) {
    const auto doc = view.segment->FindRecord(record_id);
    if (doc && view.IsLive(*doc)) {
      return RecordLocation{view.segment.get(), *doc};
    }
  }
  return std::nullopt;
}

}  // namespace attache
