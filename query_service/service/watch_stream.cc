#include "query_service/service/watch_stream.h"

#include <utility>

#include "attache/v1/trip_query_service.pb.h"
#include "common/log.h"
#include "common/rpc/refused_stream.h"
#include "common/rpc/status.h"
#include "common/rpc/wire.h"
#include "common/status_macros.h"
#include "query_service/convert/watch_parameters.h"

namespace attache {

grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchStream::Start(
    std::shared_ptr<rpc::AdmittedCall> call, OpenStreams& streams,
    WatchHub& hub, grpc::CallbackServerContext& context,
    const grpc::ByteBuffer& request) {
  auto stream =
      std::make_shared<WatchStream>(std::move(call), streams, hub, context);
  if (const absl::Status status = stream->Open(request); !status.ok()) {
    return new rpc::RefusedStream<grpc::ServerWriteReactor<grpc::ByteBuffer>>(
        status);
  }
  // Last: from here on Drain may come.
  streams.Add(stream);
  stream->call_->OnRevoked(
      [outbox = stream->watch_.outbox](const absl::Status& status) {
        outbox->End(status);
      });
  return stream.get();
}

WatchStream::WatchStream(std::shared_ptr<rpc::AdmittedCall> call,
                         OpenStreams& streams, WatchHub& hub,
                         grpc::CallbackServerContext& context)
    : call_(std::move(call)), streams_(streams), hub_(hub), context_(context) {}

absl::Status WatchStream::Open(const grpc::ByteBuffer& request) {
  v1::WatchTripRecordsRequest decoded;
  ATTACHE_RETURN_IF_ERROR(rpc::Decode(request, &decoded));
  ATTACHE_ASSIGN_OR_RETURN(WatchParameters parameters,
                           ToWatchParameters(decoded));
  ATTACHE_ASSIGN_OR_RETURN(watch_, hub_.Open(std::move(parameters), *this));
  return absl::OkStatus();
}

void WatchStream::Drain() {
  watch_.outbox->EndToResume(v1::ERROR_REASON_DRAINING);
}

void WatchStream::Send(std::string response) {
  response_ = rpc::OwnedBuffer(std::move(response));
  StartWrite(&response_);
}

void WatchStream::End(const absl::Status& status) {
  if (absl::IsUnavailable(status) || absl::IsInternal(status)) {
    Log(LogLevel::kWarning, "a watch ended",
        {{"peer", context_.peer()},
         {"status",
          status.ToString(absl::StatusToStringMode::kWithNoExtraData)}});
  }
  Finish(rpc::ToGrpcStatus(status));
}

void WatchStream::Abort() { context_.TryCancel(); }

void WatchStream::OnWriteDone(bool ok) { watch_.outbox->OnSent(ok); }

void WatchStream::OnCancel() {
  watch_.outbox->End(absl::CancelledError("the client is gone"));
}

void WatchStream::OnDone() {
  hub_.Close(watch_);
  streams_.Remove(shared_from_this());
}

}  // namespace attache
