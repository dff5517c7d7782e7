// Parses what was accepted before again.
#ifndef ATTACHE_INGESTOR_SERVICE_REPARSE_BRIEFINGS_H_
#define ATTACHE_INGESTOR_SERVICE_REPARSE_BRIEFINGS_H_

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "attache/v1/ingest_service.pb.h"
#include "common/rpc/gate.h"
#include "grpcpp/grpcpp.h"
#include "ingestor/service/intake.h"

namespace attache {

// Goes through the briefings once, a batch at a time in the order in which
// they were first accepted; each batch is parsed in parallel on the pool.
// `progress` is told after each batch. Ends early with CANCELLED once
// `cancelled` is true, or with the error of the disk. Blocks.
absl::Status ReparseAll(
    const Intake::Parts& parts, bool outdated_only,
    const outbox::Cancelled& cancelled,
    const std::function<void(const v1::ReparseBriefingsResponse&)>& progress);

// The one call of ReparseBriefings that may run, on a thread of its own.
// Thread-safe.
class Reparse {
 public:
  explicit Reparse(const Intake* intake) : intake_(intake) {}
  ~Reparse();

  // RATE_LIMITED where one is running already.
  grpc::ServerWriteReactor<v1::ReparseBriefingsResponse>* Start(
      std::shared_ptr<rpc::AdmittedCall> admitted_call, bool outdated_only);
  // Ends the one that runs, with DRAINING; none starts any more.
  void Drain();

 private:
  class Call;

  absl::Status Admit(const std::shared_ptr<Call>& call, bool outdated_only);

  const Intake* const intake_;
  absl::Mutex mutex_;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  std::shared_ptr<Call> running_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_SERVICE_REPARSE_BRIEFINGS_H_
