// The in-memory index: immutable segments behind snapshots.
#ifndef ATTACHE_QUERY_SERVICE_INDEX_TRIP_INDEX_H_
#define ATTACHE_QUERY_SERVICE_INDEX_TRIP_INDEX_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/vocabulary/vocabulary.h"

namespace attache {

class Snapshot;

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

// One writer at a time calls Apply; any thread reads.
class TripIndex {
 public:
  explicit TripIndex(std::shared_ptr<const Vocabulary> vocabulary);
  ~TripIndex();

  // Replaces what each briefing held and publishes the snapshot of `revision`.
  // Of several entries for one briefing the last counts. Also used, in large
  // calls, to load the journal at start. REQUIRES: revision >= the last one.
  // INVALID_ARGUMENT where a record's bytes do not parse; nothing is applied.
  absl::Status Apply(absl::Span<const BriefingRecords> writes,
                     int64_t revision);

  // The newest snapshot; never null. Wait-free but for a reference count.
  std::shared_ptr<const Snapshot> Pin() const;

  // Blocks until a snapshot of at least `revision` is published; false at the
  // deadline.
  bool WaitForRevision(int64_t revision, absl::Time deadline) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_INDEX_TRIP_INDEX_H_
