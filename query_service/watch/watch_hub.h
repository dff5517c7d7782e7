// Tells every watcher what changes for it.
//
// What is sent comes from the journal's history alone. A watcher begins with
// the matches of a snapshot, or at a revision it names; it catches up by
// reading the history on a few threads that all share; and once it has read as
// far as the hub, the hub's own thread tells it of what comes. That thread
// reads each stretch of history once for all, finds the standing queries that
// it may concern by what they require, and puts what matches into the watchers'
// queues.
//
// Writers only wake the hub. The history is kept for it: see HistoryHolds.
#ifndef ATTACHE_QUERY_SERVICE_WATCH_WATCH_HUB_H_
#define ATTACHE_QUERY_SERVICE_WATCH_WATCH_HUB_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/vocabulary/vocabulary.h"
#include "query_service/convert/watch_parameters.h"
#include "query_service/index/trip_index.h"
#include "query_service/journal/journal.h"
#include "query_service/watch/watch_outbox.h"

namespace attache {

struct WatchLimits {
  int32_t max_watchers = 10'000;
  // Of one watcher: changes that wait while it does not take what was sent.
  int64_t queue_bytes = int64_t{8} << 20;
  int64_t queue_changes = 10'000;
  // See WatchOutboxOptions.
  absl::Duration stall_timeout = absl::Seconds(60);
  // How long the history is kept for a watcher that catches up.
  absl::Duration longest_hold = absl::Seconds(30);
};

// INVALID_ARGUMENT, naming the flag, where a number is out of range.
absl::Status CheckWatchLimits(const WatchLimits& limits);

// Thread-safe.
class WatchHub {
 public:
  // Both outlive the hub. Errors as Journal::OpenHistory.
  static absl::StatusOr<std::unique_ptr<WatchHub>> Start(
      Journal& journal, TripIndex& index,
      std::shared_ptr<const Vocabulary> vocabulary,
      const WatchLimits& limits = {});
  // REQUIRES: every watch was closed.
  ~WatchHub();

  // A revision was published. Never blocks.
  void OnPublished();

  struct Watch {
    uint64_t id = 0;
    std::shared_ptr<WatchOutbox> outbox;
  };
  // Begins a watch, whose responses `sink` is given until it is finished, be it
  // by a fault of the filter (as SearchTripRecords has it), OUT_OF_RANGE
  // HISTORY_GONE or INDEX_REPLACED. Never blocks.
  // RESOURCE_EXHAUSTED TOO_MANY_STREAMS: there are as many as may be.
  absl::StatusOr<Watch> Open(WatchParameters parameters, WatchSink& sink);
  // Call once for each watch, however it ended. The sink is not called
  // afterwards. Never blocks for long.
  void Close(const Watch& watch);

  struct Load {
    int64_t watchers = 0;
    // Of those, the ones that read the history themselves still.
    int64_t catching_up = 0;
    // Of a live watcher, at most: published revisions that it does not have,
    // and bytes that wait for it; and the bytes of all.
    int64_t longest_lag_revisions = 0;
    size_t longest_queue_bytes = 0;
    size_t queued_bytes = 0;
  };
  // O(watchers).
  Load load() const;

 private:
  struct Impl;
  explicit WatchHub(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_WATCH_WATCH_HUB_H_
