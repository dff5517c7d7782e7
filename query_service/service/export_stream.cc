#include "query_service/service/export_stream.h"

#include <utility>

#include "absl/time/time.h"
#include "common/error.h"
#include "common/rpc/status.h"
#include "common/rpc/wire.h"

namespace attache {

grpc::ServerWriteReactor<grpc::ByteBuffer>* ExportStream::Start(
    std::shared_ptr<rpc::AdmittedCall> call, OpenStreams& streams,
    ReadPool& readers, TripIndex& index, int64_t revision,
    grpc::CallbackServerContext& context, absl::Duration stall_timeout,
    Open open) {
  auto stream =
      std::make_shared<ExportStream>(std::move(call), streams, readers, index,
                                     context, stall_timeout, std::move(open));
  if (index.Pin()->revision() >= revision) {
    stream->Begin();
  } else {
    stream->wait_.Start(revision, context.deadline(),
                        [raw = stream.get()] { raw->Begin(); });
  }
  // Last: from here on Drain may come. gRPC is not done with the stream before
  // it is given it.
  streams.Add(stream);
  stream->call_->OnRevoked(
      [weak = stream->weak_from_this()](const absl::Status& status) {
        if (const auto revoked = weak.lock()) revoked->Revoke(status);
      });
  return stream.get();
}

ExportStream::ExportStream(std::shared_ptr<rpc::AdmittedCall> call,
                           OpenStreams& streams, ReadPool& readers,
                           TripIndex& index,
                           grpc::CallbackServerContext& context,
                           absl::Duration stall_timeout, Open open)
    : call_(std::move(call)),
      streams_(streams),
      readers_(readers),
      open_(std::move(open)),
      wait_(index),
      context_(context),
      stall_watch_(stall_timeout, [this](bool again) { OnStall(again); }) {}

void ExportStream::Drain() {
  draining_ = true;
  wait_.Cancel();
}

void ExportStream::Revoke(const absl::Status& status) {
  revocation_ = status;
  revoked_ = true;
  wait_.Cancel();
}

void ExportStream::OnCancel() {
  cancelled_ = true;
  wait_.Cancel();
}

void ExportStream::OnDone() {
  stall_watch_.Stop();
  streams_.Remove(shared_from_this());
}

void ExportStream::Begin() {
  if (Stopped()) return;
  readers_.Run([this](const absl::Status& turn) { OpenExport(turn); });
}

void ExportStream::OpenExport(const absl::Status& turn) {
  if (Stopped()) return;  // while it waited
  if (!turn.ok()) {
    Finish(rpc::ToGrpcStatus(turn));
    return;
  }
  auto opened = open_(std::make_shared<const Stop>(
      [this] { return !cancelled_ && !draining_ && !revoked_; }));
  if (Stopped()) return;
  if (!opened.ok()) {
    Finish(rpc::ToGrpcStatus(opened.status()));
    return;
  }
  export_ = *std::move(opened);
  SendNext();
}

void ExportStream::OnWriteDone(bool ok) {
  stall_watch_.OnSent();
  // A write fails only where the client is gone.
  if (!ok) cancelled_ = true;
  SendNext();
}

void ExportStream::SendNext() {
  if (Stopped()) return;
  response_.Clear();  // before there is another
  RecordExport::Response next = export_->Next();
  response_ = rpc::OwnedBuffer(std::move(next.bytes));
  stall_watch_.OnSending();
  if (next.last) {
    StartWriteAndFinish(&response_, grpc::WriteOptions(), grpc::Status::OK);
  } else {
    StartWrite(&response_);
  }
}

// One response stays with gRPC until the client takes it or is cut off.
void ExportStream::OnStall(bool again) {
  stalled_ = true;
  export_.reset();
  if (again) context_.TryCancel();
}

bool ExportStream::Stopped() {
  if (cancelled_) {
    Finish(grpc::Status::CANCELLED);
    return true;
  }
  if (revoked_) {
    Finish(rpc::ToGrpcStatus(revocation_));
    return true;
  }
  if (stalled_) {
    Finish(rpc::ToGrpcStatus(WithRetryAfter(
        MakeError(v1::ERROR_REASON_WATCHER_TOO_SLOW,
                  "the client took nothing for too long; go on from the last "
                  "page_token"),
        absl::Seconds(1))));
    return true;
  }
  if (draining_) {
    Finish(rpc::ToGrpcStatus(WithRetryAfter(
        MakeError(v1::ERROR_REASON_DRAINING,
                  "the query service is about to stop; go on from the last "
                  "page_token"),
        absl::Seconds(1))));
    return true;
  }
  return false;
}

}  // namespace attache
