#include "tests/query_service/service/watcher.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/error.h"
#include "common/rpc/status.h"
#include "gtest/gtest.h"
#include "tests/query_service/service/watch_filters.h"

namespace attache::testing {

Watcher::Watcher(WatchServer& server, WatchModel& model, WatchCounts& counts,
                 uint32_t seed)
    : server_(server),
      model_(model),
      counts_(counts),
      random_(seed),
      filter_(RandomWatchFilter(random_)),
      basic_(random_.OneIn(2)) {}

void Watcher::Run(const std::atomic<int64_t>& last) {
  while (!::testing::Test::HasFatalFailure() &&
         (last == 0 || revision_ < last)) {
    Connect(last);
    if (random_.OneIn(4)) absl::SleepFor(absl::Milliseconds(30));
  }
}

void Watcher::Connect(const std::atomic<int64_t>& last) {
  pending_.clear();
  incomplete_.clear();
  matches_.clear();
  if (revision_ == 0) {
    sent_.clear();
    state_.clear();
    counts_.afresh++;
  } else {
    counts_.resumed++;
  }
  v1::WatchTripRecordsRequest request;
  request.set_filter(filter_.text);
  request.set_start_revision(revision_);
  if (revision_ != 0) request.set_index_id(index_id_);
  request.set_view(basic_ ? v1::RECORD_VIEW_BASIC : v1::RECORD_VIEW_FULL);
  request.mutable_progress_interval()->set_nanos(100'000'000);
  const auto stub = server_.Stub();
  grpc::ClientContext context;
  const auto reader = stub->WatchTripRecords(&context, request);
  v1::WatchTripRecordsResponse response;
  const bool resumed = revision_ != 0;
  synced_ = resumed;
  bool ended = false;
  for (int left = 1 + random_.Below(25);
       left > 0 && !ended && (last == 0 || revision_ < last); --left) {
    ended = !reader->Read(&response);
    if (!ended) {
      ASSERT_NO_FATAL_FAILURE(Take(response, resumed));
    }
  }
  // Else the status that came would be lost.
  if (!ended) context.TryCancel();
  const absl::Status status = rpc::FromGrpcStatus(reader->Finish());
  const auto details = DetailsOf(status);
  if (details && details->reason == "HISTORY_GONE") {
    counts_.gone++;
    revision_ = 0;
    return;
  }
  ASSERT_TRUE(absl::IsCancelled(status) || absl::IsUnavailable(status))
      << status << " " << filter_.text;
}

void Watcher::Take(const v1::WatchTripRecordsResponse& response, bool resumed) {
  if (!index_id_.empty()) {
    ASSERT_EQ(response.index_id(), index_id_);
  }
  index_id_ = response.index_id();
  for (const auto& change : response.changes()) {
    ASSERT_NO_FATAL_FAILURE(Fold(change));
  }
  if (response.synced()) {
    ASSERT_FALSE(resumed || synced_);
    synced_ = true;
    CatchUp(response.revision(), nullptr);
    ASSERT_NO_FATAL_FAILURE(Compare(response.revision()));
    pending_.clear();
    return;
  }
  if (response.revision() == 0) return;
  // Bookmarks do not go back.
  ASSERT_TRUE(synced_);
  ASSERT_GE(response.revision(), revision_);
  std::vector<std::string> expected;
  CatchUp(response.revision(), &expected);
  ASSERT_EQ(pending_, expected) << filter_.text << " in (" << revision_ << ", "
                                << response.revision() << "]";
  counts_.changes += static_cast<int>(pending_.size());
  pending_.clear();
  ASSERT_NO_FATAL_FAILURE(Compare(response.revision()));
}

void Watcher::Fold(const v1::TripChange& change) {
  const v1::TripRecord& record = change.trip_record();
  if (!synced_) {
    ASSERT_EQ(change.kind(), v1::TripChange::KIND_UPSERTED);
    ASSERT_TRUE(matches_.emplace(record.record_id(), record).second);
    return;
  }
  const bool removed = change.kind() == v1::TripChange::KIND_REMOVED;
  pending_.push_back(absl::StrCat(removed ? "-" : "+", record.record_id(), "@",
                                  change.revision()));
  if (!removed) {
    ASSERT_EQ(record.revision(), change.revision());
  }
  incomplete_.push_back(change);
}

void Watcher::CatchUp(int64_t revision, std::vector<std::string>* expected) {
  const bool from_start = expected == nullptr;
  if (from_start) plain_at_ = 0;
  for (int64_t at = plain_at_ + 1; at <= revision; ++at) {
    for (const WatchModel::Change& change : model_.At(at)) {
      const bool before = change.before && filter_.holds(*change.before);
      const bool after = change.after && filter_.holds(*change.after);
      if (after) {
        v1::TripRecord record = *change.after;
        record.set_revision(at);
        if (basic_) {
          record.clear_tables();
          record.clear_evidence();
        }
        state_[change.record_id] = std::move(record);
      } else {
        state_.erase(change.record_id);
      }
      if (expected != nullptr && (before || after)) {
        expected->push_back(
            absl::StrCat(after ? "+" : "-", change.record_id, "@", at));
      }
    }
  }
  plain_at_ = revision;
}

void Watcher::Compare(int64_t revision) {
  for (const auto& change : incomplete_) {
    const v1::TripRecord& record = change.trip_record();
    if (change.kind() == v1::TripChange::KIND_REMOVED) {
      ASSERT_EQ(sent_.erase(record.record_id()), 1u) << filter_.text;
    } else {
      sent_[record.record_id()] = record;
    }
  }
  incomplete_.clear();
  for (auto& [id, record] : matches_) sent_[id] = std::move(record);
  matches_.clear();
  ASSERT_EQ(sent_.size(), state_.size()) << filter_.text << " at " << revision;
  for (auto& [id, record] : sent_) {
    ASSERT_TRUE(record.revision() > 0);
    record.clear_index_time();
    ASSERT_EQ(Serialize(record), Serialize(state_.at(id)));
  }
  revision_ = revision;
  counts_.revisions++;
}

}  // namespace attache::testing
