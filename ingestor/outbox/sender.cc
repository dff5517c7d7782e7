#include "ingestor/outbox/sender.h"

#include <functional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/log.h"
#include "common/rpc/status.h"
#include "common/status_macros.h"

namespace attache::outbox {
namespace {

constexpr absl::Duration kWelcomeTimeout = absl::Seconds(20);
constexpr absl::Duration kLogAgainAfter = absl::Minutes(1);

grpc::ChannelArguments Arguments() {
  grpc::ChannelArguments arguments;
  // A dead peer is noticed on an idle stream too.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 20'000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  // The sender has its own delays; the channel's only bound how soon it
  // notices that the peer is back.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 1'000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1'000);
  // A Welcome lists every refusal that was not seen yet.
  arguments.SetMaxReceiveMessageSize(-1);
  return arguments;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Sender>> Sender::Start(
    const SenderOptions& options, Outbox* outbox) {
  ATTACHE_ASSIGN_OR_RETURN(std::unique_ptr<StoreReader> reader,
                           StoreReader::Open(options.store_path));
  ATTACHE_ASSIGN_OR_RETURN(
      const auto channel,
      rpc::OpenChannel(options.query_address, options.query_security,
                       Arguments()));
  return std::unique_ptr<Sender>(
      new Sender(options, channel, outbox, std::move(reader)));
}

Sender::Sender(const SenderOptions& options,
               const std::shared_ptr<grpc::Channel>& channel, Outbox* outbox,
               std::unique_ptr<StoreReader> reader)
    : outbox_(outbox),
      reader_(std::move(reader)),
      query_address_(options.query_address),
      stub_(v1::TripIndexService::NewStub(channel)),
      on_refused_(options.on_refused),
      random_(std::random_device{}()),
      session_(options.parser_version, options.vocabulary_version,
               outbox->state().sendable_sequence) {
  outbox_->OnNewWrites([this] { Signal(); });
  thread_ = std::thread([this] { Run(); });
}

Sender::~Sender() {
  outbox_->OnNewWrites(nullptr);
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    if (context_ != nullptr) context_->TryCancel();
  }
  thread_.join();
}

void Sender::Signal() {
  absl::MutexLock lock(&mutex_);
  signalled_ = true;
}

bool Sender::Stopping() {
  absl::MutexLock lock(&mutex_);
  return stopping_;
}

void Sender::Sleep(absl::Duration delay) {
  absl::MutexLock lock(&mutex_);
  mutex_.AwaitWithTimeout(absl::Condition(this, &Sender::IsStopping), delay);
}

void Sender::Run() {
  while (!Stopping()) {
    const absl::Time start = absl::Now();
    const absl::Status status = RunStream();
    connected_ = false;
    if (Stopping()) return;
    SenderSession::Next next;
    {
      absl::MutexLock lock(&mutex_);
      next =
          session_.OnEnd(status, absl::Now() - start,
                         std::uniform_real_distribution<double>(0, 1)(random_));
    }
    Follow(next, status);
  }
}

void Sender::Follow(const SenderSession::Next& next,
                    const absl::Status& status) {
  LogEnd(next, status);
  if (next.action == SenderSession::Next::Action::kTakeEpoch) {
    Insist([&] {
      return outbox_->Change([&](BriefingStore& store, absl::Time) {
        return store.TakeEpoch(next.epoch);
      });
    });
  } else if (next.action == SenderSession::Next::Action::kRewind) {
    Insist([&] { return outbox_->Rewind(next.last_sequence); });
  }
  Sleep(next.delay);
}

void Sender::Insist(const std::function<absl::Status()>& change) {
  while (!Stopping()) {
    const absl::Status status = change();
    if (status.ok()) return;
    Log(LogLevel::kError, "the outbox cannot be brought up to date",
        {{"error", std::string(status.message())}});
    Sleep(absl::Seconds(1));
  }
}

void Sender::LogEnd(const SenderSession::Next& next,
                    const absl::Status& status) {
  using Action = SenderSession::Next::Action;
  const LogFields fields = {
      {"query_address", query_address_},
      {"error", absl::StrCat(absl::StatusCodeToString(status.code()), ": ",
                             status.message())}};
  if (next.action == Action::kTakeEpoch || next.action == Action::kRewind) {
    Log(LogLevel::kWarning,
        "this data directory was restored from an older copy: all that it "
        "holds is sent again",
        fields);
    return;
  }
  const absl::Time now = absl::Now();
  if (last_logged_ == status.message() &&
      now - last_log_time_ < kLogAgainAfter) {
    return;
  }
  last_logged_ = std::string(status.message());
  last_log_time_ = now;
  if (next.action == Action::kStandBy) {
    Log(LogLevel::kError,
        "another ingestor runs on a copy of this data directory: nothing is "
        "sent until it has gone",
        fields);
  } else {
    Log(LogLevel::kWarning, "not connected to the query service; trying again",
        fields);
  }
}

absl::Status Sender::RunStream() {
  grpc::ClientContext context;
  v1::StreamTripRecordsRequest request;
  const StoreState state = outbox_->state();
  {
    absl::MutexLock lock(&mutex_);
    if (stopping_) return absl::CancelledError("stopping");
    context_ = &context;
    failure_ = absl::OkStatus();
    ended_ = false;
    *request.mutable_hello() = session_.MakeHello(state);
  }
  const std::unique_ptr<Stream> stream = stub_->StreamTripRecords(&context);
  stream->Write(request);
  std::thread reading([&] { ReadResponses(stream.get()); });
  absl::Status failure = WriteUntilEnd(stream.get());
  // A stream that this side gives up, or that ended while it was written to.
  if (!failure.ok()) context.TryCancel();
  reading.join();
  const absl::Status status = rpc::FromGrpcStatus(stream->Finish());
  absl::MutexLock lock(&mutex_);
  context_ = nullptr;
  if (!failure_.ok()) return failure_;
  if (!failure.ok()) return failure;
  return status.ok()
             ? absl::UnavailableError("The query service ended the stream.")
             : status;
}

void Sender::ReadResponses(Stream* stream) {
  v1::StreamTripRecordsResponse response;
  while (stream->Read(&response)) {
    const absl::Status status = TakeResponse(response);
    if (status.ok()) continue;
    absl::MutexLock lock(&mutex_);
    failure_ = status;
    context_->TryCancel();
    break;
  }
  absl::MutexLock lock(&mutex_);
  ended_ = true;
}

absl::Status Sender::TakeResponse(
    const v1::StreamTripRecordsResponse& response) {
  switch (response.response_case()) {
    case v1::StreamTripRecordsResponse::kWelcome:
      return TakeWelcome(response.welcome());
    case v1::StreamTripRecordsResponse::kAck:
      return TakeAck(response.ack());
    case v1::StreamTripRecordsResponse::RESPONSE_NOT_SET:
      break;
  }
  return absl::OkStatus();
}

absl::Status Sender::TakeWelcome(const v1::Welcome& welcome) {
  SenderSession::Start start;
  const StoreState state = outbox_->state();
  {
    absl::MutexLock lock(&mutex_);
    if (session_.connected()) {
      return absl::InternalError("The query service sent a second Welcome.");
    }
    ATTACHE_ASSIGN_OR_RETURN(start, session_.OnWelcome(welcome, state));
  }
  start.rejected = TrueReasons(std::move(start.rejected));
  ATTACHE_RETURN_IF_ERROR(outbox_->TakeWelcome(
      welcome, start.acknowledged_sequence, start.rejected, start.resync));
  // A Welcome repeats those that an Ack has told.
  TellRefused(start.rejected, state.acknowledged_sequence);
  Log(LogLevel::kInfo, "connected to the query service",
      {{"query_address", query_address_},
       {"index_id", welcome.index_id()},
       {"acknowledged_sequence", absl::StrCat(start.acknowledged_sequence)},
       {"resync", start.resync ? "true" : "false"}});
  connected_ = true;
  ++connections_;
  last_logged_.clear();
  Signal();
  return absl::OkStatus();
}

absl::Status Sender::TakeAck(const v1::Ack& ack) {
  {
    absl::MutexLock lock(&mutex_);
    ATTACHE_RETURN_IF_ERROR(session_.OnAck(ack));
    signalled_ = true;
  }
  const std::vector<v1::RejectedWrite> refused =
      TrueReasons({ack.rejected_writes().begin(), ack.rejected_writes().end()});
  ATTACHE_RETURN_IF_ERROR(
      outbox_->Acknowledge(ack.sequence(), ack.revision(), refused));
  TellRefused(refused, /*after=*/0);
  return absl::OkStatus();
}

void Sender::TellRefused(const std::vector<v1::RejectedWrite>& refused,
                         int64_t after) {
  for (const v1::RejectedWrite& rejected : refused) {
    if (rejected.sequence() <= after) continue;
    on_refused_(rejected.status().reason());
    Log(LogLevel::kWarning, "the query service refused a write",
        {{"briefing_id", rejected.briefing_id()},
         {"reason", rejected.status().reason()},
         {"error", rejected.status().message()}});
  }
}

absl::Status Sender::WriteUntilEnd(Stream* stream) {
  const absl::Time welcome_deadline = absl::Now() + kWelcomeTimeout;
  while (true) {
    {
      absl::MutexLock lock(&mutex_);
      mutex_.AwaitWithDeadline(
          absl::Condition(this, &Sender::HasNews),
          connected_ ? absl::InfiniteFuture() : welcome_deadline);
      if (ended_ || stopping_) return absl::OkStatus();
      signalled_ = false;
    }
    if (connected_) {
      ATTACHE_ASSIGN_OR_RETURN(const bool open, SendPending(stream));
      if (!open) return absl::OkStatus();
    } else if (absl::Now() >= welcome_deadline) {
      return absl::DeadlineExceededError(
          "The query service did not answer the Hello.");
    }
  }
}

}  // namespace attache::outbox
