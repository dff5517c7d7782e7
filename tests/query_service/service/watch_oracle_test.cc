// The promises of a watch (ordered, unique, reliable, atomic, resumable,
// bookmarked) against plain code: watchers come and go at random while records
// are written, the service is stopped and started, and the history is cut.
#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/error.h"
#include "common/rpc/status.h"
#include "gtest/gtest.h"
#include "tests/query_service/service/watch_server.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {
namespace {

using Records = std::map<std::string, v1::TripRecord>;

// A filter, and the same as plain code.
struct Filter {
  std::string text;
  std::function<bool(const v1::TripRecord&)> holds;
};

template <typename Items, typename F>
bool Any(const Items& items, F holds) {
  return std::any_of(items.begin(), items.end(), holds);
}

Filter Restriction(RandomRecords& random) {
  static const char* const kCountries[] = {"BR", "PE", "BE", "US"};
  const std::string country = kCountries[random.Below(4)];
  switch (random.Below(7)) {
    case 0:
      return {absl::StrCat("visits.country_code:\"", country, "\""),
              [country](const v1::TripRecord& r) {
                return Any(r.visits(), [&](const auto& visit) {
                  return visit.country_code() == country;
                });
              }};
    case 1:
      return {absl::StrCat("travelers.country_code:\"", country, "\""),
              [country](const v1::TripRecord& r) {
                return Any(r.travelers(), [&](const auto& traveler) {
                  return traveler.country_code() == country;
                });
              }};
    case 2:
      return {"status = CANCELLED", [](const v1::TripRecord& r) {
                return r.status() == v1::TRIP_STATUS_CANCELLED;
              }};
    case 3:
      return {"labels.desk = \"a\"", [](const v1::TripRecord& r) {
                const auto desk = r.labels().find("desk");
                return desk != r.labels().end() && desk->second == "a";
              }};
    case 4:
      return {"sectors.sector_id:\"energy\"", [](const v1::TripRecord& r) {
                return Any(r.sectors(), [](const auto& sector) {
                  return sector.sector_id().rfind("energy", 0) == 0;
                });
              }};
    case 5:
      return {"extraction.confidence >= 0.5", [](const v1::TripRecord& r) {
                return r.extraction().confidence() >= 0.5F;
              }};
    default:
      return {absl::StrCat("record_id = \"b", random.Below(6), "#1\""),
              nullptr};
  }
}

Filter Random(RandomRecords& random) {
  const auto atom = [&random] {
    Filter filter = Restriction(random);
    if (filter.holds == nullptr) {
      const std::string id =
          filter.text.substr(13, filter.text.size() - 14);  // record_id = "…"
      filter.holds = [id](const v1::TripRecord& r) {
        return r.record_id() == id;
      };
    }
    return filter;
  };
  switch (random.Below(5)) {
    case 0:
      return {"", [](const v1::TripRecord&) { return true; }};
    case 1: {
      Filter a = atom();
      return {absl::StrCat("NOT ", a.text),
              [a](const v1::TripRecord& r) { return !a.holds(r); }};
    }
    case 2: {
      Filter a = atom();
      Filter b = atom();
      return {absl::StrCat(a.text, " AND NOT ", b.text),
              [a, b](const v1::TripRecord& r) {
                return a.holds(r) && !b.holds(r);
              }};
    }
    case 3: {
      Filter a = atom();
      Filter b = atom();
      return {
          absl::StrCat(a.text, " OR ", b.text),
          [a, b](const v1::TripRecord& r) { return a.holds(r) || b.holds(r); }};
    }
    default:
      return atom();
  }
}

// What every revision changed. Filled ahead of the service.
class Model {
 public:
  struct Change {
    std::string record_id;
    std::optional<v1::TripRecord> before;
    std::optional<v1::TripRecord> after;
  };

  void Write(const v1::RecordWrite& write) {
    std::map<std::string, Change> changes;
    const std::string prefix = write.briefing_id() + "#";
    for (auto held = now_.begin(); held != now_.end();) {
      if (held->first.rfind(prefix, 0) == 0) {
        changes[held->first].before = std::move(held->second);
        held = now_.erase(held);
      } else {
        ++held;
      }
    }
    for (const auto& record : write.records()) {
      changes[record.record_id()].after = record;
      now_[record.record_id()] = record;
    }
    std::vector<Change> list;
    for (auto& [id, change] : changes) {
      change.record_id = id;
      list.push_back(std::move(change));
    }
    const std::scoped_lock lock(mutex_);
    revisions_.push_back(std::move(list));
  }

  // By revision, from 1.
  std::vector<Change> At(int64_t revision) {
    const std::scoped_lock lock(mutex_);
    return revisions_.at(static_cast<size_t>(revision - 1));
  }

 private:
  Records now_;  // of the writer alone
  std::mutex mutex_;
  std::vector<std::vector<Change>> revisions_;
};

struct Counts {
  std::atomic<int> resumed = 0;
  std::atomic<int> gone = 0;
  std::atomic<int> afresh = 0;
  std::atomic<int> revisions = 0;
  std::atomic<int> changes = 0;
};

// A client that folds what it is sent, forgets what a broken stream left
// incomplete, and holds each complete revision against the model.
class Watcher {
 public:
  Watcher(WatchServer& server, Model& model, Counts& counts, uint32_t seed)
      : server_(server),
        model_(model),
        counts_(counts),
        random_(seed),
        filter_(Random(random_)),
        basic_(random_.OneIn(2)) {}

