// The trace that a call belongs to.
#ifndef ATTACHE_COMMON_RPC_CALL_TRACE_H_
#define ATTACHE_COMMON_RPC_CALL_TRACE_H_

#include <optional>

#include "common/trace_context.h"
#include "grpcpp/grpcpp.h"

namespace attache::rpc {

// nullopt where the client sent no traceparent, one that is malformed, or more
// than one.
std::optional<TraceContext> TraceOf(const grpc::ServerContextBase& context);

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_CALL_TRACE_H_
