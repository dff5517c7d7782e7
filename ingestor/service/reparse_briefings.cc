#include "ingestor/service/reparse_briefings.h"

#include <utility>
#include <vector>

#include "absl/synchronization/blocking_counter.h"
#include "common/error.h"
#include "common/rpc/status.h"
#include "common/status_macros.h"

namespace attache {
namespace {

constexpr int kBatch = 16;

absl::Status ReparseDrainingError() {
  return WithRetryAfter(MakeError(v1::ERROR_REASON_DRAINING,
                                  "The ingestor is shutting down; the rest is "
                                  "read again by another call."),
                        absl::Seconds(1));
}

// Parses one batch and waits until all of it is committed.
struct BatchResult {
  absl::Mutex mutex;
  absl::Status status ABSL_GUARDED_BY(mutex);
  int64_t changed ABSL_GUARDED_BY(mutex) = 0;
};

void ReparseBatch(const Intake::Parts& parts,
                  const std::vector<outbox::StoredBriefing>& batch,
                  const outbox::Cancelled& cancelled, BatchResult& result) {
  absl::BlockingCounter left(static_cast<int>(batch.size()));
  for (const outbox::StoredBriefing& stored : batch) {
    parts.pool->Run([&] {
      absl::StatusOr<ParseResult> parsed = parts.parse(stored.briefing);
      // What can no longer be read stays as it was read before.
      if (!parsed.ok()) {
        left.DecrementCount();
        return;
      }
      parts.outbox->TakeReading(
          stored.briefing.briefing_id(), stored.fingerprint,
          {std::move(parsed->records), std::move(parsed->issues)}, cancelled,
          [&](absl::StatusOr<bool> changed) {
            {
              absl::MutexLock lock(&result.mutex);
              result.status.Update(changed.status());
              if (changed.ok() && *changed) ++result.changed;
            }
            left.DecrementCount();
          });
    });
  }
  left.Wait();
}

}  // namespace

absl::Status ReparseAll(
    const Intake::Parts& parts, bool outdated_only,
    const outbox::Cancelled& cancelled,
    const std::function<void(const v1::ReparseBriefingsResponse&)>& progress) {
  std::optional<outbox::StoreReader::Skip> skip;
  if (outdated_only) skip = {parts.parser_version, parts.vocabulary_version};
  v1::ReparseBriefingsResponse response;
  ATTACHE_ASSIGN_OR_RETURN(const int64_t total,
                           parts.reader->CountBriefings(skip));
  response.set_total_count(total);
  progress(response);
  int64_t row = 0;
  while (true) {
    if (cancelled->load()) return absl::CancelledError("The client has gone.");
    std::vector<outbox::StoredBriefing> batch;
    while (batch.size() < kBatch) {
      ATTACHE_ASSIGN_OR_RETURN(auto next,
                               parts.reader->NextBriefing(row, skip));
      if (!next.has_value()) break;
      row = next->row;
      batch.push_back(*std::move(next));
    }
    if (batch.empty()) return absl::OkStatus();
    BatchResult result;
    ReparseBatch(parts, batch, cancelled, result);
    absl::MutexLock lock(&result.mutex);
    ATTACHE_RETURN_IF_ERROR(result.status);
    response.set_done_count(response.done_count() +
                            static_cast<int64_t>(batch.size()));
    response.set_changed_count(response.changed_count() + result.changed);
    // Briefings that came in meanwhile were counted by nobody.
    response.set_total_count(
        std::max(response.total_count(), response.done_count()));
    progress(response);
  }
}

// Sends the latest progress; what a slow client does not take in time is
// overwritten by what comes after. Lives until gRPC and the thread are done.
class Reparse::Call
    : public grpc::ServerWriteReactor<v1::ReparseBriefingsResponse> {
 public:
  static std::shared_ptr<Call> Make(std::shared_ptr<rpc::AdmittedCall> admitted,
                                    outbox::Outbox* outbox) {
    auto call = std::make_shared<Call>(std::move(admitted), outbox);
    call->self_ = call;
    call->admitted_->OnRevoked(
        [weak = std::weak_ptr<Call>(call)](const absl::Status& status) {
          if (const auto revoked = weak.lock()) revoked->Revoke(status);
        });
    return call;
  }
  Call(std::shared_ptr<rpc::AdmittedCall> admitted, outbox::Outbox* outbox)
      : admitted_(std::move(admitted)), outbox_(outbox) {}

  outbox::Cancelled cancelled() const { return cancelled_; }
  void Cancel() {
    cancelled_->store(true);
    outbox_->WakeForCancelled();
  }

  // As Cancel, with `status`: the client may do this no more.
  void Revoke(const absl::Status& status) {
    {
      absl::MutexLock lock(&mutex_);
      revoked_ = status;
    }
    Cancel();
  }

  void Report(const v1::ReparseBriefingsResponse& response) {
    absl::MutexLock lock(&mutex_);
    next_ = response;
    Advance();
  }
  void End(absl::Status status) {
    absl::MutexLock lock(&mutex_);
    end_ = std::move(status);
    Advance();
  }

  void OnWriteDone(bool ok) override {
    absl::MutexLock lock(&mutex_);
    writing_ = false;
    if (!ok) Cancel();
    Advance();
  }
  void OnCancel() override { Cancel(); }
  void OnDone() override { self_.reset(); }

 private:
  void Advance() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (writing_ || finished_) return;
    if (next_.has_value() && !cancelled_->load()) {
      writing_ = true;
      written_ = *std::exchange(next_, std::nullopt);
      StartWrite(&written_);
    } else if (end_.has_value()) {
      finished_ = true;
      Finish(rpc::ToGrpcStatus(revoked_.ok() ? *end_ : revoked_));
    }
  }

