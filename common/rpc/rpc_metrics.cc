#include "common/rpc/rpc_metrics.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"

namespace attache::rpc {
namespace {

constexpr char kUnknown[] = "unknown";

std::string TypeOf(const google::protobuf::MethodDescriptor& method) {
  if (method.client_streaming()) {
    return method.server_streaming() ? "bidi_stream" : "client_stream";
  }
  return method.server_streaming() ? "server_stream" : "unary";
}

metrics::Labels ToLabels(MethodName name) {
  return {{"grpc_service", std::move(name.service)},
          {"grpc_method", std::move(name.method)},
          {"grpc_type", std::move(name.type)}};
}

}  // namespace

MethodMetrics::MethodMetrics(metrics::Registry& registry, MethodName name)
    : labels_(ToLabels(std::move(name))),
      seconds_(registry.AddHistogram(
          "grpc_server_handling_seconds",
          "How long calls took, from their start to their status.",
          metrics::SecondsBuckets(), labels_)) {}

void MethodMetrics::OnStarted() {
  ++started_;
  ++in_flight_;
}

void MethodMetrics::OnEnded(grpc::StatusCode code, absl::string_view reason,
                            absl::Duration lasted) {
  const auto number = static_cast<size_t>(code);
  ++handled_[number < handled_.size() ? number
                                      : size_t{grpc::StatusCode::UNKNOWN}];
  seconds_.Observe(lasted);
  if (reason.empty()) return;
  const absl::MutexLock lock(&mutex_);
  ++errors_[reason];
}

void MethodMetrics::Read(metrics::Samples& samples) const {
  samples.Counter("grpc_server_started_total", "Calls that began.",
                  static_cast<double>(started_), labels_);
  samples.Gauge("grpc_server_in_flight", "Calls that are under way.",
                static_cast<double>(in_flight_), labels_);
  for (size_t code = 0; code < handled_.size(); ++code) {
    const int64_t count = handled_[code];
    if (count == 0 && code != grpc::StatusCode::OK) continue;
    metrics::Labels labels = labels_;
    labels["grpc_code"] =
        absl::StatusCodeToString(static_cast<absl::StatusCode>(code));
    samples.Counter("grpc_server_handled_total",
                    "Calls that ended, by the code of their status.",
                    static_cast<double>(count), std::move(labels));
  }
  const absl::MutexLock lock(&mutex_);
  for (const auto& [reason, count] : errors_) {
    metrics::Labels labels = labels_;
    labels["reason"] = reason;
    samples.Counter(
        "attache_rpc_errors_total",
        "Calls that ended with an error of errors.proto, by reason.",
        static_cast<double>(count), std::move(labels));
  }
}

RpcMetrics::RpcMetrics(metrics::Registry& registry)
    : unknown_(registry, {kUnknown, kUnknown, kUnknown}) {}

std::shared_ptr<RpcMetrics> RpcMetrics::Add(
    metrics::Registry& registry, const std::vector<std::string>& services) {
  std::shared_ptr<RpcMetrics> all(new RpcMetrics(registry));
  for (const std::string& name : services) {
    const auto* service =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
            name);
    if (service == nullptr) continue;
    for (int i = 0; i < service->method_count(); ++i) {
      const auto& method = *service->method(i);
      all->AddMethod(registry, {name, method.name(), TypeOf(method)});
    }
  }
  // gRPC's own, whose descriptors it keeps to itself.
  all->AddMethod(registry, {"grpc.health.v1.Health", "Check", "unary"});
  all->AddMethod(registry, {"grpc.health.v1.Health", "Watch", "server_stream"});
  all->AddMethod(registry, {"grpc.reflection.v1alpha.ServerReflection",
                            "ServerReflectionInfo", "bidi_stream"});
  registry.AddSource(
      [weak = std::weak_ptr<RpcMetrics>(all)](metrics::Samples& samples) {
        if (const auto held = weak.lock()) held->Read(samples);
      });
  return all;
}

void RpcMetrics::AddMethod(metrics::Registry& registry, MethodName name) {
  std::string path = absl::StrCat("/", name.service, "/", name.method);
  methods_.emplace(std::move(path),
                   std::make_unique<MethodMetrics>(registry, std::move(name)));
}

MethodMetrics& RpcMetrics::Of(absl::string_view path) {
  const auto found = methods_.find(path);
  return found == methods_.end() ? unknown_ : *found->second;
}

void RpcMetrics::Read(metrics::Samples& samples) const {
  for (const auto& [path, method] : methods_) method->Read(samples);
  unknown_.Read(samples);
}

}  // namespace attache::rpc
