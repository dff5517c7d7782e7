// The inside of the hub; for this folder alone.
#ifndef ATTACHE_QUERY_SERVICE_WATCH_WATCH_HUB_IMPL_H_
#define ATTACHE_QUERY_SERVICE_WATCH_WATCH_HUB_IMPL_H_

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/worker_threads.h"
#include "query_service/journal/history_reader.h"
#include "query_service/query/exporter.h"
#include "query_service/query/percolator.h"
#include "query_service/query/query.h"
#include "query_service/watch/changed_records.h"
#include "query_service/watch/history_holds.h"
#include "query_service/watch/watch_hub.h"

namespace attache {

// Read, indexed and matched at a time.
inline constexpr size_t kStretchBytes = size_t{1} << 20;

// INTERNAL, where the journal holds what cannot be read as records.
absl::Status HistoryUnreadable(const absl::Status& status);

struct WatchHub::Impl {
  struct Watcher {
    uint64_t id = 0;
    WatchParameters parameters;
    std::shared_ptr<WatchOutbox> outbox;

    // Of the one task at a time that the outbox asked for.
    Query query;
    std::unique_ptr<Exporter> matches;  // null once all were put
    int64_t read_up_to = 0;

    // Guarded by the hub's mutex.
    int64_t live_after = 0;  // what it had read when it went live; then stays
    absl::Time due = absl::InfiniteFuture();  // when Tick is to come
  };
  using WatcherPtr = std::shared_ptr<Watcher>;

  Impl(Journal& journal, TripIndex& index,
       std::shared_ptr<const Vocabulary> vocabulary, const WatchLimits& limits)
      : journal(journal),
        index(index),
        vocabulary(std::move(vocabulary)),
        limits(limits),
        index_id(journal.index_id()),
        position(index.Pin()->revision()),
        distributing_to(position),
        holds(position, limits.longest_hold) {}

  // On the workers.
  void Begin(const WatcherPtr& watcher);
  absl::Status Register(const WatcherPtr& watcher,
                        std::shared_ptr<const Snapshot>& snapshot);
  void Continue(const WatcherPtr& watcher, HistoryReader& history);
  void PutMatches(Watcher& watcher);
  absl::Status PutHistory(Watcher& watcher, HistoryReader& history);
  void Remove(uint64_t id);

  // On the hub's thread.
  void Run();
  absl::Time SleepUntil();
  void CheckIndex();
  void Advance();
  absl::Status AdvanceOnce(int64_t published);
  void Distribute(ChangedRecords& changed);
  void EndLive(const absl::Status& status);
  void KeepHistory();
  void Tick();

  // On either.
  void Wake();
  void TickOne(Watcher& watcher, absl::Time now);
  void StopBeingLive(uint64_t id);
  // The stretch after `revision`, no more than is published.
  absl::StatusOr<HistoryChunk> ReadPublished(HistoryReader& history,
                                             int64_t revision);

  Journal& journal;
  TripIndex& index;
  const std::shared_ptr<const Vocabulary> vocabulary;
  const WatchLimits limits;
  std::unique_ptr<HistoryReader> hub_history;
  std::vector<std::unique_ptr<HistoryReader>> worker_histories;
  std::atomic<int32_t> open_count = 0;
  std::atomic<uint64_t> last_id = 0;

  // Standard mutexes, which ThreadSanitizer knows. An outbox's lock may be
  // taken under this one, never the reverse.
  std::mutex mutex;
  // Guarded by mutex; changed by the hub's thread alone: the first three.
  std::string index_id;
  int64_t position;  // every live watcher was told of all up to here
  // Those that are live are being told up to here; who goes live now has to
  // have read as far itself.
  int64_t distributing_to;
  HistoryHolds holds;
  absl::flat_hash_map<uint64_t, WatcherPtr> watchers;  // those that have begun
  absl::flat_hash_map<uint64_t, WatcherPtr> live;
  Percolator percolator;  // of the live ones
  // Those of `watchers` that are to be ticked, by when.
  std::set<std::pair<absl::Time, uint64_t>> due;

  std::mutex wake_mutex;
  std::condition_variable wake;
  bool woken = false;     // guarded by wake_mutex
  bool stopping = false;  // guarded by wake_mutex

  std::thread thread;
  // Goes first.
  std::unique_ptr<WorkerThreads> workers;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_WATCH_WATCH_HUB_IMPL_H_
