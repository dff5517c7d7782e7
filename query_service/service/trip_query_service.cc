#include "query_service/service/trip_query_service.h"

#include <memory>
#include <utility>

#include "common/rpc/status.h"
#include "common/rpc/wire.h"
#include "query_service/service/export_stream.h"
#include "query_service/service/revision_wait.h"
#include "query_service/service/watch_stream.h"

namespace attache {
namespace {

grpc::ServerUnaryReactor* Finished(grpc::CallbackServerContext& context,
                                   const grpc::Status& status) {
  grpc::ServerUnaryReactor* reactor = context.DefaultReactor();
  reactor->Finish(status);
  return reactor;
}

template <typename Response>
class FinishedStream : public grpc::ServerWriteReactor<Response> {
 public:
  explicit FinishedStream(const grpc::Status& status) { this->Finish(status); }
  void OnDone() override { delete this; }
};

}  // namespace

TripQueryServiceImpl::TripQueryServiceImpl(
    TripIndex& index, std::shared_ptr<const Vocabulary> vocabulary,
    ReaderContext context, WatchHub* hub)
    : index_(index),
      reader_(index, std::move(vocabulary), std::move(context)),
      hub_(hub) {}

void TripQueryServiceImpl::Drain() { streams_.Drain(); }

template <typename Request>
grpc::ServerUnaryReactor* TripQueryServiceImpl::Answer(
    absl::StatusOr<std::string> (TripReader::*read)(const Request&),
    grpc::CallbackServerContext& context, const grpc::ByteBuffer& request,
    grpc::ByteBuffer& response) {
  auto decoded = std::make_shared<Request>();
  if (absl::Status status = rpc::Decode(request, decoded.get()); !status.ok()) {
    return Finished(context, rpc::ToGrpcStatus(status));
  }
  return AnswerAtRevision(index_, MinRevisionOf(*decoded), context,
                          [this, read, decoded, &response] {
                            auto bytes = (reader_.*read)(*decoded);
                            if (!bytes.ok()) {
                              return rpc::ToGrpcStatus(bytes.status());
                            }
                            response = rpc::OwnedBuffer(*std::move(bytes));
                            return grpc::Status::OK;
                          });
}

grpc::ServerUnaryReactor* TripQueryServiceImpl::GetTripRecord(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return Answer(&TripReader::Get, *context, *request, *response);
}

grpc::ServerUnaryReactor* TripQueryServiceImpl::BatchGetTripRecords(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return Answer(&TripReader::BatchGet, *context, *request, *response);
}

grpc::ServerUnaryReactor* TripQueryServiceImpl::ListTripRecordsByCountry(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return Answer(&TripReader::ListByCountry, *context, *request, *response);
}

grpc::ServerUnaryReactor* TripQueryServiceImpl::ListTripRecordsBySector(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return Answer(&TripReader::ListBySector, *context, *request, *response);
}

grpc::ServerUnaryReactor* TripQueryServiceImpl::ListTripRecordsByObjective(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return Answer(&TripReader::ListByObjective, *context, *request, *response);
}

grpc::ServerUnaryReactor* TripQueryServiceImpl::ListVocabulary(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  v1::ListVocabularyRequest decoded;
  if (absl::Status status = rpc::Decode(*request, &decoded); !status.ok()) {
    return Finished(*context, rpc::ToGrpcStatus(status));
  }
  const auto list = reader_.ListVocabulary(decoded);
  if (!list.ok()) return Finished(*context, rpc::ToGrpcStatus(list.status()));
  *response = rpc::Encode(*list);
  return Finished(*context, grpc::Status::OK);
}

grpc::ServerUnaryReactor* TripQueryServiceImpl::GetIndexStatus(
    grpc::CallbackServerContext* context,
    const v1::GetIndexStatusRequest* /*request*/,
    v1::GetIndexStatusResponse* response) {
  *response = reader_.GetIndexStatus();
  return Finished(*context, grpc::Status::OK);
}

grpc::ServerUnaryReactor* TripQueryServiceImpl::SearchTripRecords(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return Answer(&TripReader::Search, *context, *request, *response);
}

grpc::ServerUnaryReactor* TripQueryServiceImpl::SummarizeTripRecords(
    grpc::CallbackServerContext* context,
    const v1::SummarizeTripRecordsRequest* request,
    v1::SummarizeTripRecordsResponse* response) {
  return AnswerAtRevision(index_, request->min_revision(), *context,
                          [this, request, response] {
                            auto summaries = reader_.Summarize(*request);
                            if (!summaries.ok()) {
                              return rpc::ToGrpcStatus(summaries.status());
                            }
                            *response = *std::move(summaries);
                            return grpc::Status::OK;
                          });
}

grpc::ServerUnaryReactor* TripQueryServiceImpl::ExplainTripRecords(
    grpc::CallbackServerContext* context,
    const v1::ExplainTripRecordsRequest* request,
    v1::ExplainTripRecordsResponse* response) {
  auto explained = reader_.Explain(*request);
  if (!explained.ok()) {
    return Finished(*context, rpc::ToGrpcStatus(explained.status()));
  }
  *response = *std::move(explained);
  return Finished(*context, grpc::Status::OK);
}

grpc::ServerWriteReactor<grpc::ByteBuffer>*
TripQueryServiceImpl::ExportTripRecords(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request) {
  v1::ExportTripRecordsRequest decoded;
  if (absl::Status status = rpc::Decode(*request, &decoded); !status.ok()) {
    return new FinishedStream<grpc::ByteBuffer>(rpc::ToGrpcStatus(status));
  }
  const int64_t revision = MinRevisionOf(decoded);
  return ExportStream::Start(
      streams_, index_, revision, *context,
      [this, decoded = std::move(decoded)] { return reader_.Export(decoded); });
}

grpc::ServerWriteReactor<grpc::ByteBuffer>*
TripQueryServiceImpl::WatchTripRecords(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request) {
  if (hub_ == nullptr) {
    return new FinishedStream<grpc::ByteBuffer>(
        grpc::Status(grpc::StatusCode::UNIMPLEMENTED, "nothing is watched"));
  }
  return WatchStream::Start(streams_, *hub_, *context, *request);
}

}  // namespace attache
