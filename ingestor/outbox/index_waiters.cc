#include "ingestor/outbox/index_waiters.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "common/error.h"

namespace attache::outbox {

void MarkRejected(const v1::ItemStatus& status, v1::IngestResult& result) {
  result.set_outcome(status.reason() ==
                             ReasonName(v1::ERROR_REASON_VERSION_STALE)
                         ? v1::INGEST_OUTCOME_STALE
                         : v1::INGEST_OUTCOME_REJECTED);
  result.clear_record_ids();
  *result.mutable_status() = status;
}

void IndexWaiters::Add(int64_t sequence, absl::Time deadline,
                       v1::IngestResult result, Answer answer) {
  deadline = std::min(deadline, latest_deadline_);
  const auto waiter = waiters_.emplace(
      sequence, Waiter{deadline, std::move(result), std::move(answer)});
  by_deadline_.emplace(deadline, waiter);
}

std::vector<IndexWaiters::Waiter> IndexWaiters::Take(BySequence::iterator begin,
                                                     BySequence::iterator end) {
  std::vector<Waiter> taken;
  for (auto it = begin; it != end; ++it) {
    auto [at, last] = by_deadline_.equal_range(it->second.deadline);
    at = std::find_if(at, last,
                      [&](const auto& entry) { return entry.second == it; });
    by_deadline_.erase(at);
    taken.push_back(std::move(it->second));
  }
  waiters_.erase(begin, end);
  return taken;
}

void IndexWaiters::Acknowledge(int64_t sequence, int64_t revision,
                               absl::Span<const v1::RejectedWrite> rejected) {
  while (!waiters_.empty() && waiters_.begin()->first <= sequence) {
    const int64_t write = waiters_.begin()->first;
    const auto refusal = std::lower_bound(
        rejected.begin(), rejected.end(), write,
        [](const v1::RejectedWrite& r, int64_t s) { return r.sequence() < s; });
    const bool is_refused =
        refusal != rejected.end() && refusal->sequence() == write;
    for (Waiter& waiter : Take(waiters_.begin(), waiters_.upper_bound(write))) {
      if (is_refused) {
        MarkRejected(refusal->status(), waiter.result);
      } else {
        waiter.result.set_durability(v1::DURABILITY_INDEXED);
        waiter.result.set_revision(revision);
      }
      waiter.answer(std::move(waiter.result));
    }
  }
}

void IndexWaiters::ReleaseUpTo(int64_t sequence) {
  for (Waiter& waiter :
       Take(waiters_.begin(), waiters_.upper_bound(sequence))) {
    waiter.answer(std::move(waiter.result));
  }
}

void IndexWaiters::ReleaseExpired(absl::Time now) {
  while (next_deadline() <= now) {
    const BySequence::iterator it = by_deadline_.begin()->second;
    for (Waiter& waiter : Take(it, std::next(it))) {
      waiter.answer(std::move(waiter.result));
    }
    if (by_deadline_.empty()) return;
  }
}

void IndexWaiters::LimitDeadlines(absl::Time deadline) {
  latest_deadline_ = deadline;
  by_deadline_.clear();
  for (auto it = waiters_.begin(); it != waiters_.end(); ++it) {
    it->second.deadline = std::min(it->second.deadline, deadline);
    by_deadline_.emplace(it->second.deadline, it);
  }
}

absl::Time IndexWaiters::next_deadline() const {
  return by_deadline_.empty() ? absl::InfiniteFuture()
                              : by_deadline_.begin()->first;
}

}  // namespace attache::outbox
