// What grpc.health.v1 says of a server.
#ifndef ATTACHE_COMMON_RPC_HEALTH_H_
#define ATTACHE_COMMON_RPC_HEALTH_H_

#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/health_check_service_interface.h"

namespace attache::rpc {

// "liveness" is SERVING from the start on. "" and "readiness" are as SetReady
// last said, each service as SetServing did, all of them NOT_SERVING at first
// and for good once Drain was called. Thread-safe.
class Health {
 public:
  // `service` is gRPC's own, and outlives this; `names` are the full names of
  // what the server serves.
  Health(grpc::HealthCheckServiceInterface* service,
         std::vector<std::string> names);

  void SetReady(bool ready);
  void SetServing(absl::string_view name, bool serving);
  // Ready, and every service serving, or not.
  void SetAll(bool serving);
  void Drain();
  // As SetReady last said; false once it drains.
  bool ready() const;

 private:
  void Set(const std::string& name, bool serving)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void SetReadyLocked(bool ready) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void SetAllLocked(bool serving) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  grpc::HealthCheckServiceInterface* const service_;
  const std::vector<std::string> names_;
  mutable absl::Mutex mutex_;
  bool ready_ ABSL_GUARDED_BY(mutex_) = false;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_HEALTH_H_
