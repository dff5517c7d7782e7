#include "ingestor/service/ingest_service.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/rpc/refused_stream.h"
#include "common/rpc/status.h"
#include "common/rpc/wire.h"
#include "common/status_macros.h"
#include "common/timestamp.h"
#include "ingestor/service/call_context.h"
#include "ingestor/service/pending_call.h"
#include "ingestor/service/rejected_page.h"
#include "ingestor/service/validation.h"

namespace attache {
namespace {

// What unary calls may have under way at once.
constexpr int64_t kMaxUnaryCalls = 4096;
constexpr int64_t kMaxUnaryBytes = int64_t{256} << 20;
// A page of rejected briefings stays below what clients receive by default.
constexpr int64_t kMaxPageBytes = int64_t{2} << 20;

absl::StatusOr<std::shared_ptr<void>> Admit(
    Admission& admission, const google::protobuf::MessageLite& request) {
  return admission.Admit(static_cast<int64_t>(request.ByteSizeLong()));
}

grpc::ServerUnaryReactor* AnswerNow(grpc::CallbackServerContext* context,
                                    const absl::Status& status) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(rpc::ToGrpcStatus(status));
  return reactor;
}

// Of a request that says how safe a write is to be.
template <typename Request>
absl::Status DecodeWrite(const grpc::ByteBuffer& wire, Request* request) {
  ATTACHE_RETURN_IF_ERROR(rpc::Decode(wire, request));
  return ValidateDurability(request->durability());
}

// Puts the result of the outbox into the response of the call.
template <typename Response>
Intake::Answer AnswerInto(std::shared_ptr<PendingCall<Response>> call,
                          std::shared_ptr<void> place) {
  return [call = std::move(call),
          place = std::move(place)](absl::StatusOr<v1::IngestResult> result) {
    call->Answer([&](Response& response) -> absl::Status {
      ATTACHE_RETURN_IF_ERROR(result.status());
      *response.mutable_result() = *std::move(result);
      return absl::OkStatus();
    });
  };
}

}  // namespace

IngestService::IngestService(rpc::Gate* gate, Intake* intake, Options options)
    : gate_(gate),
      intake_(intake),
      options_(std::move(options)),
      admission_(kMaxUnaryCalls, kMaxUnaryBytes),
      streams_(options_.max_stream_bytes),
      reparse_(intake) {}

void IngestService::Drain(absl::Time deadline) {
  streams_.Drain();
  reparse_.Drain();
  intake_->parts().outbox->LimitWaits(deadline);
}

grpc::ServerUnaryReactor* IngestService::ParseBriefing(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* wire,
    grpc::ByteBuffer* response) {
  auto admitted = gate_->Admit(*context, Role::kReader);
  if (!admitted.ok()) return AnswerNow(context, admitted.status());
  auto request = std::make_shared<v1::ParseBriefingRequest>();
  if (absl::Status decoded = rpc::Decode(*wire, request.get()); !decoded.ok()) {
    return AnswerNow(context, decoded);
  }
  auto place = Admit(admission_, *request);
  if (!place.ok()) return AnswerNow(context, place.status());
  if (absl::Status valid = ValidateBriefing(
          request->briefing(), "briefing", intake_->parts().max_briefing_bytes);
      !valid.ok()) {
    return AnswerNow(context, valid);
  }
  const auto call = PendingCall<v1::ParseBriefingResponse>::Start(
      *std::move(admitted), response);
  intake_->parts().pool->Run([this, call, place = *place, request] {
    absl::StatusOr<ParseResult> result =
        intake_->parts().parse(request->briefing());
    call->Answer([&](v1::ParseBriefingResponse& answer) -> absl::Status {
      ATTACHE_RETURN_IF_ERROR(result.status());
      for (v1::TripRecord& record : result->records) {
        *answer.add_records() = std::move(record);
      }
      for (v1::Issue& issue : result->issues) {
        *answer.add_issues() = std::move(issue);
      }
      answer.set_text(std::move(result->text));
      return absl::OkStatus();
    });
  });
  return call.get();
}

