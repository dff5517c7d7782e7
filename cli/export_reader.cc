#include "cli/export_reader.h"

#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "cli/client.h"
#include "common/error.h"
#include "common/rpc/status.h"

namespace attache::cli {
namespace {

constexpr absl::Duration kLongestExportDelay = absl::Seconds(1);

}  // namespace

absl::Status ExportReader::Run(v1::ExportTripRecordsRequest request,
                               const Take& take) {
  absl::Duration delay = kFirstRetryDelay;
  absl::Time last_news = absl::Now();
  while (true) {
    const int64_t responses_before = response_count_;
    grpc::Status status = RunOnce(request, take);
    if (!refused_.ok()) return refused_;
    // Whatever became of the stream after its last response.
    if (finished_) return absl::OkStatus();
    if (status.ok()) {
      status = grpc::Status(grpc::StatusCode::UNAVAILABLE, "ended early");
    }
    const absl::Time now = absl::Now();
    if (response_count_ > responses_before) {
      delay = kFirstRetryDelay;
      last_news = now;
    }
    const absl::Duration wait = std::max(delay, RetryDelayOf(status));
    const absl::Duration patience =
        response_count_ > 0 ? patience_.later : patience_.at_first;
    if (!IsPassing(status) || now + wait > last_news + patience) {
      return Error(status);
    }
    absl::SleepFor(wait);
    // gRPC looks after its connections only while something waits for them.
    channel_->WaitForConnected(
        absl::ToChronoTime(absl::Now() + kLongestExportDelay));
    delay = std::min(delay * 2, kLongestExportDelay);
  }
}

grpc::Status ExportReader::RunOnce(v1::ExportTripRecordsRequest& request,
                                   const Take& take) {
  grpc::ClientContext context;  // no deadline: it takes as long as it takes
  const auto reader = stub_->ExportTripRecords(&context, request);
  v1::ExportTripRecordsResponse response;
  while (!finished_ && reader->Read(&response)) {
    refused_ = take(response);
    if (!refused_.ok()) break;
    ++response_count_;
    record_count_ += response.trip_records_size();
    revision_ = response.revision();
    request.set_page_token(response.next_page_token());
    finished_ = response.next_page_token().empty();
  }
  // Else Finish would wait for what is not read.
  if (finished_ || !refused_.ok()) context.TryCancel();
  return reader->Finish();
}

absl::Status ExportReader::Error(const grpc::Status& status) const {
  const absl::Status error = ServiceError(status, kQueryService, address_);
  if (response_count_ == 0) return error;
  const auto details = DetailsOf(error);
  const bool expired =
      details && details->reason == ReasonName(v1::ERROR_REASON_PAGE_EXPIRED);
  return absl::Status(
      error.code(),
      absl::StrCat(
          "the export broke off after ", record_count_, " records: ",
          expired
              ? absl::StrCat("the query service has let revision ", revision_,
                             " go (its --page_token_ttl says how long one "
                             "is held); start the export again")
              : std::string(error.message())));
}

}  // namespace attache::cli
