#include "common/rpc/call_observer.h"

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/error.h"
#include "common/log.h"
#include "common/rpc/call_trace.h"
#include "common/rpc/status.h"
#include "common/trace_log.h"

namespace attache::rpc {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::InterceptorBatchMethods;
using grpc::experimental::ServerRpcInfo;

// Empty where the status carries none of errors.proto.
std::string ReasonOf(const grpc::Status& status) {
  if (status.ok() || status.error_details().empty()) return "";
  const auto details = DetailsOf(FromGrpcStatus(status));
  return details && IsReason(details->reason) ? details->reason : "";
}

bool IsServerFault(grpc::StatusCode code) {
  return code == grpc::StatusCode::UNKNOWN ||
         code == grpc::StatusCode::INTERNAL ||
         code == grpc::StatusCode::DATA_LOSS;
}

class CallObserver final : public grpc::experimental::Interceptor {
 public:
  CallObserver(MethodMetrics& metrics, ServerRpcInfo& info)
      : metrics_(metrics), info_(info), start_(absl::Now()) {
    metrics_.OnStarted();
  }
  ~CallObserver() override {
    if (!ended_) {
      metrics_.OnEnded(grpc::StatusCode::CANCELLED, "", absl::Now() - start_);
    }
    metrics_.OnGone();
  }

  void Intercept(InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(
            InterceptionHookPoints::PRE_SEND_STATUS)) {
      OnStatus(methods->GetSendStatus());
    }
    methods->Proceed();
  }

 private:
  void OnStatus(const grpc::Status& status) {
    const std::string reason = ReasonOf(status);
    ended_ = true;
    metrics_.OnEnded(status.error_code(), reason, absl::Now() - start_);
    if (!status.ok()) LogFailure(status.error_code(), reason);
  }

  void LogFailure(grpc::StatusCode code, const std::string& reason) {
    LogFields fields = {
        {"method", info_.method()},
        {"code", absl::StatusCodeToString(static_cast<absl::StatusCode>(code))},
        {"reason", reason}};
    const auto trace = TraceOf(*info_.server_context());
    if (IsServerFault(code)) {
      if (trace) fields.emplace_back("trace_id", trace->trace_id);
      Log(LogLevel::kError, "a call failed", fields);
    } else if (trace) {
      LogTraced(*trace, "a call failed", std::move(fields));
    } else {
      Log(LogLevel::kDebug, "a call failed", fields);
    }
  }

  MethodMetrics& metrics_;
  ServerRpcInfo& info_;
  const absl::Time start_;
  bool ended_ = false;
};

}  // namespace

grpc::experimental::Interceptor* CallObserverFactory::CreateServerInterceptor(
    ServerRpcInfo* info) {
  return new CallObserver(metrics_->Of(info->method()), *info);
}

}  // namespace attache::rpc