grpc::ServerUnaryReactor* IngestService::IngestBriefing(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* wire,
    grpc::ByteBuffer* response) {
  auto admitted = gate_->Admit(*context, Role::kWriter);
  if (!admitted.ok()) return AnswerNow(context, admitted.status());
  v1::IngestBriefingRequest request;
  if (absl::Status valid = DecodeWrite(*wire, &request); !valid.ok()) {
    return AnswerNow(context, valid);
  }
  auto place = Admit(admission_, request);
  if (!place.ok()) return AnswerNow(context, place.status());
  const auto call = PendingCall<v1::IngestBriefingResponse>::Start(
      *std::move(admitted), response);
  intake_->Submit(
      std::make_shared<Lane>(), std::move(*request.mutable_briefing()),
      TraceparentOf(*context),
      TermsOf(*context, request.durability(), options_.index_timeout),
      AnswerInto(call, *place));
  return call.get();
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>*
IngestService::StreamBriefings(grpc::CallbackServerContext* context) {
  auto admitted = gate_->Admit(*context, Role::kWriter, rpc::CallKind::kStream);
  if (!admitted.ok()) {
    return new rpc::RefusedStream<
        grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>>(
        admitted.status());
  }
  return BriefingStream::Start(*std::move(admitted), context, intake_,
                               &streams_, options_.index_timeout);
}

grpc::ServerUnaryReactor* IngestService::RetractBriefing(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* wire,
    grpc::ByteBuffer* response) {
  auto admitted = gate_->Admit(*context, Role::kWriter);
  if (!admitted.ok()) return AnswerNow(context, admitted.status());
  v1::RetractBriefingRequest request;
  if (absl::Status valid = DecodeWrite(*wire, &request); !valid.ok()) {
    return AnswerNow(context, valid);
  }
  auto place = Admit(admission_, request);
  if (!place.ok()) return AnswerNow(context, place.status());
  const auto call = PendingCall<v1::RetractBriefingResponse>::Start(
      *std::move(admitted), response);
  intake_->Retract(
      std::make_shared<Lane>(), request.briefing_id(), "briefing_id",
      TraceparentOf(*context),
      TermsOf(*context, request.durability(), options_.index_timeout),
      AnswerInto(call, *place));
  return call.get();
}

absl::Status IngestService::ListRejected(
    const v1::ListRejectedBriefingsRequest& request,
    v1::ListRejectedBriefingsResponse* response) const {
  const Intake::Parts& parts = intake_->parts();
  const std::string key = parts.outbox->state().token_key;
  ATTACHE_ASSIGN_OR_RETURN(const int size,
                           RejectedPageSize(request.page_size()));
  ATTACHE_ASSIGN_OR_RETURN(const int64_t before,
                           ReadRejectedPageToken(request.page_token(), key));
  ATTACHE_ASSIGN_OR_RETURN(std::vector<outbox::RejectedEntry> entries,
                           parts.reader->ListRejected(before, size + 1));
  int64_t bytes = 0;
  int64_t last_id = 0;
  for (outbox::RejectedEntry& entry : entries) {
    bytes += static_cast<int64_t>(entry.rejected.ByteSizeLong());
    const int taken = response->rejected_briefings_size();
    if (taken == size || (taken > 0 && bytes > kMaxPageBytes)) {
      response->set_next_page_token(MakeRejectedPageToken(last_id, key));
      break;
    }
    last_id = entry.id;
    *response->add_rejected_briefings() = std::move(entry.rejected);
  }
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* IngestService::ListRejectedBriefings(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* wire,
    grpc::ByteBuffer* response) {
  auto admitted = gate_->Admit(*context, Role::kReader);
  if (!admitted.ok()) return AnswerNow(context, admitted.status());
  v1::ListRejectedBriefingsRequest request;
  v1::ListRejectedBriefingsResponse list;
  absl::Status status = rpc::Decode(*wire, &request);
  if (status.ok()) status = ListRejected(request, &list);
  if (status.ok()) *response = rpc::Encode(list);
  return AnswerNow(context, status);
}

grpc::ServerUnaryReactor* IngestService::GetBriefing(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* wire,
    grpc::ByteBuffer* response) {
  auto admitted = gate_->Admit(*context, Role::kReader);
  if (!admitted.ok()) return AnswerNow(context, admitted.status());
  v1::GetBriefingRequest request;
  if (absl::Status decoded = rpc::Decode(*wire, &request); !decoded.ok()) {
    return AnswerNow(context, decoded);
  }
  const std::string& id = request.briefing_id();
  if (absl::Status valid = ValidateBriefingId(id, "briefing_id"); !valid.ok()) {
    return AnswerNow(context, valid);
  }
  auto place = Admit(admission_, request);
  if (!place.ok()) return AnswerNow(context, place.status());
  auto held = intake_->parts().reader->ReadBriefing(id);
  if (!held.ok()) return AnswerNow(context, held.status());
  if (!held->has_value()) {
    return AnswerNow(context,
                     MakeError(v1::ERROR_REASON_BRIEFING_NOT_FOUND,
                               absl::StrCat("No briefing \"", id,
                                            "\" is held: it was never accepted "
                                            "here, or was retracted."),
                               {{"briefing_id", id}}));
  }
  const auto call = PendingCall<v1::GetBriefingResponse>::Start(
      *std::move(admitted), response);
  intake_->parts().pool->Run(
      [this, call, place = *place, briefing = **std::move(held)]() mutable {
        absl::StatusOr<ParseResult> result = intake_->parts().parse(briefing);
        call->Answer([&](v1::GetBriefingResponse& answer) {
          *answer.mutable_briefing() = std::move(briefing);
          // Accepted by another parser, perhaps: the briefing is held all the
          // same.
          if (result.ok()) answer.set_text(std::move(result->text));
          return absl::OkStatus();
        });
      });
  return call.get();
}

grpc::ServerWriteReactor<v1::ReparseBriefingsResponse>*
IngestService::ReparseBriefings(grpc::CallbackServerContext* context,
                                const v1::ReparseBriefingsRequest* request) {
  auto admitted = gate_->Admit(*context, Role::kAdmin, rpc::CallKind::kStream);
  if (!admitted.ok()) {
    return new rpc::RefusedStream<
        grpc::ServerWriteReactor<v1::ReparseBriefingsResponse>>(
        admitted.status());
  }
  return reparse_.Start(*std::move(admitted), request->outdated_only());
}

absl::Status IngestService::FillStatus(
    v1::GetIngestStatusResponse* response) const {
  const Intake::Parts& parts = intake_->parts();
  const outbox::StoreState state = parts.outbox->state();
  response->set_producer_id(state.producer_id);
  response->set_last_sequence(state.last_sequence);
  response->set_acknowledged_sequence(state.acknowledged_sequence);
  response->set_outbox_bytes(state.pending_bytes);
  response->set_connected(options_.connected());
  response->set_parser_version(parts.parser_version);
  response->set_vocabulary_version(parts.vocabulary_version);
  ATTACHE_ASSIGN_OR_RETURN(const auto oldest,
                           parts.reader->OldestPendingTime());
  if (oldest.has_value()) {
    SetTimestamp(*oldest, response->mutable_oldest_pending_time());
  }
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* IngestService::GetIngestStatus(
    grpc::CallbackServerContext* context,
    const v1::GetIngestStatusRequest* /*request*/,
    v1::GetIngestStatusResponse* response) {
  auto admitted = gate_->Admit(*context, Role::kReader);
  if (!admitted.ok()) return AnswerNow(context, admitted.status());
  return AnswerNow(context, FillStatus(response));
}

}  // namespace attache
