// The flags of both servers that bound what clients may have them do.
#ifndef ATTACHE_COMMON_RPC_CALL_LIMIT_FLAGS_H_
#define ATTACHE_COMMON_RPC_CALL_LIMIT_FLAGS_H_

#include "common/rpc/call_limits.h"

namespace attache::rpc {

// As the flags --max_calls, --max_client_calls, --max_streams,
// --max_client_streams and --client_calls_per_second have it.
CallLimitOptions CallLimitsFromFlags();

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_CALL_LIMIT_FLAGS_H_
