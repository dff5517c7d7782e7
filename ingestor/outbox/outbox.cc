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

absl::Status Outbox::DrainingError() {
  return WithRetryAfter(
      MakeError(v1::ERROR_REASON_DRAINING, "The ingestor is shutting down."),
      absl::Seconds(1));
}

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

}  // namespace attache::outbox
