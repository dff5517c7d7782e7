#include "ingestor/service/stream_briefings.h"

#include <utility>

#include "common/error.h"
#include "common/rpc/status.h"
#include "common/rpc/wire.h"
#include "ingestor/service/call_context.h"
#include "ingestor/service/validation.h"

namespace attache {
namespace {

// What one stream may have read and not answered.
constexpr size_t kMaxSlots = 256;
constexpr int64_t kMaxSlotBytes = int64_t{8} << 20;

absl::Status DrainingError() {
  return WithRetryAfter(
      MakeError(v1::ERROR_REASON_DRAINING,
                "The ingestor is shutting down; what it did not answer was "
                "not read."),
      absl::Seconds(1));
}

}  // namespace

absl::Status OpenStreams::Add(std::shared_ptr<BriefingStream> stream) {
  absl::MutexLock lock(&mutex_);
  if (draining_) return DrainingError();
  streams_.insert(std::move(stream));
  return absl::OkStatus();
}

std::shared_ptr<void> OpenStreams::Hold(int64_t bytes) {
  *bytes_ += bytes;
  return std::shared_ptr<void>(
      nullptr, [total = bytes_, bytes](void*) { *total -= bytes; });
}

void OpenStreams::Remove(const std::shared_ptr<BriefingStream>& stream) {
  absl::MutexLock lock(&mutex_);
  streams_.erase(stream);
}

void OpenStreams::Drain() {
  std::set<std::shared_ptr<BriefingStream>> streams;
  {
    absl::MutexLock lock(&mutex_);
    draining_ = true;
    streams = streams_;
  }
  for (const auto& stream : streams) stream->Drain();
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>*
BriefingStream::Start(std::shared_ptr<rpc::AdmittedCall> call,
                      grpc::CallbackServerContext* context, Intake* intake,
                      OpenStreams* open, absl::Duration index_timeout) {
  std::shared_ptr<BriefingStream> stream(new BriefingStream(
      std::move(call), context, intake, open, index_timeout));
  stream->self_ = stream;
  const absl::Status added = open->Add(stream);
  {
    absl::MutexLock lock(&stream->mutex_);
    if (added.ok()) {
      stream->Advance();
    } else {
      stream->FinishOnce(added);
    }
  }
  // Last: from here on it may end.
  stream->call_->OnRevoked([weak = std::weak_ptr<BriefingStream>(stream)](
                               const absl::Status& status) {
    if (const auto revoked = weak.lock()) revoked->Revoke(status);
  });
  return stream.get();
}

void BriefingStream::Drain() {
  absl::MutexLock lock(&mutex_);
  draining_ = true;
  Advance();
}

void BriefingStream::Revoke(const absl::Status& status) {
  {
    absl::MutexLock lock(&mutex_);
    revoked_ = status;
  }
  OnCancel();
}

void BriefingStream::OnReadDone(bool ok) {
  auto slot = std::make_shared<Slot>();
  grpc::ByteBuffer request;
  {
    absl::MutexLock lock(&mutex_);
    if (!ok) {
      reading_ = false;
      reads_done_ = true;
      Advance();
      return;
    }
    if (finished_) return;
    request.Swap(&request_);
    slot->bytes = static_cast<int64_t>(request.Length());
    slot->share = open_->Hold(slot->bytes);
    slot_bytes_ += slot->bytes;
    slots_.push_back(slot);
  }
  // Without the lock: an answer may come at once. The read counts as under way
  // until the request has its place, so that no other overtakes it.
  Take(slot, request);
  absl::MutexLock lock(&mutex_);
  reading_ = false;
  Advance();
}

void BriefingStream::Take(const std::shared_ptr<Slot>& slot,
                          const grpc::ByteBuffer& wire) {
  const auto answer = [self = self_,
                       slot](absl::StatusOr<v1::IngestResult> result) {
    self->OnAnswer(slot, std::move(result));
  };
  v1::StreamBriefingsRequest request;
  if (absl::Status decoded = rpc::Decode(wire, &request); !decoded.ok()) {
    intake_->Refuse(v1::Briefing(), TraceparentOf(*context_),
                    std::move(decoded), answer);
    return;
  }
  if (absl::Status valid = ValidateDurability(request.durability());
      !valid.ok()) {
    slot->briefing_id = request.briefing().briefing_id();
    intake_->Refuse(std::move(*request.mutable_briefing()),
                    TraceparentOf(*context_), std::move(valid), answer);
    return;
  }
  outbox::AnswerTerms terms =
      TermsOf(*context_, request.durability(), index_timeout_);
  terms.wait_for_room = true;
  terms.cancelled = cancelled_;
  switch (request.item_case()) {
    case v1::StreamBriefingsRequest::kBriefing:
      slot->briefing_id = request.briefing().briefing_id();
      intake_->Submit(lane_, std::move(*request.mutable_briefing()),
                      TraceparentOf(*context_), std::move(terms), answer);
      break;
    case v1::StreamBriefingsRequest::kRetractBriefingId:
      slot->briefing_id = request.retract_briefing_id();
      intake_->Retract(lane_, request.retract_briefing_id(),
                       "retract_briefing_id", TraceparentOf(*context_),
                       std::move(terms), answer);
      break;
    case v1::StreamBriefingsRequest::ITEM_NOT_SET:
      intake_->Refuse(v1::Briefing(), TraceparentOf(*context_),
                      FieldError("item",
                                 "is required: a briefing, or the id of one "
                                 "to retract"),
                      answer);
      break;
  }
}

void BriefingStream::OnAnswer(const std::shared_ptr<Slot>& slot,
                              absl::StatusOr<v1::IngestResult> result) {
  absl::MutexLock lock(&mutex_);
  if (result.ok()) {
    *slot->response.mutable_result() = *std::move(result);
  } else if (IsRefusal(result.status())) {
    v1::IngestResult* rejected = slot->response.mutable_result();
    rejected->set_briefing_id(slot->briefing_id);
    rejected->set_outcome(v1::INGEST_OUTCOME_REJECTED);
    *rejected->mutable_status() = outbox::ToItemStatus(result.status());
  } else {
    slot->failure = result.status();
  }
  slot->answered = true;
  slot->share.reset();
  Advance();
}

// Whether one more request may be read. Where nothing is due it always may: so
// what waits for room has an answer of its own to wait for, and needs no other
// stream to wake it.
bool BriefingStream::MayRead() const {
  if (reading_ || reads_done_ || draining_) return false;
  return slots_.empty() || (slots_.size() < kMaxSlots &&
                            slot_bytes_ < kMaxSlotBytes && open_->HasRoom());
}

// Starts whatever can go on: the next answer, the next read, or the end.
void BriefingStream::Advance() {
  if (finished_) return;
  if (cancelled_->load()) {
    if (!writing_) {
      FinishOnce(revoked_.ok() ? absl::CancelledError("The client has gone.")
                               : revoked_);
    }
    return;
  }
  if (!writing_ && !slots_.empty() && slots_.front()->answered) {
    if (!slots_.front()->failure.ok()) {
      FinishOnce(slots_.front()->failure);
      return;
    }
    writing_ = true;
    response_ = rpc::Encode(slots_.front()->response);
    StartWrite(&response_);
  }
  if (slots_.empty() && reads_done_) {
    FinishOnce(absl::OkStatus());
  } else if (slots_.empty() && draining_) {
    FinishOnce(DrainingError());
  } else if (MayRead()) {
    reading_ = true;
    StartRead(&request_);
  }
}

void BriefingStream::OnWriteDone(bool ok) {
  absl::MutexLock lock(&mutex_);
  writing_ = false;
  slot_bytes_ -= slots_.front()->bytes;
  slots_.pop_front();
  // A write that fails means that the client has gone.
  if (!ok) cancelled_->store(true);
  Advance();
}

void BriefingStream::OnCancel() {
  cancelled_->store(true);
  intake_->parts().outbox->WakeForCancelled();
  absl::MutexLock lock(&mutex_);
  Advance();
}

void BriefingStream::FinishOnce(const absl::Status& status) {
  finished_ = true;
  Finish(rpc::ToGrpcStatus(status));
}

void BriefingStream::OnDone() {
  open_->Remove(self_);
  self_.reset();
}

}  // namespace attache
