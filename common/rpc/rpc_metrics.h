// What a server counts of its calls. The names are those of the Prometheus
// libraries of gRPC for other languages, which dashboards know.
#ifndef ATTACHE_COMMON_RPC_RPC_METRICS_H_
#define ATTACHE_COMMON_RPC_RPC_METRICS_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/metrics/registry.h"
#include "grpcpp/support/status.h"

namespace attache::rpc {

// How one is known to the metrics.
struct MethodName {
  std::string service;
  std::string method;
  std::string type;  // unary, client_stream, server_stream or bidi_stream
};

// The calls of one method. Thread-safe.
class MethodMetrics {
 public:
  // `registry` outlives it.
  MethodMetrics(metrics::Registry& registry, MethodName name);

  void OnStarted();
  // The status is on its way; `reason` is one of errors.proto, or empty.
  void OnEnded(grpc::StatusCode code, absl::string_view reason,
               absl::Duration lasted);
  // The call has gone altogether.
  void OnGone() { --in_flight_; }
  void Read(metrics::Samples& samples) const;

 private:
  const metrics::Labels labels_;
  metrics::Histogram seconds_;
  std::atomic<int64_t> started_ = 0;
  std::atomic<int64_t> in_flight_ = 0;
  std::array<std::atomic<int64_t>, 17> handled_ = {};  // by code
  mutable absl::Mutex mutex_;
  absl::flat_hash_map<std::string, int64_t> errors_
      ABSL_GUARDED_BY(mutex_);  // by reason
};

// Thread-safe.
class RpcMetrics {
 public:
  // Knows the methods of `services`, which are full names, and of health and
  // reflection. `registry` outlives it, and reads from it as long as it lives.
  static std::shared_ptr<RpcMetrics> Add(
      metrics::Registry& registry, const std::vector<std::string>& services);

  // "/attache.v1.TripQueryService/GetTripRecord". What is not known is counted
  // together, so that clients cannot make labels.
  MethodMetrics& Of(absl::string_view path);

 private:
  explicit RpcMetrics(metrics::Registry& registry);
  void AddMethod(metrics::Registry& registry, MethodName name);
  void Read(metrics::Samples& samples) const;

  absl::flat_hash_map<std::string, std::unique_ptr<MethodMetrics>> methods_;
  MethodMetrics unknown_;
};

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_RPC_METRICS_H_
