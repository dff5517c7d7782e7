// A unary call that is answered from another thread, or given up when its
// client goes.
#ifndef ATTACHE_INGESTOR_SERVICE_PENDING_CALL_H_
#define ATTACHE_INGESTOR_SERVICE_PENDING_CALL_H_

#include <functional>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "common/rpc/status.h"
#include "grpcpp/grpcpp.h"

namespace attache {

// Lives until gRPC is done with it and nobody holds it. Thread-safe.
class PendingCall : public grpc::ServerUnaryReactor {
 public:
  static std::shared_ptr<PendingCall> Start() {
    std::shared_ptr<PendingCall> call(new PendingCall);
    call->self_ = call;
    return call;
  }

  // Runs `fill`, which may write into the response, and ends the call with what
  // it returns. Does nothing where the call has ended.
  void Answer(const std::function<absl::Status()>& fill) {
    absl::MutexLock lock(&mutex_);
    if (finished_) return;
    finished_ = true;
    Finish(rpc::ToGrpcStatus(fill()));
  }
  void Answer(absl::Status status) {
    Answer([&] { return std::move(status); });
  }

  void OnCancel() override {
    Answer(absl::CancelledError("The client has gone."));
  }
  void OnDone() override { self_.reset(); }

 private:
  PendingCall() = default;

  std::shared_ptr<PendingCall> self_;
  absl::Mutex mutex_;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_SERVICE_PENDING_CALL_H_
