// TripQueryService over gRPC.
#ifndef ATTACHE_QUERY_SERVICE_SERVICE_TRIP_QUERY_SERVICE_H_
#define ATTACHE_QUERY_SERVICE_SERVICE_TRIP_QUERY_SERVICE_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "attache/v1/trip_query_service.grpc.pb.h"
#include "common/rpc/gate.h"
#include "common/vocabulary/vocabulary.h"
#include "grpcpp/grpcpp.h"
#include "query_service/index/trip_index.h"
#include "query_service/service/load_gate.h"
#include "query_service/service/open_streams.h"
#include "query_service/service/read_pool.h"
#include "query_service/service/trip_reader.h"
#include "query_service/watch/watch_hub.h"

namespace attache {

// The methods whose responses hold records are raw: those leave as the bytes
// that they are stored in.
using RawGets = v1::TripQueryService::WithRawCallbackMethod_GetTripRecord<
    v1::TripQueryService::WithRawCallbackMethod_BatchGetTripRecords<
        v1::TripQueryService::WithRawCallbackMethod_ListVocabulary<
            v1::TripQueryService::CallbackService>>>;
using RawLists =
    v1::TripQueryService::WithRawCallbackMethod_ListTripRecordsByCountry<
        v1::TripQueryService::WithRawCallbackMethod_ListTripRecordsBySector<
            v1::TripQueryService::
                WithRawCallbackMethod_ListTripRecordsByObjective<RawGets>>>;
using RawTripQueryService =
    v1::TripQueryService::WithRawCallbackMethod_SearchTripRecords<
        v1::TripQueryService::WithRawCallbackMethod_SummarizeTripRecords<
            v1::TripQueryService::WithRawCallbackMethod_ExplainTripRecords<
                v1::TripQueryService::WithRawCallbackMethod_ExportTripRecords<
                    v1::TripQueryService::
                        WithRawCallbackMethod_WatchTripRecords<RawLists>>>>>;

// Thread-safe. Never blocks a thread of gRPC: a call that waits for
// min_revision holds none, and what may have to read records runs on threads of
// its own. Every call is for readers; the gate is asked before a request is
// decoded.
class TripQueryServiceImpl final : public RawTripQueryService {
 public:
  // `gate`, `index` and `hub` outlive the service, and the service the server.
  // Without a hub WatchTripRecords is UNIMPLEMENTED. An export whose client
  // takes nothing for `export_stall_timeout` is given up.
  TripQueryServiceImpl(rpc::Gate& gate, TripIndex& index,
                       std::shared_ptr<const Vocabulary> vocabulary,
                       ReaderContext context, WatchHub* hub = nullptr,
                       absl::Duration export_stall_timeout = absl::Minutes(10));

  // Before the server starts: until Open every call is UNAVAILABLE
  // INDEX_LOADING, but for that of the vocabulary. `hub` as the constructor's.
  void HoldBack() { load_gate_.Close(); }
  void Open(WatchHub* hub);

  size_t pinned_revisions() const { return reader_.pinned_revisions(); }
  size_t waiting_reads() const { return readers_.waiting(); }

  // Tells every stream, and those still to come, to go.
  void Drain();

  grpc::ServerUnaryReactor* GetTripRecord(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* BatchGetTripRecords(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListTripRecordsByCountry(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListTripRecordsBySector(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListTripRecordsByObjective(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;

  grpc::ServerUnaryReactor* SearchTripRecords(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;

  grpc::ServerUnaryReactor* SummarizeTripRecords(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ExplainTripRecords(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;

  grpc::ServerUnaryReactor* ListVocabulary(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetIndexStatus(
      grpc::CallbackServerContext* context,
      const v1::GetIndexStatusRequest* request,
      v1::GetIndexStatusResponse* response) override;

  grpc::ServerWriteReactor<grpc::ByteBuffer>* ExportTripRecords(
      grpc::CallbackServerContext* context,
      const grpc::ByteBuffer* request) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchTripRecords(
      grpc::CallbackServerContext* context,
      const grpc::ByteBuffer* request) override;

 private:
  // Whether the index is there, and the request can be read.
  template <typename Request>
  absl::Status Decode(const grpc::ByteBuffer& bytes, Request* request) const;

  // Kept until it is answered.
  template <typename Request>
  struct Call {
    std::shared_ptr<rpc::AdmittedCall> admitted;
    Request request;
  };

  // Asks the gate, decodes the request, waits for its min_revision, and leaves
  // the rest to `then`, which is given the call and how to finish it.
  template <typename Request, typename Then>
  grpc::ServerUnaryReactor* Admit(grpc::CallbackServerContext& context,
                                  const grpc::ByteBuffer& request, Then then);

  // Sends what `read` gives.
  template <typename Request>
  grpc::ServerUnaryReactor* Answer(
      absl::StatusOr<std::string> (TripReader::*read)(const Request&),
      grpc::CallbackServerContext& context, const grpc::ByteBuffer& request,
      grpc::ByteBuffer& response);

  // The same on the threads of `readers_`, for as long as the client waits.
  // `read` gives the bytes of the response.
  template <typename Request, typename Read>
  grpc::ServerUnaryReactor* AnswerFilter(grpc::CallbackServerContext& context,
                                         const grpc::ByteBuffer& request,
                                         grpc::ByteBuffer& response, Read read);

  rpc::Gate& gate_;
  TripIndex& index_;
  TripReader reader_;
  LoadGate load_gate_;
  WatchHub* hub_;  // changes only before the gate opens
  const absl::Duration export_stall_timeout_;
  OpenStreams streams_;
  // Goes first: what it runs uses the others.
  ReadPool readers_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_SERVICE_TRIP_QUERY_SERVICE_H_
