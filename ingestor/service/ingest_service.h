// The handlers of IngestService.
#ifndef ATTACHE_INGESTOR_SERVICE_INGEST_SERVICE_H_
#define ATTACHE_INGESTOR_SERVICE_INGEST_SERVICE_H_

#include <cstdint>
#include <functional>

#include "absl/time/time.h"
#include "attache/v1/ingest_service.grpc.pb.h"
#include "common/rpc/gate.h"
#include "grpcpp/grpcpp.h"
#include "ingestor/service/admission.h"
#include "ingestor/service/intake.h"
#include "ingestor/service/reparse_briefings.h"
#include "ingestor/service/stream_briefings.h"

namespace attache {

// Takes the requests that hold text as bytes, so that it can say which is
// wrong.
using RawIngestService = v1::IngestService::WithRawCallbackMethod_ParseBriefing<
    v1::IngestService::WithRawCallbackMethod_IngestBriefing<
        v1::IngestService::WithRawCallbackMethod_StreamBriefings<
            v1::IngestService::WithRawCallbackMethod_RetractBriefing<
                v1::IngestService::WithRawCallbackMethod_ListRejectedBriefings<
                    v1::IngestService::WithRawCallbackMethod_GetBriefing<
                        v1::IngestService::WithCallbackMethod_ReparseBriefings<
                            v1::IngestService::
                                WithCallbackMethod_GetIngestStatus<
                                    v1::IngestService::Service>>>>>>>>;

// Checks, calls, converts; what takes long runs on the parse pool or the
// outbox's thread. Destroyed after its server.
class IngestService final : public RawIngestService {
 public:
  struct Options {
    // How long INDEXED waits at most.
    absl::Duration index_timeout = absl::Seconds(30);
    // What all streams together may have read and not answered.
    int64_t max_stream_bytes = int64_t{512} << 20;
    // Whether the sender is welcomed.
    std::function<bool()> connected;
  };
  // `gate` outlives the service. Which role a call needs is said with each in
  // the contract; it is asked for before a request is decoded.
  IngestService(rpc::Gate* gate, Intake* intake, Options options);

  // Streams take nothing more and end with DRAINING once they are answered;
  // nothing waits for the index beyond `deadline`.
  void Drain(absl::Time deadline);

  grpc::ServerUnaryReactor* ParseBriefing(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* IngestBriefing(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override;
  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* StreamBriefings(
      grpc::CallbackServerContext* context) override;
  grpc::ServerUnaryReactor* RetractBriefing(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListRejectedBriefings(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetBriefing(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;
  grpc::ServerWriteReactor<v1::ReparseBriefingsResponse>* ReparseBriefings(
      grpc::CallbackServerContext* context,
      const v1::ReparseBriefingsRequest* request) override;
  grpc::ServerUnaryReactor* GetIngestStatus(
      grpc::CallbackServerContext* context,
      const v1::GetIngestStatusRequest* request,
      v1::GetIngestStatusResponse* response) override;

 private:
  absl::Status ListRejected(const v1::ListRejectedBriefingsRequest& request,
                            v1::ListRejectedBriefingsResponse* response) const;
  absl::Status FillStatus(v1::GetIngestStatusResponse* response) const;

  rpc::Gate* const gate_;
  Intake* const intake_;
  const Options options_;
  Admission admission_;
  OpenStreams streams_;
  Reparse reparse_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_SERVICE_INGEST_SERVICE_H_
