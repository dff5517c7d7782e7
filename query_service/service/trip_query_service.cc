#include "query_service/service/trip_query_service.h"

#include <memory>
#include <utility>

#include "common/rpc/refused_stream.h"
#include "common/rpc/status.h"
#include "common/rpc/wire.h"
#include "common/status_macros.h"
#include "query_service/query/stop.h"
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

// The response's bytes, or why there is none.
grpc::Status Fill(grpc::ByteBuffer& response,
                  absl::StatusOr<std::string> bytes) {
  if (!bytes.ok()) return rpc::ToGrpcStatus(bytes.status());
  response = rpc::OwnedBuffer(*std::move(bytes));
  return grpc::Status::OK;
}

template <typename Response>
absl::StatusOr<std::string> Bytes(const absl::StatusOr<Response>& response) {
  if (!response.ok()) return response.status();
  return response->SerializeAsString();
}

using RefusedStream =
    rpc::RefusedStream<grpc::ServerWriteReactor<grpc::ByteBuffer>>;

}  // namespace

TripQueryServiceImpl::TripQueryServiceImpl(
    rpc::Gate& gate, TripIndex& index,
    std::shared_ptr<const Vocabulary> vocabulary, ReaderContext context,
    WatchHub* hub, absl::Duration export_stall_timeout)
    : gate_(gate),
      index_(index),
      reader_(index, std::move(vocabulary), std::move(context)),
      hub_(hub),
      export_stall_timeout_(export_stall_timeout) {}

void TripQueryServiceImpl::Open(WatchHub* hub) {
  hub_ = hub;
  load_gate_.Open();
}

void TripQueryServiceImpl::Drain() { streams_.Drain(); }

template <typename Request>
absl::Status TripQueryServiceImpl::Decode(const grpc::ByteBuffer& bytes,
                                          Request* request) const {
  ATTACHE_RETURN_IF_ERROR(load_gate_.Check());
  return rpc::Decode(bytes, request);
}

template <typename Request, typename Then>
grpc::ServerUnaryReactor* TripQueryServiceImpl::Admit(
    grpc::CallbackServerContext& context, const grpc::ByteBuffer& request,
    Then then) {
  auto admitted = gate_.Admit(context, Role::kReader);
  if (!admitted.ok()) {
    return Finished(context, rpc::ToGrpcStatus(admitted.status()));
  }
  auto call = std::make_shared<Call<Request>>();
  call->admitted = *std::move(admitted);
  if (absl::Status status = Decode(request, &call->request); !status.ok()) {
    return Finished(context, rpc::ToGrpcStatus(status));
  }
  return AnswerAtRevision(
      index_, MinRevisionOf(call->request), context,
      [call, then](const FinishCall& finish) { then(call, finish); });
}

template <typename Request>
grpc::ServerUnaryReactor* TripQueryServiceImpl::Answer(
    absl::StatusOr<std::string> (TripReader::*read)(const Request&),
    grpc::CallbackServerContext& context, const grpc::ByteBuffer& request,
    grpc::ByteBuffer& response) {
  return Admit<Request>(
      context, request,
      [this, read, &response](const auto& call, const FinishCall& finish) {
        finish(Fill(response, (reader_.*read)(call->request)));
      });
}

template <typename Request, typename Read>
grpc::ServerUnaryReactor* TripQueryServiceImpl::AnswerFilter(
    grpc::CallbackServerContext& context, const grpc::ByteBuffer& request,
    grpc::ByteBuffer& response, Read read) {
  return Admit<Request>(context, request,
                        [this, read, &context, &response](
                            const auto& call, const FinishCall& finish) {
                          readers_.Run([read, call, &context, &response,
                                        finish](const absl::Status& turn) {
                            if (!turn.ok())
                              return finish(rpc::ToGrpcStatus(turn));
                            const auto stop = std::make_shared<const Stop>(
                                [&context] { return !context.IsCancelled(); });
                            // It may have gone while it waited.
                            if (stop->Now())
                              return finish(grpc::Status::CANCELLED);
                            finish(Fill(response, read(call->request, stop)));
                          });
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
  auto admitted = gate_.Admit(*context, Role::kReader);
  if (!admitted.ok()) {
    return Finished(*context, rpc::ToGrpcStatus(admitted.status()));
  }
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
  auto admitted = gate_.Admit(*context, Role::kReader);
  if (!admitted.ok()) {
    return Finished(*context, rpc::ToGrpcStatus(admitted.status()));
  }
  if (const absl::Status loaded = load_gate_.Check(); !loaded.ok()) {
    return Finished(*context, rpc::ToGrpcStatus(loaded));
  }
  *response = reader_.GetIndexStatus();
  return Finished(*context, grpc::Status::OK);
}

grpc::ServerUnaryReactor* TripQueryServiceImpl::SearchTripRecords(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return AnswerFilter<v1::SearchTripRecordsRequest>(
      *context, *request, *response,
      [this](const auto& search, const auto& stop) {
        return reader_.Search(search, stop);
      });
}

grpc::ServerUnaryReactor* TripQueryServiceImpl::SummarizeTripRecords(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return AnswerFilter<v1::SummarizeTripRecordsRequest>(
      *context, *request, *response,
      [this](const auto& summarize, const auto& stop) {
        return Bytes(reader_.Summarize(summarize, stop));
      });
}

grpc::ServerUnaryReactor* TripQueryServiceImpl::ExplainTripRecords(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return AnswerFilter<v1::ExplainTripRecordsRequest>(
      *context, *request, *response,
      [this](const auto& explain, const auto& stop) {
        return Bytes(reader_.Explain(explain, stop));
      });
}

grpc::ServerWriteReactor<grpc::ByteBuffer>*
TripQueryServiceImpl::ExportTripRecords(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request) {
  auto admitted = gate_.Admit(*context, Role::kReader, rpc::CallKind::kStream);
  if (!admitted.ok()) return new RefusedStream(admitted.status());
  v1::ExportTripRecordsRequest decoded;
  if (absl::Status status = Decode(*request, &decoded); !status.ok()) {
    return new RefusedStream(status);
  }
  const int64_t revision = MinRevisionOf(decoded);
  return ExportStream::Start(
      *std::move(admitted), streams_, readers_, index_, revision, *context,
      export_stall_timeout_,
      [this, decoded = std::move(decoded)](const auto& stop) {
        return reader_.Export(decoded, stop);
      });
}

grpc::ServerWriteReactor<grpc::ByteBuffer>*
TripQueryServiceImpl::WatchTripRecords(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request) {
  auto admitted = gate_.Admit(*context, Role::kReader, rpc::CallKind::kStream);
  if (!admitted.ok()) return new RefusedStream(admitted.status());
  if (const absl::Status loaded = load_gate_.Check(); !loaded.ok()) {
    return new RefusedStream(loaded);
  }
  if (hub_ == nullptr) {
    return new RefusedStream(absl::UnimplementedError("nothing is watched"));
  }
  return WatchStream::Start(*std::move(admitted), streams_, *hub_, *context,
                            *request);
}

}  // namespace attache
