// WatchTripRecords over gRPC.
#ifndef ATTACHE_QUERY_SERVICE_SERVICE_WATCH_STREAM_H_
#define ATTACHE_QUERY_SERVICE_SERVICE_WATCH_STREAM_H_

#include <memory>
#include <string>

#include "common/rpc/gate.h"
#include "grpcpp/grpcpp.h"
#include "query_service/service/open_streams.h"
#include "query_service/watch/watch_hub.h"

namespace attache {

// Passes on between gRPC and a watch of the hub, which decides everything.
class WatchStream final : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
                          public OpenStreams::Stream,
                          public WatchSink,
                          public std::enable_shared_from_this<WatchStream> {
 public:
  // `streams` and `hub` outlive the stream.
  static grpc::ServerWriteReactor<grpc::ByteBuffer>* Start(
      std::shared_ptr<rpc::AdmittedCall> call, OpenStreams& streams,
      WatchHub& hub, grpc::CallbackServerContext& context,
      const grpc::ByteBuffer& request);

  WatchStream(std::shared_ptr<rpc::AdmittedCall> call, OpenStreams& streams,
              WatchHub& hub, grpc::CallbackServerContext& context);

  void Drain() override;

  void Send(std::string response) override;
  void End(const absl::Status& status) override;
  void Abort() override;

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  absl::Status Open(const grpc::ByteBuffer& request);

  const std::shared_ptr<rpc::AdmittedCall> call_;
  OpenStreams& streams_;
  WatchHub& hub_;
  grpc::CallbackServerContext& context_;
  // gRPC calls back only after Start has returned, so this is set by then.
  WatchHub::Watch watch_;
  grpc::ByteBuffer response_;  // gRPC's while a write is on its way
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_SERVICE_WATCH_STREAM_H_
