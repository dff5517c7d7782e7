// A stream that ends before anything is sent on it.
#ifndef ATTACHE_COMMON_RPC_REFUSED_STREAM_H_
#define ATTACHE_COMMON_RPC_REFUSED_STREAM_H_

#include "absl/status/status.h"
#include "common/rpc/status.h"
#include "grpcpp/grpcpp.h"

namespace attache::rpc {

// `Reactor` is the one that the handler returns:
// `new RefusedStream<grpc::ServerWriteReactor<Response>>(status)`. gRPC deletes
// it.
template <typename Reactor>
class RefusedStream final : public Reactor {
 public:
  explicit RefusedStream(const absl::Status& status) {
    this->Finish(ToGrpcStatus(status));
  }
  void OnDone() override { delete this; }
};

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_REFUSED_STREAM_H_
