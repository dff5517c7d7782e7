#include "tests/faults/observers.h"

#include <chrono>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"

namespace attache::testing {
namespace {

constexpr std::chrono::seconds kReadTimeout{20};
constexpr std::chrono::seconds kWatchTimeout{5};
constexpr absl::Duration kReadInterval = absl::Milliseconds(150);
constexpr absl::Duration kRetryDelay = absl::Milliseconds(30);

// What the record says of itself in two places; -1 where these disagree.
int64_t VersionOf(const v1::TripRecord& record) {
  const auto label = record.labels().find("version");
  return label != record.labels().end() &&
                 label->second == absl::StrCat(record.source().version())
             ? record.source().version()
             : -1;
}

SeenRecord ToSeen(const v1::TripRecord& record) {
  return {record.record_id(), record.source().briefing_id(), VersionOf(record)};
}

// Keeps what a watch tells of the index.
class Follower {
 public:
  Follower(History* history, const std::atomic<bool>& stopping)
      : history_(*history), stopping_(stopping) {}

  // Until the stream breaks.
  void Follow(v1::TripQueryService::Stub& stub) {
    // The start is sent anew where it was not told to its end.
    if (revision_ == 0) records_.clear();
    v1::WatchTripRecordsRequest request;
    request.set_start_revision(revision_);
    request.set_index_id(index_id_);
    request.mutable_progress_interval()->set_nanos(100'000'000);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kWatchTimeout);
    const auto stream = stub.WatchTripRecords(&context, request);
    v1::WatchTripRecordsResponse response;
    while (stream->Read(&response)) {
      Take(response);
      if (stopping_) context.TryCancel();
    }
    const grpc::Status status = stream->Finish();
    EXPECT_NE(status.error_code(), grpc::StatusCode::OUT_OF_RANGE)
        << status.error_message();
    // What came of a revision that was not told to its end comes again.
    started_.clear();
  }

 private:
  void Take(const v1::WatchTripRecordsResponse& response) {
    for (const v1::TripChange& change : response.changes()) {
      if (revision_ > 0) {
        EXPECT_GT(change.revision(), revision_) << "a change was sent again";
      }
      started_.push_back(change);
    }
    if (!response.index_id().empty()) index_id_ = response.index_id();
    if (response.revision() == 0) return;
    EXPECT_GE(response.revision(), revision_);
    revision_ = response.revision();
    for (const v1::TripChange& change : started_) {
      if (change.kind() == v1::TripChange::KIND_REMOVED) {
        records_.erase(change.trip_record().record_id());
      } else {
        records_[change.trip_record().record_id()] =
            ToSeen(change.trip_record());
      }
    }
    started_.clear();
    if (absl::Now() - last_note_ < kReadInterval) return;
    last_note_ = absl::Now();
    // Of no moment: a watch may be behind.
    Read read{.revision = revision_, .records = {}};
    for (const auto& [id, record] : records_) read.records.push_back(record);
    history_.AddRead(std::move(read));
  }

  History& history_;
  const std::atomic<bool>& stopping_;
  int64_t revision_ = 0;
  std::string index_id_;
  std::map<std::string, SeenRecord> records_;
  std::vector<v1::TripChange> started_;
  absl::Time last_note_ = absl::InfinitePast();
};

}  // namespace

std::optional<Read> ReadIndex(v1::TripQueryService::Stub& stub) {
  v1::ExportTripRecordsRequest request;
  request.set_view(v1::RECORD_VIEW_BASIC);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kReadTimeout);
  const auto stream = stub.ExportTripRecords(&context, request);
  Read read;
  v1::ExportTripRecordsResponse response;
  while (stream->Read(&response)) {
    read.revision = response.revision();
    for (const v1::TripRecord& record : response.trip_records()) {
      read.records.push_back(ToSeen(record));
    }
  }
  if (!stream->Finish().ok()) return std::nullopt;
  return read;
}

Observers::Observers(Connect connect, History* history) {
  threads_.emplace_back([this, connect, history] {
    while (!stopping_) {
      const Moment begun = history->Now();
      std::optional<Read> read = ReadIndex(*connect());
      if (read.has_value()) {
        read->begun = begun;
        history->AddRead(*std::move(read));
      }
      absl::SleepFor(kReadInterval);
    }
  });
  threads_.emplace_back([this, connect, history] {
    Follower follower(history, stopping_);
    while (!stopping_) {
      follower.Follow(*connect());
      if (!stopping_) absl::SleepFor(kRetryDelay);
    }
  });
}

Observers::~Observers() { Stop(); }

void Observers::Stop() {
  stopping_ = true;
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace attache::testing
