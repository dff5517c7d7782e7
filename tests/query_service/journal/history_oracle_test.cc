// The history against a model that keeps a plain list of all that ever changed.
#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query_service/journal/journal.h"
#include "tests/query_service/journal/journal_support.h"
#include "tests/support/temp_directory.h"

namespace attache::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

struct Model {
  struct Record {
    std::string briefing;
    std::string wire;
  };
  std::map<std::string, Record> records;
  std::vector<HistoryChange> changes;
  HistoryOptions options;
  int64_t revision = 0;
  int64_t oldest_revision = 0;

  void Take(v1::RecordWrite write) {
    ++revision;
    const std::map<std::string, Record> before = records;
    std::set<std::string> touched;
    for (const auto& [id, record] : before) {
      if (record.briefing != write.briefing_id()) continue;
      touched.insert(id);
      records.erase(id);
    }
    for (v1::TripRecord& record : *write.mutable_records()) {
      touched.insert(record.record_id());
      records[record.record_id()] = {
          write.briefing_id(),
          ToJournaled(record, revision, absl::UnixEpoch()).wire};
    }
    if (options.KeepsNone()) return;
    for (const std::string& id : touched) {
      changes.push_back({.revision = revision,
                         .record_id = id,
                         .before = Wire(before, id),
                         .after = Wire(records, id)});
    }
  }

  // At the end of a commit. Whole revisions go.
  void Cut() {
    const int64_t limit = options.KeepsNone() ? 0 : options.revisions;
    oldest_revision = std::max(oldest_revision, revision - limit);
    Forget();
    while (!changes.empty() &&
           (options.KeepsNone() || Bytes() > options.bytes)) {
      oldest_revision = std::max(oldest_revision, changes.front().revision);
      Forget();
    }
  }

  std::vector<HistoryChange> After(int64_t after_revision) const {
    std::vector<HistoryChange> after;
    for (const HistoryChange& change : changes) {
      if (change.revision > after_revision) after.push_back(change);
    }
    return after;
  }

 private:
  static std::optional<std::string> Wire(
      const std::map<std::string, Record>& records, const std::string& id) {
    const auto found = records.find(id);
    if (found == records.end()) return std::nullopt;
    return found->second.wire;
  }
  void Forget() {
    std::erase_if(changes, [this](const HistoryChange& change) {
      return change.revision <= oldest_revision;
    });
  }
  int64_t Bytes() const {
    int64_t bytes = 0;
    for (const HistoryChange& change : changes) {
      bytes += static_cast<int64_t>(change.record_id.size() +
                                    change.before.value_or("").size() + 96);
    }
    return bytes;
  }
};

class HistoryOracle : public ::testing::TestWithParam<uint32_t> {
 protected:
  HistoryOracle() : random_(GetParam()) {
    Reopen();
    EXPECT_TRUE(journal_->Greet(MakeHello("p", 1, 0, 0)).ok());
  }

  size_t Pick(size_t below) { return random_() % below; }

  void Reopen() {
    model_.options = {};
    switch (Pick(6)) {
      case 0:
        model_.options.revisions = static_cast<int64_t>(Pick(20));
        break;
      case 1:
        model_.options.bytes = static_cast<int64_t>(Pick(4000));
        break;
      case 2:
        model_.options = {.revisions = static_cast<int64_t>(1 + Pick(40)),
                          .bytes = static_cast<int64_t>(1 + Pick(6000))};
        break;
      default:
        break;
    }
    journal_.reset();
    journal_ = OpenJournal(directory_.path(), model_.options);
    ASSERT_NE(journal_, nullptr);
    reader_ = *journal_->OpenHistory();
  }

  // Of any briefing and any records, whoever holds them.
  v1::RecordWrite RandomWrite() {
    v1::RecordWrite write;
    write.set_sequence(++sequence_);
    write.set_briefing_id(absl::StrCat("b", Pick(6)));
    if (Pick(4) == 0) {
      write.set_withdrawn(true);
      return write;
    }
    std::set<size_t> ids;
    for (size_t i = 0, count = Pick(4); i < count; ++i) ids.insert(Pick(10));
    for (const size_t id : ids) {
      v1::TripRecord* record = write.add_records();
      record->set_record_id(absl::StrCat("r", id));
      record->set_title(std::string(Pick(300), 'a' + Pick(3)));
    }
    return write;
  }

