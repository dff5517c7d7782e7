#include "ingestor/outbox/outbox.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/error.h"
#include "common/status_macros.h"

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

absl::Status DrainingError() {
  return WithRetryAfter(
      MakeError(v1::ERROR_REASON_DRAINING, "The ingestor is shutting down."),
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

absl::StatusOr<std::unique_ptr<Outbox>> Outbox::Open(
    const StoreOptions& options) {
  ATTACHE_ASSIGN_OR_RETURN(std::unique_ptr<BriefingStore> opened,
                           BriefingStore::Open(options));
  return std::unique_ptr<Outbox>(
      new Outbox(std::move(opened), options.max_pending_bytes));
}

Outbox::Outbox(std::unique_ptr<BriefingStore> opened, int64_t max_pending_bytes)
    : max_pending_bytes_(max_pending_bytes), store_(std::move(opened)) {
  {
    absl::MutexLock lock(&mutex_);
    state_ = store_->state();
  }
  thread_ = std::thread([this] { Run(); });
}

Outbox::~Outbox() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
}

void Outbox::Enqueue(Operation operation) {
  {
    absl::MutexLock lock(&mutex_);
    if (!stopping_) {
      queue_.push_back(std::move(operation));
      return;
    }
  }
  operation.committed(DrainingError());
}

absl::Status Outbox::EnqueueAndWait(Operation operation) {
  absl::Status result;
  absl::Notification done;
  operation.committed =
      [&, first = std::move(operation.committed)](absl::Status status) {
        if (first) first(status);
        result = std::move(status);
        done.Notify();
      };
  Enqueue(std::move(operation));
  done.WaitForNotification();
  return result;
}

void Outbox::EnqueueAccepting(Accepting accept, AnswerTerms terms,
                              Answer answer) {
  auto acceptance = std::make_shared<Acceptance>();
  Operation operation;
  operation.takes_room = true;
  operation.wait_for_room = terms.wait_for_room;
  operation.cancelled = terms.cancelled;
  operation.apply = [acceptance, accept = std::move(accept)](
                        BriefingStore& store, absl::Time now) {
    ATTACHE_ASSIGN_OR_RETURN(*acceptance, accept(store, now));
    return absl::OkStatus();
  };
  operation.committed = [this, acceptance, terms = std::move(terms),
                         answer = std::move(answer)](absl::Status status) {
    if (!status.ok()) {
      answer(std::move(status));
    } else if (!acceptance->refusal.ok()) {
      answer(acceptance->refusal);
    } else {
      Settle(*acceptance, terms, answer);
    }
  };
  Enqueue(std::move(operation));
}

void Outbox::Settle(const Acceptance& acceptance, const AnswerTerms& terms,
                    const Answer& answer) {
  v1::IngestResult result = acceptance.result;
  result.set_durability(v1::DURABILITY_DURABLE);
  const StoreState& state = store_->state();
  if (acceptance.sequence <= state.acknowledged_sequence) {
    result.set_durability(v1::DURABILITY_INDEXED);
    result.set_revision(state.acknowledged_revision);
    answer(std::move(result));
  } else if (terms.indexed) {
    waiters_.Add(acceptance.sequence, terms.deadline, std::move(result),
                 answer);
  } else {
    answer(std::move(result));
  }
}

void Outbox::Accept(Submission submission, AnswerTerms terms, Answer answer) {
  EnqueueAccepting(
      [submission = std::make_shared<Submission>(std::move(submission))](
          BriefingStore& store, absl::Time now) {
        return store.Accept(*submission, now);
      },
      std::move(terms), std::move(answer));
}

void Outbox::Retract(std::string briefing_id, std::string traceparent,
                     AnswerTerms terms, Answer answer) {
  EnqueueAccepting(
      [briefing_id = std::move(briefing_id),
       traceparent = std::move(traceparent)](BriefingStore& store,
                                             absl::Time now) {
        return store.Retract(briefing_id, traceparent, now);
      },
      std::move(terms), std::move(answer));
}

void Outbox::RecordRejected(v1::Briefing briefing, v1::ItemStatus status,
                            std::function<void(absl::Status)> answer) {
  Operation operation;
  operation.apply = [briefing = std::move(briefing),
                     status = std::move(status)](BriefingStore& store,
                                                 absl::Time now) {
    return store.RecordRejected(briefing, status, now);
  };
  operation.committed = std::move(answer);
  Enqueue(std::move(operation));
}

void Outbox::TakeReading(std::string briefing_id, std::string fingerprint,
                         ParsedTrips parsed, Cancelled cancelled,
                         std::function<void(absl::StatusOr<bool>)> answer) {
  auto changed = std::make_shared<bool>(false);
  Operation operation;
  operation.takes_room = true;
  operation.wait_for_room = true;
  operation.cancelled = std::move(cancelled);
  operation.apply = [changed, briefing_id = std::move(briefing_id),
                     fingerprint = std::move(fingerprint),
                     parsed = std::move(parsed)](BriefingStore& store,
                                                 absl::Time now) {
    ATTACHE_ASSIGN_OR_RETURN(
        *changed, store.TakeReading(briefing_id, fingerprint, parsed, now));
    return absl::OkStatus();
  };
  operation.committed = [changed,
                         answer = std::move(answer)](absl::Status status) {
    if (status.ok()) {
      answer(*changed);
    } else {
      answer(std::move(status));
    }
  };
  Enqueue(std::move(operation));
}

absl::Status Outbox::Change(
    std::function<absl::Status(BriefingStore&, absl::Time)> change) {
  Operation operation;
  operation.apply = std::move(change);
  return EnqueueAndWait(std::move(operation));
}

absl::Status Outbox::TryWrite() {
  Operation operation;
  operation.apply = [](BriefingStore& store, absl::Time) {
    return store.TryWrite();
  };
  operation.is_alone = true;
  return EnqueueAndWait(std::move(operation));
}

absl::Status Outbox::TakeWelcome(const v1::Welcome& welcome,
                                 int64_t acknowledged_sequence,
                                 const std::vector<v1::RejectedWrite>& rejected,
                                 bool resync) {
  Operation operation;
  operation.apply = [&](BriefingStore& store, absl::Time now) -> absl::Status {
    ATTACHE_RETURN_IF_ERROR(store.NoteIndex(
        welcome.index_id(), welcome.revision(), welcome.max_write_bytes()));
    ATTACHE_RETURN_IF_ERROR(store.Acknowledge(
        acknowledged_sequence, welcome.revision(), rejected, now));
    return resync ? store.StartResync(now) : absl::OkStatus();
  };
  operation.committed = [&](const absl::Status& status) {
    if (!status.ok()) return;
    // An index that is to have everything anew may hold others under these
    // sequences, and gets what was accepted under new ones.
    if (resync) {
      waiters_.ReleaseUpTo(acknowledged_sequence);
    } else {
      waiters_.Acknowledge(acknowledged_sequence, welcome.revision(), rejected);
    }
  };
  return EnqueueAndWait(std::move(operation));
}

absl::Status Outbox::Acknowledge(int64_t sequence, int64_t revision,
                                 std::vector<v1::RejectedWrite> rejected) {
  Operation operation;
  operation.apply = [&](BriefingStore& store, absl::Time now) {
    return store.Acknowledge(sequence, revision, rejected, now);
  };
  operation.committed = [&](const absl::Status& status) {
    if (status.ok()) waiters_.Acknowledge(sequence, revision, rejected);
  };
  return EnqueueAndWait(std::move(operation));
}

absl::Status Outbox::Rewind(int64_t sequence) {
  Operation operation;
  operation.apply = [&](BriefingStore& store, absl::Time now) {
    return store.Rewind(sequence, now);
  };
  operation.committed = [&](const absl::Status& status) {
    if (status.ok()) waiters_.ReleaseUpTo(sequence);
  };
  return EnqueueAndWait(std::move(operation));
}

StoreState Outbox::state() const {
  absl::MutexLock lock(&mutex_);
  return state_;
}

void Outbox::OnNewWrites(std::function<void()> notify) {
  absl::MutexLock lock(&mutex_);
  on_new_writes_ = std::move(notify);
}

void Outbox::OnGroup(std::function<void(const Report&)> notify) {
  absl::MutexLock lock(&mutex_);
  on_group_ = std::move(notify);
}

void Outbox::WakeForCancelled() {
  absl::MutexLock lock(&mutex_);
  woken_ = true;
}

void Outbox::LimitWaits(absl::Time deadline) {
  absl::MutexLock lock(&mutex_);
  waits_end_ = deadline;
  woken_ = true;
}

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
