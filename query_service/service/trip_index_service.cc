#include "query_service/service/trip_index_service.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/log.h"
#include "common/rpc/refused_stream.h"
#include "common/rpc/status.h"
#include "common/rpc/wire.h"

namespace attache {

// Moves messages between gRPC, the session and the journal's writer. The
// service keeps it until gRPC is done with it; the writer may keep it longer.
class TripIndexServiceImpl::ProducerStream final
    : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
      public JournalWriter::Stream,
      public std::enable_shared_from_this<ProducerStream> {
 public:
  ProducerStream(TripIndexServiceImpl& service,
                 std::shared_ptr<rpc::AdmittedCall> call)
      : service_(service), call_(std::move(call)), session_(service.limits_) {}

  void Open() {
    {
      const absl::MutexLock lock(&mutex_);
      const absl::Status loaded = service_.load_gate_.Check();
      Perform(loaded.ok() ? session_.OnOpened() : session_.OnEnded(loaded));
    }
    // Last: from here on it may end.
    call_->OnRevoked([weak = weak_from_this()](const absl::Status& status) {
      if (const auto stream = weak.lock()) stream->OnEnded(status);
    });
  }
  void Drain() {
    const absl::MutexLock lock(&mutex_);
    Perform(session_.OnDrain());
  }

  void OnReadDone(bool ok) override {
    const absl::MutexLock lock(&mutex_);
    Perform(ok ? OnBytes() : session_.OnRequestsEnded());
  }
  void OnWriteDone(bool ok) override {
    const absl::MutexLock lock(&mutex_);
    Perform(session_.OnSent(ok));
  }
  void OnCancel() override {
    const absl::MutexLock lock(&mutex_);
    Perform(session_.OnCancelled());
  }
  void OnDone() override { service_.Forget(shared_from_this()); }

  void OnGreeted(absl::StatusOr<v1::Welcome> welcome) override {
    const absl::MutexLock lock(&mutex_);
    Perform(session_.OnGreeted(std::move(welcome)));
  }
  void OnCommitted(int64_t write_count, int64_t revision,
                   std::vector<v1::RejectedWrite> rejected) override {
    const absl::MutexLock lock(&mutex_);
    Perform(session_.OnCommitted(write_count, revision, std::move(rejected)));
  }
  void OnEnded(const absl::Status& status) override {
    const absl::MutexLock lock(&mutex_);
    Perform(session_.OnEnded(status));
  }

 private:
  // A request that cannot be read ends the stream: what stood in it is lost,
  // and what comes after it would leave a gap.
  ProducerSession::Actions OnBytes() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    v1::StreamTripRecordsRequest request;
    const absl::Status decoded = rpc::Decode(request_, &request);
    request_.Clear();
    return decoded.ok() ? session_.OnRequest(std::move(request))
                        : session_.OnEnded(decoded);
  }

  // gRPC never calls back from within these, nor does the writer.
  void Perform(ProducerSession::Actions actions)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (actions.greet.has_value()) {
      service_.writer_.Greet(shared_from_this(), call_->principal(),
                             *std::move(actions.greet));
    }
    if (!actions.writes.empty()) {
      service_.writer_.Write(shared_from_this(), std::move(actions.writes));
    }
    if (actions.send.has_value()) {
      if (actions.send->has_welcome()) LogWelcome(actions.send->welcome());
      response_ = rpc::Encode(*actions.send);
      StartWrite(&response_);
    }
    if (actions.receive) {
      StartRead(&request_);
    }
    if (actions.finish.has_value()) {
      LogEnd(*actions.finish);
      Finish(rpc::ToGrpcStatus(*actions.finish));
    }
  }

  void LogWelcome(const v1::Welcome& welcome)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    Log(welcome.resync() ? LogLevel::kWarning : LogLevel::kInfo,
        welcome.resync() ? "a producer has had more acknowledged than is held; "
                           "it was asked for everything anew"
                         : "a producer connected",
        {{"producer_id", session_.producer_id()},
         {"principal", call_->principal()},
         {"last_sequence", absl::StrCat(welcome.last_sequence())},
         {"index_id", welcome.index_id()}});
  }
  void LogEnd(const absl::Status& status)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    // One that is sent away while the index loads had no name yet.
    if (session_.producer_id().empty() && absl::IsUnavailable(status)) return;
    const bool is_usual = status.ok() || absl::IsCancelled(status);
    Log(is_usual ? LogLevel::kInfo : LogLevel::kWarning,
        "a producer's stream ended",
        {{"producer_id", session_.producer_id()},
         {"status",
          status.ToString(absl::StatusToStringMode::kWithNoExtraData)}});
  }

  TripIndexServiceImpl& service_;
  const std::shared_ptr<rpc::AdmittedCall> call_;
  absl::Mutex mutex_;
  ProducerSession session_ ABSL_GUARDED_BY(mutex_);
  // gRPC's while a read or write is on its way.
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
};

TripIndexServiceImpl::TripIndexServiceImpl(rpc::Gate& gate,
                                           JournalWriter& writer,
                                           const StreamLimits& limits)
    : gate_(gate), writer_(writer), limits_(limits) {}

TripIndexServiceImpl::~TripIndexServiceImpl() = default;

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>*
TripIndexServiceImpl::StreamTripRecords(grpc::CallbackServerContext* context) {
  auto admitted = gate_.Admit(*context, Role::kWriter, rpc::CallKind::kStream);
  if (!admitted.ok()) {
    return new rpc::RefusedStream<
        grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>>(
        admitted.status());
  }
  auto stream = std::make_shared<ProducerStream>(*this, *std::move(admitted));
  bool draining = false;
  {
    const absl::MutexLock lock(&mutex_);
    streams_.insert(stream);
    draining = draining_;
  }
  stream->Open();
  if (draining) stream->Drain();
  return stream.get();
}

int64_t TripIndexServiceImpl::open_streams() const {
  const absl::MutexLock lock(&mutex_);
  return static_cast<int64_t>(streams_.size());
}

void TripIndexServiceImpl::Drain() {
  std::vector<std::shared_ptr<ProducerStream>> streams;
  {
    const absl::MutexLock lock(&mutex_);
    draining_ = true;
    streams.assign(streams_.begin(), streams_.end());
  }
  for (const auto& stream : streams) stream->Drain();
}

void TripIndexServiceImpl::Forget(
    const std::shared_ptr<ProducerStream>& stream) {
  const absl::MutexLock lock(&mutex_);
  streams_.erase(stream);
}

}  // namespace attache
