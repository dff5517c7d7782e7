// The part of Sender that puts pending writes on the stream.
#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/status_macros.h"
#include "ingestor/outbox/sender.h"

namespace attache::outbox {
namespace {

constexpr int kMaxBatchWrites = 64;
constexpr int64_t kMaxBatchBytes = int64_t{1} << 20;
// Key and length of a write within its batch.
constexpr int64_t kFramingBytes = 8;

}  // namespace

absl::StatusOr<bool> Sender::SendPending(Stream* stream) {
  v1::StreamTripRecordsRequest request;
  while (true) {
    int64_t after = 0, max_bytes = 0;
    {
      absl::MutexLock lock(&mutex_);
      after = session_.sent_sequence();
      max_bytes = std::min(session_.max_batch_bytes(), kMaxBatchBytes);
    }
    ATTACHE_ASSIGN_OR_RETURN(
        const std::vector<PendingWrite> pending,
        reader_->ReadPending(after, kMaxBatchWrites, max_bytes));
    request.Clear();
    ATTACHE_RETURN_IF_ERROR(
        FillBatch(pending, max_bytes, request.mutable_batch()));
    if (request.batch().writes().empty()) return true;
    if (!stream->Write(request)) return false;
  }
}

absl::StatusOr<v1::RecordWrite> Sender::Load(const PendingWrite& write) {
  v1::RecordWrite message;
  if (!message.ParseFromString(write.bytes)) {
    return absl::DataLossError(
        absl::StrCat("Write ", write.sequence, " of the outbox is damaged."));
  }
  message.set_sequence(write.sequence);
  const auto size = static_cast<int64_t>(message.ByteSizeLong());
  absl::MutexLock lock(&mutex_);
  if (size <= session_.max_write_bytes()) return message;
  // Accepted before the service lowered its limit. The stream would end over
  // it each time, so its sequence goes with a form that the service refuses
  // alone, and changes nothing there.
  oversized_[write.sequence] = size;
  v1::RecordWrite refusable;
  refusable.set_sequence(write.sequence);
  refusable.set_briefing_id(message.briefing_id());
  refusable.set_version(-1);
  return refusable;
}

std::vector<v1::RejectedWrite> Sender::TrueReasons(
    std::vector<v1::RejectedWrite> rejected) {
  absl::MutexLock lock(&mutex_);
  for (v1::RejectedWrite& write : rejected) {
    const auto found = oversized_.find(write.sequence());
    if (found == oversized_.end()) continue;
    *write.mutable_status() = ToItemStatus(
        MakeError(v1::ERROR_REASON_RECORD_TOO_LARGE,
                  absl::StrCat("The records take ", found->second,
                               " bytes; the query service takes at most ",
                               session_.max_write_bytes(), "."),
                  {{"limit", absl::StrCat(session_.max_write_bytes())}}));
    oversized_.erase(found);
  }
  return rejected;
}

absl::Status Sender::FillBatch(const std::vector<PendingWrite>& pending,
                               int64_t max_bytes, v1::WriteBatch* batch) {
  int64_t batch_bytes = 0;
  for (const PendingWrite& write : pending) {
    ATTACHE_ASSIGN_OR_RETURN(v1::RecordWrite message, Load(write));
    const auto bytes = static_cast<int64_t>(message.ByteSizeLong());
    batch_bytes += bytes + kFramingBytes;
    if (!batch->writes().empty() && batch_bytes > max_bytes) break;
    absl::MutexLock lock(&mutex_);
    if (!session_.MaySend(bytes)) break;
    session_.OnSent(write.sequence, bytes);
    *batch->add_writes() = std::move(message);
  }
  return absl::OkStatus();
}

}  // namespace attache::outbox
