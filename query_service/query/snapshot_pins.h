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

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "query_service/index/snapshot.h"

namespace attache {

struct PinOptions {
  // How long a snapshot is kept after its last use.
  absl::Duration lifetime = absl::Seconds(60);
  int64_t capacity = 64;
};

// INVALID_ARGUMENT, in words for an operator: lifetimes up to a day,
// capacities from 1 to 10,000.
absl::Status CheckPinOptions(const PinOptions& options);

// Keeps each for a time after its last use, and no more than a few: a snapshot
// may hold segments that the index itself dropped long ago. Thread-safe.
class SnapshotPins {
 public:
  // REQUIRES: CheckPinOptions(options).ok().
  explicit SnapshotPins(const PinOptions& options = {});
  ~SnapshotPins();

  // Keeps it from now on; where there are too many, the one whose last use is
  // the longest ago goes.
  void Keep(std::shared_ptr<const Snapshot> snapshot);

  // For who uses a snapshot all the while: it is kept while this lives, however
  // long that is and whatever else is kept, and a lifetime longer.
  class Hold {
   public:
    // `pins` outlives it.
    Hold(SnapshotPins& pins, std::shared_ptr<const Snapshot> snapshot);
    ~Hold();
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;

   private:
    SnapshotPins& pins_;
    const int64_t revision_;
  };

  // The snapshot of that revision, which is used by this; null where none is
  // kept.
  std::shared_ptr<const Snapshot> Find(int64_t revision);

  size_t size() const;

 private:
  struct Pin {
    std::shared_ptr<const Snapshot> snapshot;
    absl::Time last_use;
    int holds = 0;
  };

  // Infinite where it is held.
  absl::Time ExpiryOf(const Pin& pin) const;
  // Of `snapshot`'s revision; the snapshot that it had goes to `replaced`.
  Pin& Use(std::shared_ptr<const Snapshot> snapshot,
           std::shared_ptr<const Snapshot>& replaced);
  // Takes out what is too much; holds do not count.
  std::shared_ptr<const Snapshot> Evict();
  void Release(int64_t revision);
  void ExpireUntilStopped();

  const PinOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<int64_t, Pin> pins_;  // by revision
  size_t held_ = 0;              // of those, with holds
  bool stopped_ = false;
  std::thread expirer_;  // so that an idle service lets go as well
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_QUERY_SNAPSHOT_PINS_H_