  void CommitRandomly() {
    std::vector<ArrivedWrite> group;
    for (size_t i = 0, count = 1 + Pick(6); i < count; ++i) {
      group.push_back(
          {.producer_id = "p", .write = RandomWrite(), .refusal = {}});
      model_.Take(group.back().write);
    }
    model_.Cut();
    const auto committed =
        journal_->Commit(absl::MakeSpan(group), absl::UnixEpoch());
    ASSERT_TRUE(committed.ok()) << committed.status();
  }

  void CheckRecords() {
    std::map<std::string, std::string> held;
    const auto status =
        journal_->Load(1000, [&](std::vector<JournaledBriefing> chunk) {
          for (const JournaledBriefing& briefing : chunk) {
            for (const JournaledRecord& record : briefing.records) {
              EXPECT_TRUE(held.emplace(record.record_id, record.wire).second);
            }
          }
          return absl::OkStatus();
        });
    ASSERT_TRUE(status.ok()) << status;
    std::map<std::string, std::string> expected;
    for (const auto& [id, record] : model_.records) expected[id] = record.wire;
    ASSERT_EQ(held, expected);
  }

  // From a random point on, in chunks of a random size.
  void CheckHistory() {
    ASSERT_EQ(journal_->oldest_revision(), model_.oldest_revision);
    const int64_t start = model_.oldest_revision +
                          static_cast<int64_t>(Pick(
                              model_.revision - model_.oldest_revision + 1));
    const size_t max_bytes = Pick(3) == 0 ? size_t{1} << 20 : Pick(2000);
    std::vector<HistoryChange> read;
    for (int64_t reached = start; reached < model_.revision;) {
      const auto chunk = reader_->Read(reached, max_bytes);
      ASSERT_TRUE(chunk.ok()) << chunk.status();
      ASSERT_GT(chunk->up_to, reached);
      CheckSize(*chunk, max_bytes);
      for (const HistoryChange& change : chunk->changes) {
        ASSERT_GT(change.revision, reached);
        ASSERT_LE(change.revision, chunk->up_to);
      }
      read.insert(read.end(), chunk->changes.begin(), chunk->changes.end());
      reached = chunk->up_to;
    }
    ASSERT_EQ(read, model_.After(start));
    if (model_.oldest_revision == 0) return;
    const auto gone =
        DetailsOf(reader_->Read(model_.oldest_revision - 1, 1000).status());
    ASSERT_TRUE(gone.has_value());
    EXPECT_EQ(gone->reason, "HISTORY_GONE");
    EXPECT_THAT(gone->metadata,
                ElementsAre(Pair("oldest_revision",
                                 absl::StrCat(model_.oldest_revision))));
  }

  // Only the last revision may lead over the limit.
  static void CheckSize(const HistoryChunk& chunk, size_t max_bytes) {
    size_t bytes = 0;
    for (const HistoryChange& change : chunk.changes) {
      if (change.revision == chunk.changes.back().revision) break;
      bytes += change.before.value_or("").size();
      bytes += change.after.value_or("").size();
    }
    EXPECT_LE(bytes, max_bytes);
  }

  std::mt19937 random_;
  TempDirectory directory_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<HistoryReader> reader_;
  Model model_;
  int64_t sequence_ = 0;
};

TEST_P(HistoryOracle, TellsWhatTheModelTells) {
  for (int step = 0; step < 60 && !HasFatalFailure(); ++step) {
    SCOPED_TRACE(absl::StrCat("step ", step));
    CommitRandomly();
    if (HasFatalFailure()) return;
    if (Pick(8) == 0) Reopen();
    CheckHistory();
    CheckRecords();
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, HistoryOracle, ::testing::Range(0u, 20u));

}  // namespace
}  // namespace attache::testing
