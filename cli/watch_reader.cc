#include "cli/watch_reader.h"

#include <algorithm>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/client.h"
#include "common/error.h"
#include "common/rpc/status.h"

namespace attache::cli {
namespace {

constexpr absl::Duration kLongestWatchDelay = absl::Seconds(10);

bool HasReason(const absl::Status& status, v1::ErrorReason reason) {
  const auto details = DetailsOf(status);
  return details && details->reason == ReasonName(reason);
}

}  // namespace

absl::Status WatchReader::Run(v1::WatchTripRecordsRequest request,
                              const Take& take, const Tell& tell) {
  absl::Duration delay = kFirstRetryDelay;
  bool told = false;
  while (true) {
    const grpc::Status status = RunOnce(request, take);
    if (done_ || stopped()) return absl::OkStatus();
    if (answered_) {
      delay = kFirstRetryDelay;
      told = false;
    }
    const absl::Status error = rpc::FromGrpcStatus(status);
    // An error of its own comes from the service as well.
    reached_ = reached_ || DetailsOf(error).has_value();
    // A stream of changes has no end of its own.
    const bool passing = status.ok() || IsPassing(status);
    if (!passing || !reached_) {
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
    if (!Wait(std::max(delay, RetryDelayOf(status)))) return absl::OkStatus();
    delay = std::min(2 * delay, kLongestWatchDelay);
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
  constexpr absl::string_view kStartOver =
      "; start over with attache watch without --since, which shows all that "
      "matches first";
  const absl::Status error = ServiceError(status, kQueryService, address_);
  if (HasReason(error, v1::ERROR_REASON_INDEX_REPLACED)) {
    return absl::Status(
        error.code(),
        absl::StrCat("the query service has another index now", kStartOver));
  }
  if (HasReason(error, v1::ERROR_REASON_HISTORY_GONE)) {
    const ErrorDetails details = DetailsOf(error).value_or(ErrorDetails{});
    std::string held;
    for (const auto& [key, value] : details.metadata) {
      if (key == "oldest_revision") held = absl::StrCat(", only after ", value);
    }
    return absl::Status(
        error.code(),
        absl::StrCat("the query service no longer holds what changed after "
                     "revision ",
                     revision, held, kStartOver));
  }
  return error;
}

}  // namespace attache::cli
