#include "cli/watch_reader.h"

#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"
#include "cli/client.h"
#include "common/error.h"
#include "common/rpc/status.h"

namespace attache::cli {
namespace {

constexpr absl::Duration kFirstDelay = absl::Milliseconds(250);
constexpr absl::Duration kLongestDelay = absl::Seconds(10);

// A stream of changes has no end of its own, and CANCELLED is what gRPC makes
// of a call that meets a server on its way out.
bool IsPassing(const grpc::Status& status) {
  return status.ok() || status.error_code() == grpc::StatusCode::UNAVAILABLE ||
         status.error_code() == grpc::StatusCode::CANCELLED;
}

// What the service asks to be given; zero where it asks for nothing.
absl::Duration RetryDelayOf(const absl::Status& error) {
  const auto details = DetailsOf(error);
  return details && details->retry_delay ? *details->retry_delay
                                         : absl::ZeroDuration();
}

bool HasReason(const absl::Status& status, v1::ErrorReason reason) {
  const auto details = DetailsOf(status);
  return details && details->reason == ReasonName(reason);
}

}  // namespace

absl::Status WatchReader::Run(v1::WatchTripRecordsRequest request,
                              const Take& take, const Tell& tell) {
  absl::Duration delay = kFirstDelay;
  bool told = false;
  while (true) {
    const grpc::Status status = RunOnce(request, take);
    if (done_ || stopped()) return absl::OkStatus();
    if (answered_) {
      delay = kFirstDelay;
      told = false;
    }
    const absl::Status error = rpc::FromGrpcStatus(status);
    // An error of its own comes from the service as well.
    reached_ = reached_ || DetailsOf(error).has_value();
    if (!IsPassing(status) || !reached_) {
      return Error(status, request.start_revision());
    }
    if (!told) {
      tell(absl::StrCat(HasReason(error, v1::ERROR_REASON_WATCHER_TOO_SLOW)
                            ? "too slow to keep up with the changes; "
                            : "the connection broke; ",
                        request.start_revision() == 0
                            ? std::string("watching from the start again")
                            : absl::StrCat("going on after revision ",
                                           request.start_revision())));
      told = true;
    }
    if (!Wait(std::max(delay, RetryDelayOf(error)))) return absl::OkStatus();
    delay = std::min(2 * delay, kLongestDelay);
  }
}

grpc::Status WatchReader::RunOnce(v1::WatchTripRecordsRequest& request,
                                  const Take& take) {
  grpc::ClientContext context;  // no deadline: it takes as long as it takes
  {
    const std::scoped_lock lock(mutex_);
    if (stopped_) return grpc::Status::CANCELLED;
    context_ = &context;
  }
  answered_ = false;
  const auto reader = stub_.WatchTripRecords(&context, request);
  v1::WatchTripRecordsResponse response;
  while (!done_ && reader->Read(&response)) {
    answered_ = true;
    reached_ = true;
    done_ = !take(response);
    if (response.revision() != 0) {
      request.set_start_revision(response.revision());
      request.set_index_id(response.index_id());
    }
  }
  if (done_) context.TryCancel();
  const grpc::Status status = reader->Finish();
  const std::scoped_lock lock(mutex_);
  context_ = nullptr;
  return status;
}

void WatchReader::Stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopped_ = true;
    if (context_ != nullptr) context_->TryCancel();
  }
  stop_.notify_all();
}

bool WatchReader::stopped() {
  const std::scoped_lock lock(mutex_);
  return stopped_;
}

bool WatchReader::Wait(absl::Duration delay) {
  std::unique_lock lock(mutex_);
  return !stop_.wait_for(lock, absl::ToChronoNanoseconds(delay),
                         [this] { return stopped_; });
}

absl::Status WatchReader::Error(const grpc::Status& status,
                                int64_t revision) const {
  const absl::Status error = ServiceError(status, kQueryService, address_);
  if (HasReason(error, v1::ERROR_REASON_HISTORY_GONE) ||
      HasReason(error, v1::ERROR_REASON_INDEX_REPLACED)) {
    return absl::Status(
        error.code(),
        absl::StrCat(
            HasReason(error, v1::ERROR_REASON_HISTORY_GONE)
                ? absl::StrCat("the query service no longer holds what changed "
                               "after revision ",
                               revision)
                : "the query service has another index now",
            "; start over with attache watch without --since, which shows all "
            "that matches first"));
  }
  return error;
}

}  // namespace attache::cli
