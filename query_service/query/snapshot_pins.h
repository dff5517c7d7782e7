// Snapshots that page tokens may come back for.
#ifndef ATTACHE_QUERY_SERVICE_QUERY_SNAPSHOT_PINS_H_
#define ATTACHE_QUERY_SERVICE_QUERY_SNAPSHOT_PINS_H_

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "absl/time/time.h"
#include "query_service/index/snapshot.h"

namespace attache {

// Keeps each for a time after its last use, and no more than a few: a snapshot
// may hold segments that the index itself dropped long ago. Thread-safe.
class SnapshotPins {
 public:
  explicit SnapshotPins(absl::Duration lifetime = absl::Seconds(60),
                        size_t capacity = 64);
  ~SnapshotPins();

  // Keeps it from now on; where there are too many, the one whose last use is
  // the longest ago goes.
  void Keep(std::shared_ptr<const Snapshot> snapshot);

  // The snapshot of that revision, which is used by this; null where none is
  // kept.
  std::shared_ptr<const Snapshot> Find(int64_t revision);

  size_t size() const;

 private:
  struct Pin {
    std::shared_ptr<const Snapshot> snapshot;
    absl::Time expires;
  };

  void ExpireUntilStopped();

  const absl::Duration lifetime_;
  const size_t capacity_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<int64_t, Pin> pins_;  // by revision
  bool stopped_ = false;
  std::thread expirer_;  // so that an idle service lets go as well
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_QUERY_SNAPSHOT_PINS_H_
