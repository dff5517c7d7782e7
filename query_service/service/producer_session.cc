#include "query_service/service/producer_session.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/error.h"
#include "common/limits.h"
#include "common/text/utf8.h"
#include "query_service/journal/producer_positions.h"

namespace attache {
using Actions = ProducerSession::Actions;

Actions ProducerSession::OnOpened() {
  Actions actions;
  actions.receive = true;
  return actions;
}

Actions ProducerSession::OnRequest(v1::StreamTripRecordsRequest request) {
  Actions actions;
  // What comes after the end has begun is sent again on the next stream.
  if (finished_ || failure_.has_value() || draining_) return actions;
  if (state_ == State::kNew) {
    HandleHello(std::move(request), actions);
  } else if (request.has_batch()) {
    HandleBatch(*request.mutable_batch(), actions);
  } else if (request.has_hello()) {
    Fail(FieldError("hello", "only the first request is a Hello"));
  } else {
    Fail(FieldError("batch", "is required after the Hello"));
  }
  Settle(actions);
  return actions;
}

void ProducerSession::HandleHello(v1::StreamTripRecordsRequest request,
                                  Actions& actions) {
  if (!request.has_hello()) {
    Fail(MakeError(v1::ERROR_REASON_HELLO_EXPECTED,
                   "the first request of a stream must be a Hello"));
    return;
  }
  v1::Hello& hello = *request.mutable_hello();
  if (absl::Status status = CheckHello(hello); !status.ok()) {
    Fail(std::move(status));
    return;
  }
  state_ = State::kGreeting;
  producer_id_ = hello.producer_id();
  acknowledged_ = AcknowledgedSequence(hello);
  actions.greet = std::move(hello);
}

Actions ProducerSession::OnGreeted(absl::StatusOr<v1::Welcome> welcome) {
  Actions actions;
  if (finished_ || failure_.has_value()) return actions;
  if (!welcome.ok()) {
    Fail(welcome.status());
    Settle(actions);
    return actions;
  }
  state_ = State::kOpen;
  held_ = welcome->last_sequence();
  first_ = (welcome->resync() ? acknowledged_ : held_) + 1;
  next_ = first_;
  last_committed_ = first_ - 1;
  durable_ = held_;
  revision_ = welcome->revision();
  welcome->set_max_outstanding_writes(limits_.max_outstanding_writes);
  welcome->set_max_outstanding_bytes(limits_.max_outstanding_bytes);
  welcome->set_max_write_bytes(limits_.write.max_write_bytes);
  welcome_to_send_ = *std::move(welcome);
  actions.receive = !draining_ && !requests_ended_;
  Settle(actions);
  return actions;
}

void ProducerSession::HandleBatch(v1::WriteBatch& batch, Actions& actions) {
  for (v1::RecordWrite& write : *batch.mutable_writes()) {
    if (absl::Status status = HandleWrite(write, actions); !status.ok()) {
      Fail(std::move(status));
      return;
    }
  }
  AcknowledgeKnown();
  actions.receive = true;
}

bool ProducerSession::IsKnown(int64_t sequence) const {
  return sequence >= 1 &&
         (sequence <= held_ || (sequence >= first_ && sequence < next_));
}

absl::Status ProducerSession::HandleWrite(v1::RecordWrite& write,
                                          Actions& actions) {
  const int64_t sequence = write.sequence();
  if (!IsKnown(sequence) && sequence != next_) {
    return MakeError(
        v1::ERROR_REASON_SEQUENCE_GAP,
        absl::StrCat("sequence ", sequence, " came instead of ", next_),
        {{"expected", absl::StrCat(next_)}});
  }
  const auto bytes = static_cast<int64_t>(write.ByteSizeLong());
  outstanding_.push_back({.sequence = sequence, .bytes = bytes});
  outstanding_bytes_ += bytes;
  if (absl::Status status = CheckWindow(); !status.ok()) return status;
  if (IsKnown(sequence)) return absl::OkStatus();

  ++next_;
  ArrivedWrite arrived{.producer_id = producer_id_,
                       .write = {},
                       .refusal = CheckWrite(write, bytes, limits_.write)};
  if (arrived.refusal.has_value()) {
    // The records of a write that is refused are of no more use.
    arrived.write.set_sequence(sequence);
    // Its id may be what is at fault.
    arrived.write.set_briefing_id(
        std::string(Utf8Prefix(write.briefing_id(), kMaxBriefingIdBytes)));
    arrived.write.set_traceparent(
        std::string(Utf8Prefix(write.traceparent(), kMaxTraceparentBytes)));
  } else {
    arrived.write = std::move(write);
  }
  actions.writes.push_back(std::move(arrived));
  return absl::OkStatus();
}

absl::Status ProducerSession::CheckWindow() const {
  const auto exceeded = [](int64_t limit, absl::string_view what) {
    return MakeError(v1::ERROR_REASON_WINDOW_EXCEEDED,
                     absl::StrCat("more than ", limit, " ", what,
                                  " were sent without waiting for an Ack"),
                     {{"limit", absl::StrCat(limit)}});
  };
  if (static_cast<int64_t>(outstanding_.size()) >
      limits_.max_outstanding_writes) {
    return exceeded(limits_.max_outstanding_writes, "writes");
  }
  // A lone write that is too large is refused, not the end of the stream.
  if (outstanding_bytes_ > limits_.max_outstanding_bytes &&
      outstanding_.size() > 1) {
    return exceeded(limits_.max_outstanding_bytes, "bytes");
  }
  return absl::OkStatus();
}

// Where nothing is on its way to the disk, no commit will bring an Ack for
// writes that were held already.
void ProducerSession::AcknowledgeKnown() {
  if (!IsCommitting() && !outstanding_.empty()) Acknowledge();
}

void ProducerSession::Acknowledge() {
  if (!ack_to_send_.has_value()) ack_to_send_.emplace();
  ack_to_send_->set_sequence(durable_);
  ack_to_send_->set_revision(revision_);
}

Actions ProducerSession::OnCommitted(int64_t write_count, int64_t revision,
                                     std::vector<v1::RejectedWrite> rejected) {
  Actions actions;
  if (finished_ || failure_.has_value()) return actions;
  last_committed_ += write_count;
  durable_ = last_committed_;
  revision_ = revision;
  Acknowledge();
  for (v1::RejectedWrite& write : rejected) {
    *ack_to_send_->add_rejected_writes() = std::move(write);
  }
  Settle(actions);
  return actions;
}

Actions ProducerSession::OnSent(bool ok) {
  Actions actions;
  if (finished_) return actions;
  sending_ = false;
  if (!ok) Fail(absl::CancelledError("the client is gone"));
  Settle(actions);
  return actions;
}

Actions ProducerSession::OnRequestsEnded() {
  Actions actions;
  if (finished_) return actions;
  requests_ended_ = true;
  if (state_ == State::kNew) {
    Fail(MakeError(v1::ERROR_REASON_HELLO_EXPECTED,
                   "the stream ended without a Hello"));
  }
  Settle(actions);
  return actions;
}

Actions ProducerSession::OnEnded(const absl::Status& status) {
  Actions actions;
  if (finished_) return actions;
  Fail(status);
  Settle(actions);
  return actions;
}

Actions ProducerSession::OnDrain() {
  Actions actions;
  if (finished_) return actions;
  draining_ = true;
  Settle(actions);
  return actions;
}

Actions ProducerSession::OnCancelled() {
  return OnEnded(absl::CancelledError("the client is gone"));
}

// The first failure counts.
void ProducerSession::Fail(absl::Status status) {
  if (!failure_.has_value()) failure_ = std::move(status);
}

void ProducerSession::Settle(Actions& actions) {
  if (finished_ || sending_) return;
  if (failure_.has_value()) {
    finished_ = true;
    actions.receive = false;
    actions.finish = std::move(failure_);
    return;
  }
  if (welcome_to_send_.has_value()) {
    sending_ = true;
    *actions.send.emplace().mutable_welcome() = *std::move(welcome_to_send_);
    welcome_to_send_.reset();
    return;
  }
  if (ack_to_send_.has_value()) {
    sending_ = true;
    while (!outstanding_.empty() &&
           outstanding_.front().sequence <= ack_to_send_->sequence()) {
      outstanding_bytes_ -= outstanding_.front().bytes;
      outstanding_.pop_front();
    }
    *actions.send.emplace().mutable_ack() = *std::move(ack_to_send_);
    ack_to_send_.reset();
    return;
  }
  if (state_ == State::kGreeting || IsCommitting()) return;
  if (draining_ || requests_ended_) {
    finished_ = true;
    actions.receive = false;
    actions.finish =
        requests_ended_
            ? absl::OkStatus()
            : WithRetryAfter(MakeError(v1::ERROR_REASON_DRAINING,
                                       "the query service is about to stop; "
                                       "connect again"),
                             absl::Seconds(1));
  }
}

}  // namespace attache
