#include "cli/ingest_stream.h"

#include <thread>
#include <utility>

#include "absl/time/clock.h"
#include "cli/client.h"

namespace attache::cli {
namespace {

// Sent and not answered at most, so that a file of any size fits into memory.
constexpr size_t kMaxUnanswered = 512;
constexpr size_t kMaxPendingBytes = 32 << 20;
// Attempts in a row that brought no answer.
constexpr int kMaxAttempts = 6;

}  // namespace

absl::Status IngestStream::Run(
    BriefingSource& source,
    const std::function<void(const IngestedItem&)>& done) {
  int attempts = 0;
  while (true) {
    const size_t answered_before = answered_;
    const grpc::Status status = RunOnce(source, done);
    if (status.ok() && exhausted_ && pending_.empty()) return absl::OkStatus();
    if (answered_ > answered_before) attempts = 0;
    const bool worth_it =
        status.ok() || status.error_code() == grpc::StatusCode::UNAVAILABLE;
    if (!worth_it || ++attempts == kMaxAttempts) {
      return ServiceError(
          status.ok()
              ? grpc::Status(grpc::StatusCode::UNAVAILABLE, "ended early")
              : status,
          kIngestor, address_);
    }
    absl::SleepFor(kFirstRetryDelay * (1 << (attempts - 1)));
  }
}

grpc::Status IngestStream::RunOnce(
    BriefingSource& source,
    const std::function<void(const IngestedItem&)>& done) {
  grpc::ClientContext context;
  broken_ = false;
  const std::unique_ptr<Stream> stream = stub_.StreamBriefings(&context);
  std::thread sender([&] { Send(*stream, source); });
  v1::StreamBriefingsResponse response;
  bool surplus = false;
  while (stream->Read(&response)) {
    ReportUnsent(done);
    IngestedItem item{"", *response.mutable_result()};
    {
      const std::lock_guard lock(mutex_);
      if (pending_.empty()) {
        context.TryCancel();
        surplus = true;
        break;
      }
      item.name = std::move(pending_.front().name);
      --unanswered_;
      pending_bytes_ -= pending_.front().request->ByteSizeLong();
      pending_.pop_front();
    }
    room_.notify_one();
    ++answered_;
    done(item);
  }
  {
    const std::lock_guard lock(mutex_);
    broken_ = true;
  }
  room_.notify_one();
  sender.join();
  ReportUnsent(done);
  const grpc::Status status = stream->Finish();
  return surplus ? grpc::Status(grpc::StatusCode::INTERNAL,
                                "more answers than briefings were sent")
                 : status;
}

void IngestStream::Send(Stream& stream, BriefingSource& source) {
  // First what an earlier stream left unanswered.
  std::deque<v1::StreamBriefingsRequest> again;
  {
    const std::lock_guard lock(mutex_);
    for (const Pending& pending : pending_) {
      if (pending.request) again.push_back(*pending.request);
    }
  }
  for (const auto& request : again) {
    if (!stream.Write(request)) return;
  }
  while (true) {
    {
      std::unique_lock lock(mutex_);
      room_.wait(lock, [&] {
        return broken_ || (unanswered_ < kMaxUnanswered &&
                           pending_bytes_ < kMaxPendingBytes);
      });
      if (broken_) return;
    }
    std::optional<SourceItem> item = source.Next();
    if (!item) break;
    Pending pending{std::move(item->name), std::nullopt,
                    item->briefing.status()};
    std::optional<v1::StreamBriefingsRequest> request;
    if (item->briefing.ok()) {
      request.emplace();
      *request->mutable_briefing() = *std::move(item->briefing);
      request->set_durability(durability_);
      pending.request = request;
    }
    {
      const std::lock_guard lock(mutex_);
      if (request) {
        ++unanswered_;
        pending_bytes_ += request->ByteSizeLong();
      }
      pending_.push_back(std::move(pending));
    }
    if (request && !stream.Write(*request)) return;
  }
  {
    const std::lock_guard lock(mutex_);
    exhausted_ = true;
  }
  stream.WritesDone();
}

void IngestStream::ReportUnsent(
    const std::function<void(const IngestedItem&)>& done) {
  while (true) {
    IngestedItem item{"", absl::UnknownError("")};
    {
      const std::lock_guard lock(mutex_);
      if (pending_.empty() || pending_.front().request) return;
      item = {std::move(pending_.front().name), pending_.front().error};
      pending_.pop_front();
    }
    done(item);
  }
}

}  // namespace attache::cli