  const std::shared_ptr<rpc::AdmittedCall> admitted_;
  outbox::Outbox* const outbox_;
  const std::shared_ptr<std::atomic<bool>> cancelled_ =
      std::make_shared<std::atomic<bool>>(false);
  std::shared_ptr<Call> self_;
  absl::Mutex mutex_;
  v1::ReparseBriefingsResponse written_;
  std::optional<v1::ReparseBriefingsResponse> next_ ABSL_GUARDED_BY(mutex_);
  std::optional<absl::Status> end_ ABSL_GUARDED_BY(mutex_);
  absl::Status revoked_ ABSL_GUARDED_BY(mutex_);  // OK where it is not
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

Reparse::~Reparse() {
  Drain();
  std::thread last;
  {
    absl::MutexLock lock(&mutex_);
    last = std::move(thread_);
  }
  if (last.joinable()) last.join();
}

absl::Status Reparse::Admit(const std::shared_ptr<Call>& call,
                            bool outdated_only) {
  absl::MutexLock lock(&mutex_);
  if (draining_) return ReparseDrainingError();
  if (running_ != nullptr) {
    return WithRetryAfter(
        MakeError(v1::ERROR_REASON_RATE_LIMITED,
                  "Briefings are being parsed again already; one call at a "
                  "time does.",
                  {{"limit", "1"}}),
        absl::Seconds(10));
  }
  if (thread_.joinable()) thread_.join();
  running_ = call;
  thread_ = std::thread([this, call, outdated_only] {
    absl::Status status =
        ReparseAll(intake_->parts(), outdated_only, call->cancelled(),
                   [&](const v1::ReparseBriefingsResponse& progress) {
                     call->Report(progress);
                   });
    {
      absl::MutexLock inner(&mutex_);
      running_ = nullptr;
      if (absl::IsCancelled(status) && draining_) {
        status = ReparseDrainingError();
      }
    }
    call->End(std::move(status));
  });
  return absl::OkStatus();
}

grpc::ServerWriteReactor<v1::ReparseBriefingsResponse>* Reparse::Start(
    std::shared_ptr<rpc::AdmittedCall> admitted_call, bool outdated_only) {
  const std::shared_ptr<Call> call =
      Call::Make(std::move(admitted_call), intake_->parts().outbox);
  if (absl::Status admitted = Admit(call, outdated_only); !admitted.ok()) {
    call->End(std::move(admitted));
  }
  return call.get();
}

void Reparse::Drain() {
  absl::MutexLock lock(&mutex_);
  draining_ = true;
  if (running_ != nullptr) running_->Cancel();
}

}  // namespace attache
