// Sees every call of a server, so that no handler has to count or log it.
#ifndef ATTACHE_COMMON_RPC_CALL_OBSERVER_H_
#define ATTACHE_COMMON_RPC_CALL_OBSERVER_H_

#include <memory>

#include "common/rpc/rpc_metrics.h"
#include "grpcpp/support/server_interceptor.h"

namespace attache::rpc {

// Counts each call, by the status that is sent or as CANCELLED where it goes
// without one. Logs those that fail, with method, code and reason, and with the
// trace that they belong to: faults of the server as errors, others as
// LogTraced says or at debug. Neither requests nor messages are logged, for
// they may hold what briefings say. Thread-safe.
class CallObserverFactory final
    : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  explicit CallObserverFactory(std::shared_ptr<RpcMetrics> metrics)
      : metrics_(std::move(metrics)) {}

  grpc::experimental::Interceptor* CreateServerInterceptor(
      grpc::experimental::ServerRpcInfo* info) override;

 private:
  const std::shared_ptr<RpcMetrics> metrics_;
};

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_CALL_OBSERVER_H_
