// From which revision on the history must be kept for those who read it.
#ifndef ATTACHE_QUERY_SERVICE_WATCH_HISTORY_HOLDS_H_
#define ATTACHE_QUERY_SERVICE_WATCH_HISTORY_HOLDS_H_

#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"

namespace attache {

// Whoever begins to watch holds the changes after its revision until it has
// caught up, yet for a limited time, so that a slow client cannot make the
// history grow. Not thread-safe.
class HistoryHolds {
 public:
  HistoryHolds(int64_t floor, absl::Duration longest)
      : floor_(floor), longest_(longest) {}

  // Without holds, all changes after this revision are kept.
  int64_t floor() const { return floor_; }
  // REQUIRES: not below floor().
  void Raise(int64_t floor) { floor_ = floor; }

  // Holds the changes after `revision`, unless these may be gone already: what
  // lies below the floor is kept for nobody.
  void Hold(uint64_t id, int64_t revision, absl::Time now);
  // The holder has read up to `revision`; its time goes on.
  void Advance(uint64_t id, int64_t revision);
  void Release(uint64_t id) { holds_.erase(id); }

  // All changes after this revision are to be kept at `now`. O(holds).
  int64_t Lowest(absl::Time now);

 private:
  struct Held {
    int64_t revision;
    absl::Time until;
  };

  int64_t floor_;
  const absl::Duration longest_;
  absl::flat_hash_map<uint64_t, Held> holds_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_WATCH_HISTORY_HOLDS_H_
