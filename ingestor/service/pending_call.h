// A unary call that is answered from another thread, or given up when its
// client goes.
#ifndef ATTACHE_INGESTOR_SERVICE_PENDING_CALL_H_
#define ATTACHE_INGESTOR_SERVICE_PENDING_CALL_H_

#include <functional>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "common/rpc/gate.h"
#include "common/rpc/status.h"
#include "common/rpc/wire.h"
#include "grpcpp/grpcpp.h"

namespace attache {

// Lives until gRPC is done with it and nobody holds it. Thread-safe.
template <typename Response>
class PendingCall : public grpc::ServerUnaryReactor {
 public:
  // `wire` is the call's response.
  static std::shared_ptr<PendingCall> Start(
      std::shared_ptr<rpc::AdmittedCall> admitted, grpc::ByteBuffer* wire) {
    std::shared_ptr<PendingCall> call(
        new PendingCall(std::move(admitted), wire));
    call->self_ = call;
    return call;
  }

  // Ends the call with what `fill` returns, and where that is OK with what it
  // has written. Does nothing where the call has ended.
  void Answer(const std::function<absl::Status(Response&)>& fill) {
    absl::MutexLock lock(&mutex_);
    if (finished_) return;
    finished_ = true;
    Response response;
    const absl::Status status = fill(response);
    if (status.ok()) *wire_ = rpc::Encode(response);
    Finish(rpc::ToGrpcStatus(status));
  }

  void OnCancel() override {
    Answer(
        [](Response&) { return absl::CancelledError("The client has gone."); });
  }
  void OnDone() override { self_.reset(); }

 private:
  PendingCall(std::shared_ptr<rpc::AdmittedCall> admitted,
              grpc::ByteBuffer* wire)
      : admitted_(std::move(admitted)), wire_(wire) {}

  const std::shared_ptr<rpc::AdmittedCall> admitted_;
  // gRPC's, until the call has ended.
  grpc::ByteBuffer* const wire_;
  std::shared_ptr<PendingCall> self_;
  absl::Mutex mutex_;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_SERVICE_PENDING_CALL_H_
