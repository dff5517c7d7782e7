// The outbox's thread: what waits is committed in groups, and answered.
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/status_macros.h"
#include "ingestor/outbox/outbox.h"

namespace attache::outbox {
namespace {

constexpr size_t kMaxGroupOperations = 256;

absl::Status FullError(int64_t limit) {
  return WithRetryAfter(
      MakeError(v1::ERROR_REASON_OUTBOX_FULL,
                "The outbox is full: the query service has not taken what was "
                "accepted before. Try again later.",
                {{"limit", absl::StrCat(limit)}}),
      absl::Seconds(1));
}

absl::Status GoneError() {
  return absl::CancelledError("The caller has gone.");
}

// What the disk says gets a RetryInfo where it has none.
absl::Status WithRetry(absl::Status status) {
  const auto details = DetailsOf(status);
  if (absl::IsUnavailable(status) && details && !details->retry_delay) {
    return WithRetryAfter(std::move(status), absl::Seconds(5));
  }
  return status;
}

}  // namespace

bool Outbox::HasGone(const Operation& operation) {
  return operation.cancelled != nullptr && operation.cancelled->load();
}

bool Outbox::HasWork() const { return !queue_.empty() || woken_ || stopping_; }

// What goes alone, or what waits before the next of that.
Outbox::Operations::iterator Outbox::EndOfGroup() {
  const auto most = queue_.begin() + static_cast<ptrdiff_t>(std::min(
                                         queue_.size(), kMaxGroupOperations));
  if (!queue_.empty() && queue_.front().is_alone) return queue_.begin() + 1;
  return std::find_if(queue_.begin(), most, [](const Operation& operation) {
    return operation.is_alone;
  });
}

void Outbox::Run() {
  while (true) {
    Operations group;
    bool woken = false;
    bool last = false;
    {
      absl::MutexLock lock(&mutex_);
      if (parked_.empty() || store_->IsFull()) {
        mutex_.AwaitWithDeadline(absl::Condition(this, &Outbox::HasWork),
                                 waiters_.next_deadline());
      }
      const auto end = EndOfGroup();
      group.assign(std::make_move_iterator(queue_.begin()),
                   std::make_move_iterator(end));
      queue_.erase(queue_.begin(), end);
      woken = std::exchange(woken_, false);
      draining_ = stopping_ || waits_end_ != absl::InfiniteFuture();
      if (woken) waiters_.LimitDeadlines(waits_end_);
      last = stopping_ && queue_.empty();
    }
    if (woken) AnswerCancelled();
    RunGroup(std::move(group));
    waiters_.ReleaseExpired(absl::Now());
    if (last) break;
  }
  waiters_.ReleaseUpTo(std::numeric_limits<int64_t>::max());
}

void Outbox::RunGroup(Operations group) {
  Operations operations;
  // What waited for room goes first; nothing that waits overtakes it.
  if (group.empty() || !group.front().is_alone) operations.swap(parked_);
  std::move(group.begin(), group.end(), std::back_inserter(operations));
  if (operations.empty()) return;

  enum class Fate { kApplied, kParked, kFull, kGone };
  std::vector<Fate> fates(operations.size(), Fate::kApplied);
  const int64_t last_sequence = store_->state().last_sequence;
  const absl::Time start = absl::Now();
  const absl::Status status = store_->Group([&] {
    bool parks = false;
    for (size_t i = 0; i < operations.size(); ++i) {
      const Operation& operation = operations[i];
      const bool waits = operation.wait_for_room && !draining_;
      if (operation.takes_room && (store_->IsFull() || (waits && parks))) {
        fates[i] = !waits               ? Fate::kFull
                   : HasGone(operation) ? Fate::kGone
                                        : Fate::kParked;
        parks |= fates[i] == Fate::kParked;
        continue;
      }
      ATTACHE_RETURN_IF_ERROR(operation.apply(*store_, absl::Now()));
    }
    return absl::OkStatus();
  });
  // Where all was parked or refused, nothing was asked of the disk.
  const bool applied =
      std::find(fates.begin(), fates.end(), Fate::kApplied) != fates.end();
  {
    absl::MutexLock lock(&mutex_);
    state_ = store_->state();
    if (on_group_ && applied) {
      on_group_({.status = status, .lasted = absl::Now() - start});
    }
  }
  for (size_t i = 0; i < operations.size(); ++i) {
    Operation& operation = operations[i];
    if (fates[i] == Fate::kParked) {
      parked_.push_back(std::move(operation));
    } else if (fates[i] == Fate::kGone) {
      operation.committed(GoneError());
    } else if (fates[i] == Fate::kApplied) {
      operation.committed(WithRetry(status));
    } else if (operation.wait_for_room) {
      operation.committed(DrainingError());
    } else {
      operation.committed(FullError(max_pending_bytes_));
    }
  }
  if (store_->state().last_sequence != last_sequence) NotifyNewWrites();
}

void Outbox::NotifyNewWrites() {
  absl::MutexLock lock(&mutex_);
  if (on_new_writes_) on_new_writes_();
}

void Outbox::AnswerCancelled() {
  Operations kept;
  for (Operation& operation : parked_) {
    if (HasGone(operation)) {
      operation.committed(GoneError());
    } else {
      kept.push_back(std::move(operation));
    }
  }
  parked_ = std::move(kept);
}

}  // namespace attache::outbox