  // Until it has seen revision `last`, which is set at the end.
  void Run(const std::atomic<int64_t>& last) {
    while (!::testing::Test::HasFatalFailure() &&
           (last == 0 || revision_ < last)) {
      Connect(last);
      if (random_.OneIn(4)) absl::SleepFor(absl::Milliseconds(30));
    }
  }

 private:
  void Connect(const std::atomic<int64_t>& last) {
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

  void Take(const v1::WatchTripRecordsResponse& response, bool resumed) {
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
    ASSERT_EQ(pending_, expected) << filter_.text << " in (" << revision_
                                  << ", " << response.revision() << "]";
    counts_.changes += static_cast<int>(pending_.size());
    pending_.clear();
    ASSERT_NO_FATAL_FAILURE(Compare(response.revision()));
  }

  // `sent_` holds only complete revisions: what is pending stands apart until
  // its revision is complete.
  void Fold(const v1::TripChange& change) {
    const v1::TripRecord& record = change.trip_record();
    if (!synced_) {
      ASSERT_EQ(change.kind(), v1::TripChange::KIND_UPSERTED);
      ASSERT_TRUE(matches_.emplace(record.record_id(), record).second);
      return;
    }
    const bool removed = change.kind() == v1::TripChange::KIND_REMOVED;
    pending_.push_back(absl::StrCat(removed ? "-" : "+", record.record_id(),
                                    "@", change.revision()));
    if (!removed) {
      ASSERT_EQ(record.revision(), change.revision());
    }
    incomplete_.push_back(change);
  }

  // Moves `state_`, the plain evaluation, on to `revision`.
  void CatchUp(int64_t revision, std::vector<std::string>* expected) {
    const bool from_start = expected == nullptr;
    if (from_start) plain_at_ = 0;
    for (int64_t at = plain_at_ + 1; at <= revision; ++at) {
      for (const Model::Change& change : model_.At(at)) {
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

  void Compare(int64_t revision) {
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
    ASSERT_EQ(sent_.size(), state_.size())
        << filter_.text << " at " << revision;
    for (auto& [id, record] : sent_) {
      ASSERT_TRUE(record.revision() > 0);
      record.clear_index_time();
      ASSERT_EQ(Serialize(record), Serialize(state_.at(id)));
    }
    revision_ = revision;
    counts_.revisions++;
  }

  WatchServer& server_;
  Model& model_;
  Counts& counts_;
  RandomRecords random_;
  const Filter filter_;
  const bool basic_;
  std::string index_id_;
  int64_t revision_ = 0;  // the last complete one
  bool synced_ = false;
  Records matches_;                         // of the start, so far
  std::vector<v1::TripChange> incomplete_;  // after revision_
  std::vector<std::string> pending_;        // the same as text
  Records sent_;                            // at revision_
  Records state_;                           // by plain code, at plain_at_
  int64_t plain_at_ = 0;
};

class WatchOracle : public ::testing::TestWithParam<uint32_t> {};

TEST_P(WatchOracle, WatchersSeeWhatThePlainEvaluationSees) {
  RandomRecords random(GetParam());
  QueryServerOptions options;
  static constexpr int64_t kRevisions[] = {1'000'000, 40, 5};
  options.history.revisions = kRevisions[GetParam() % 3];
  WatchServer server(options);
  Model model;
  Counts counts;
  std::atomic<int64_t> last = 0;
  std::vector<std::thread> threads;
  for (uint32_t i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      Watcher(server, model, counts, 1000 * GetParam() + i).Run(last);
    });
  }
  for (int step = 0; step < 150; ++step) {
    if (step % 40 == 39) {
      server.Stop(/*drain=*/random.OneIn(2));
      server.Start();
    }
    std::vector<v1::RecordWrite> writes;
    for (int i = random.Below(step % 25 == 0 ? 40 : 4); i >= 0; --i) {
      v1::RecordWrite& write = writes.emplace_back();
      write.set_briefing_id(absl::StrCat("b", random.Below(12)));
      for (const auto& record : random.Briefing(write.briefing_id())) {
        *write.add_records() = record;
      }
      write.set_withdrawn(write.records().empty() && random.OneIn(2));
      model.Write(write);
    }
    server.Write(std::move(writes));
    if (HasFatalFailure()) break;
    if (random.OneIn(3)) absl::SleepFor(absl::Milliseconds(random.Below(40)));
  }
  last = server.revision();
  for (std::thread& thread : threads) thread.join();
  // Else nothing much was tried.
  EXPECT_GT(counts.resumed, 20);
  EXPECT_GT(counts.revisions, 200);
  EXPECT_GT(counts.changes, 500);
  RecordProperty("resumed", counts.resumed);
  RecordProperty("history_gone", counts.gone);
  RecordProperty("afresh", counts.afresh);
}

INSTANTIATE_TEST_SUITE_P(Seeds, WatchOracle, ::testing::Range(0u, 6u));

}  // namespace
}  // namespace attache::testing
