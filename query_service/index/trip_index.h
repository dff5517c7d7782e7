// The in-memory index: immutable segments behind snapshots.
#ifndef ATTACHE_QUERY_SERVICE_INDEX_TRIP_INDEX_H_
#define ATTACHE_QUERY_SERVICE_INDEX_TRIP_INDEX_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/vocabulary/vocabulary.h"
#include "query_service/index/merge.h"
#include "query_service/index/snapshot.h"

namespace attache {

// A record as it goes on the wire: a TripRecord, serialized deterministically,
// revision and index_time set.
struct StoredRecord {
  std::string record_id;
  std::string wire;
};

// All that one briefing now holds; no records where it was withdrawn.
struct BriefingRecords {
  std::string briefing_id;
  std::vector<StoredRecord> records;
};

// Segments are merged in a thread of its own, which readers and the writer
// never wait for. One writer at a time calls Apply; any thread reads.
class TripIndex {
 public:
  // `on_merged` is told how long each merge took, on the thread that made it;
  // it may not call the index.
  explicit TripIndex(
      std::shared_ptr<const Vocabulary> vocabulary, MergePolicy policy = {},
      std::function<void(absl::Duration)> on_merged = [](absl::Duration) {});
  // REQUIRES: no call is running; callbacks of NotifyAt that were not called
  // never will be.
  ~TripIndex();

  // Replaces what each briefing held and publishes the snapshot of `revision`.
  // Of several entries for one briefing the last counts; a record id that
  // another briefing holds passes to this one. Also used, in large calls, to
  // load the journal at start: those are read on all cores.
  // REQUIRES: revision >= the last one.
  // INVALID_ARGUMENT where a record's bytes do not parse; nothing is applied.
  absl::Status Apply(absl::Span<const BriefingRecords> writes,
                     int64_t revision);

  // The newest snapshot; never null. Takes no longer than copying a pointer.
  std::shared_ptr<const Snapshot> Pin() const;

  // Blocks until a snapshot of at least `revision` is published; false at the
  // deadline.
  bool WaitForRevision(int64_t revision, absl::Time deadline) const;

  // Calls `done` once, as soon as a snapshot of at least `revision` is
  // published: at once on this thread, or later on the writer's, so it must
  // only pass the word on. It may not call the index.
  using WaiterId = uint64_t;
  WaiterId NotifyAt(int64_t revision, std::function<void()> done);
  // Afterwards `done` is neither running nor will it be called.
  void CancelNotify(WaiterId id);

  // Blocks until nothing is left to merge. For tests and benchmarks.
  void WaitForMerges() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_INDEX_TRIP_INDEX_H_
