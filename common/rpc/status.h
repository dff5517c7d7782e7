// The only conversion between absl::Status and grpc::Status.
#ifndef ATTACHE_COMMON_RPC_STATUS_H_
#define ATTACHE_COMMON_RPC_STATUS_H_

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

namespace attache::rpc {

// The payloads of common/error.h become the google.rpc.Status in
// grpc-status-details-bin, ErrorInfo first, at most 4 KiB in all.
grpc::Status ToGrpcStatus(const absl::Status& status);

// The inverse, for clients: details become payloads again. A status without
// details keeps its code and message.
absl::Status FromGrpcStatus(const grpc::Status& status);

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_STATUS_H_
