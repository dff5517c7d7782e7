// Answers that are held back until the query service has a write.
#ifndef ATTACHE_INGESTOR_OUTBOX_INDEX_WAITERS_H_
#define ATTACHE_INGESTOR_OUTBOX_INDEX_WAITERS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "attache/v1/ingest_service.pb.h"
#include "attache/v1/trip_index_service.pb.h"

namespace attache::outbox {

// Not thread-safe. Every waiter is answered exactly once, by the call that
// decides it; answers run inside that call.
class IndexWaiters {
 public:
  using Answer = std::function<void(v1::IngestResult)>;

  // `result` is answered once `sequence` is acknowledged (INDEXED, or what the
  // refusal makes of it), or as it is (DURABLE) at `deadline`.
  // O(log waiters).
  void Add(int64_t sequence, absl::Time deadline, v1::IngestResult result,
           Answer answer);

  // `rejected` in sequence order.
  void Acknowledge(int64_t sequence, int64_t revision,
                   absl::Span<const v1::RejectedWrite> rejected);
  // Answers DURABLE: those up to `sequence`; those whose deadline has come.
  void ReleaseUpTo(int64_t sequence);
  void ReleaseExpired(absl::Time now);
  // No waiter waits beyond `deadline` from now on.
  void LimitDeadlines(absl::Time deadline);

  // InfiniteFuture where nothing waits. O(1).
  absl::Time next_deadline() const;
  size_t size() const { return waiters_.size(); }

 private:
  struct Waiter {
    absl::Time deadline;
    v1::IngestResult result;
    Answer answer;
  };
  using BySequence = std::multimap<int64_t, Waiter>;

  std::vector<Waiter> Take(BySequence::iterator begin,
                           BySequence::iterator end);

  BySequence waiters_;
  std::multimap<absl::Time, BySequence::iterator> by_deadline_;
  absl::Time latest_deadline_ = absl::InfiniteFuture();
};

// What a refusal makes of the answer: STALE where a newer version is held by
// the query service, else REJECTED.
void MarkRejected(const v1::ItemStatus& status, v1::IngestResult& result);

}  // namespace attache::outbox

#endif  // ATTACHE_INGESTOR_OUTBOX_INDEX_WAITERS_H_
