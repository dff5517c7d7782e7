// TripIndexService over gRPC.
#ifndef ATTACHE_QUERY_SERVICE_SERVICE_TRIP_INDEX_SERVICE_H_
#define ATTACHE_QUERY_SERVICE_SERVICE_TRIP_INDEX_SERVICE_H_

#include <memory>

#include "absl/container/flat_hash_set.h"
#include "absl/synchronization/mutex.h"
#include "attache/v1/trip_index_service.grpc.pb.h"
#include "common/rpc/gate.h"
#include "query_service/journal/journal_writer.h"
#include "query_service/service/load_gate.h"
#include "query_service/service/producer_session.h"

namespace attache {

// Each stream is a ProducerSession between gRPC and the journal's writer.
// Thread-safe. `gate` and `writer` outlive the streams, that is, the server.
class TripIndexServiceImpl final
    : public v1::TripIndexService::WithRawCallbackMethod_StreamTripRecords<
          v1::TripIndexService::Service> {
 public:
  TripIndexServiceImpl(rpc::Gate& gate, JournalWriter& writer,
                       const StreamLimits& limits);
  ~TripIndexServiceImpl() override;

  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>*
  StreamTripRecords(grpc::CallbackServerContext* context) override;

  // Before the server starts: streams end with INDEX_LOADING until Open.
  void HoldBack() { load_gate_.Close(); }
  void Open() { load_gate_.Open(); }

  int64_t open_streams() const;

  // Tells every stream, and those still to come, to go: what they have sent is
  // acknowledged first.
  void Drain();

 private:
  class ProducerStream;

  void Forget(const std::shared_ptr<ProducerStream>& stream);

  rpc::Gate& gate_;
  JournalWriter& writer_;
  const StreamLimits limits_;
  LoadGate load_gate_;
  mutable absl::Mutex mutex_;
  absl::flat_hash_set<std::shared_ptr<ProducerStream>> streams_
      ABSL_GUARDED_BY(mutex_);
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_SERVICE_TRIP_INDEX_SERVICE_H_
