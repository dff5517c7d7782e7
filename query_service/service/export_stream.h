// ExportTripRecords over gRPC.
#ifndef ATTACHE_QUERY_SERVICE_SERVICE_EXPORT_STREAM_H_
#define ATTACHE_QUERY_SERVICE_SERVICE_EXPORT_STREAM_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/gate.h"
#include "grpcpp/grpcpp.h"
#include "query_service/index/trip_index.h"
#include "query_service/query/stop.h"
#include "query_service/service/open_streams.h"
#include "query_service/service/read_pool.h"
#include "query_service/service/record_export.h"
#include "query_service/service/revision_wait.h"
#include "query_service/service/stall_watch.h"

namespace attache {

// Sends the responses of one export. The next is made when gRPC has taken the
// one before, so that one at a time is in memory however slowly the client
// reads; no thread waits for it. At any time one callback alone moves the
// stream on (that of the wait, then that of each write), and it alone ends it;
// the others leave word.
class ExportStream final : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
                           public OpenStreams::Stream,
                           public std::enable_shared_from_this<ExportStream> {
 public:
  using Open = std::function<absl::StatusOr<std::unique_ptr<RecordExport>>(
      const std::shared_ptr<const Stop>& stop)>;

  // A stream that calls `open` on a thread of `readers` once the index has
  // `revision`, or the wait for it is over. Where the client takes nothing for
  // `stall_timeout` it lets go of what it exports, and ends when something is
  // taken again, or after as long anew. `streams`, `readers`, `index` and what
  // `open` uses outlive the stream.
  static grpc::ServerWriteReactor<grpc::ByteBuffer>* Start(
      std::shared_ptr<rpc::AdmittedCall> call, OpenStreams& streams,
      ReadPool& readers, TripIndex& index, int64_t revision,
      grpc::CallbackServerContext& context, absl::Duration stall_timeout,
      Open open);

  ExportStream(std::shared_ptr<rpc::AdmittedCall> call, OpenStreams& streams,
               ReadPool& readers, TripIndex& index,
               grpc::CallbackServerContext& context,
               absl::Duration stall_timeout, Open open);

  // Ends the stream with UNAVAILABLE DRAINING, once what is being sent is gone.
  void Drain() override;
  // Likewise, with `status`: the client may read no more.
  void Revoke(const absl::Status& status);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  void Begin();
  void OpenExport(const absl::Status& turn);
  void SendNext();
  void OnStall(bool again);
  // True where the stream was to stop, and has.
  bool Stopped();

  const std::shared_ptr<rpc::AdmittedCall> call_;
  OpenStreams& streams_;
  ReadPool& readers_;
  const Open open_;
  RevisionWait wait_;
  grpc::CallbackServerContext& context_;  // until OnDone
  // Null before there is one, and once the client is stalled: it pins a
  // snapshot.
  std::unique_ptr<RecordExport> export_;
  grpc::ByteBuffer response_;  // gRPC's while a write is on its way
  std::atomic<bool> cancelled_ = false;
  std::atomic<bool> draining_ = false;
  absl::Status revocation_;  // set before the next, and not after
  std::atomic<bool> revoked_ = false;
  bool stalled_ = false;  // between OnSending and OnSent
  StallWatch stall_watch_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_SERVICE_EXPORT_STREAM_H_
