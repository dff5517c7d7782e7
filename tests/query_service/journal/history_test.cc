// What the journal keeps of the past, rule by rule.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/store/database.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query_service/journal/journal.h"
#include "tests/query_service/journal/file_size_limit.h"
#include "tests/query_service/journal/journal_support.h"
#include "tests/support/temp_directory.h"

namespace attache::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

constexpr size_t kAll = size_t{1} << 30;

std::string TitleOf(const std::optional<std::string>& wire) {
  if (!wire.has_value()) return "none";
  v1::TripRecord record;
  return record.ParseFromString(*wire) ? record.title() : "unreadable";
}

// "3 a#1 before -> after", by titles.
std::string ToString(const HistoryChange& change) {
  return absl::StrCat(change.revision, " ", change.record_id, " ",
                      TitleOf(change.before), " -> ", TitleOf(change.after));
}

std::vector<std::string> ToStrings(const HistoryChunk& chunk) {
  std::vector<std::string> changes;
  for (const HistoryChange& change : chunk.changes) {
    changes.push_back(ToString(change));
  }
  return changes;
}

class HistoryTest : public ::testing::Test {
 protected:
  HistoryTest() {
    Open({});
    EXPECT_TRUE(journal_->Greet(MakeHello("p", 1, 0, 0)).ok());
  }

  void Open(const HistoryOptions& options) {
    reader_.reset();
    journal_.reset();
    journal_ = OpenJournal(directory_.path(), options);
    ASSERT_NE(journal_, nullptr);
    auto reader = journal_->OpenHistory();
    ASSERT_TRUE(reader.ok()) << reader.status();
    reader_ = *std::move(reader);
  }

  absl::Status TryCommit(std::vector<v1::RecordWrite> writes) {
    auto arrived = Arrived("p", writes);
    return journal_->Commit(absl::MakeSpan(arrived), absl::UnixEpoch())
        .status();
  }
  void Commit(std::vector<v1::RecordWrite> writes) {
    const absl::Status status = TryCommit(std::move(writes));
    ASSERT_TRUE(status.ok()) << status;
  }

  HistoryChunk Read(int64_t after_revision, size_t max_bytes = kAll) {
    auto chunk = reader_->Read(after_revision, max_bytes);
    EXPECT_TRUE(chunk.ok()) << chunk.status();
    return chunk.ok() ? *chunk : HistoryChunk();
  }
  std::vector<std::string> Changes(int64_t after_revision) {
    return ToStrings(Read(after_revision));
  }

  void ExpectGone(int64_t after_revision, const std::string& oldest) {
    const absl::Status status = reader_->Read(after_revision, kAll).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange) << status;
    const auto details = DetailsOf(status);
    ASSERT_TRUE(details.has_value()) << status;
    EXPECT_EQ(details->reason, "HISTORY_GONE");
    EXPECT_THAT(details->metadata,
                ElementsAre(Pair("oldest_revision", oldest)));
  }

  // Those that are no longer read, but not yet cut, among them.
  int64_t HeldRows() {
    auto database =
        *store::Database::OpenReadOnly(directory_.file("journal.db"));
    store::Statement count = *database->Prepare("SELECT count(*) FROM history");
    EXPECT_TRUE(*count.Step());
    return count.Int(0);
  }

  TempDirectory directory_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<HistoryReader> reader_;
};

TEST_F(HistoryTest, ANewJournalHasAnEmptyHistory) {
  EXPECT_EQ(journal_->oldest_revision(), 0);
  const HistoryChunk chunk = Read(0);
  EXPECT_THAT(chunk.changes, IsEmpty());
  EXPECT_EQ(chunk.up_to, 0);
}

TEST_F(HistoryTest, TellsWhatEveryRevisionChanged) {
  v1::RecordWrite two = MakeWrite(2, "b", "B");
  two.add_records()->set_record_id("b#2");
  two.mutable_records(1)->set_title("second");
  Commit({MakeWrite(1, "a", "A"), two});
  Commit({MakeWrite(3, "b", "new"), MakeWithdrawal(4, "a")});
  Commit({MakeWrite(5, "a", "again")});
  EXPECT_THAT(Changes(0), ElementsAre("1 a#1 none -> A", "2 b#1 none -> B",
                                      "2 b#2 none -> second", "3 b#1 B -> new",
                                      "3 b#2 second -> none", "4 a#1 A -> none",
                                      "5 a#1 none -> again"));
  EXPECT_THAT(Changes(3),
              ElementsAre("4 a#1 A -> none", "5 a#1 none -> again"));
  EXPECT_EQ(Read(3).up_to, 5);
  EXPECT_THAT(Changes(5), IsEmpty());
  EXPECT_EQ(journal_->oldest_revision(), 0);
}

TEST_F(HistoryTest, ARewrittenRecordIsAChangeWhereItsFactsAreTheSame) {
  Commit({MakeWrite(1, "a", "A"), MakeWrite(2, "a", "A")});
  const HistoryChunk chunk = Read(1);
  EXPECT_THAT(ToStrings(chunk), ElementsAre("2 a#1 A -> A"));
  EXPECT_NE(chunk.changes[0].before, chunk.changes[0].after);
}

TEST_F(HistoryTest, ARevisionWithoutChangesIsPassedAllTheSame) {
  Commit({MakeWithdrawal(1, "a"), MakeWrite(2, "b", "")});
  const HistoryChunk chunk = Read(0);
  EXPECT_THAT(chunk.changes, IsEmpty());
  EXPECT_EQ(chunk.up_to, 2);
}

TEST_F(HistoryTest, ARefusedWriteHasNoRevisionAndNoChange) {
  Commit({MakeWrite(1, "a", "five", 5), MakeWrite(2, "a", "four", 4)});
  EXPECT_THAT(Changes(0), ElementsAre("1 a#1 none -> five"));
  EXPECT_EQ(Read(0).up_to, 1);
}

TEST_F(HistoryTest, ARecordThatPassesToAnotherBriefingIsOneRecord) {
  v1::RecordWrite taker = MakeWrite(2, "b", "B");
  taker.mutable_records(0)->set_record_id("a#1");
  Commit({MakeWrite(1, "a", "A"), taker});
  Commit({MakeWithdrawal(3, "a"), MakeWithdrawal(4, "b")});
  EXPECT_THAT(Changes(0), ElementsAre("1 a#1 none -> A", "2 a#1 A -> B",
                                      "4 a#1 B -> none"));
}

TEST_F(HistoryTest, GivesWholeRevisionsUntilThereIsEnough) {
  v1::RecordWrite two = MakeWrite(1, "a", std::string(500, 'a'));
  two.add_records()->set_record_id("a#2");
  Commit({two, MakeWithdrawal(2, "b"), MakeWrite(3, "c", "C"),
          MakeWrite(4, "d", "D")});
  HistoryChunk chunk = Read(0, 1);
  EXPECT_THAT(chunk.changes, SizeIs(2));
  EXPECT_EQ(chunk.up_to, 2);
  chunk = Read(chunk.up_to, 0);
  EXPECT_THAT(ToStrings(chunk), ElementsAre("3 c#1 none -> C"));
  EXPECT_EQ(chunk.up_to, 3);
  chunk = Read(chunk.up_to, 0);
  EXPECT_THAT(ToStrings(chunk), ElementsAre("4 d#1 none -> D"));
  EXPECT_EQ(chunk.up_to, 4);
  EXPECT_THAT(Read(0, 800).changes, SizeIs(3));
}

TEST_F(HistoryTest, ARevisionThatIsYetToComeIsNotReached) {
  Commit({MakeWrite(1, "a", "A")});
  const auto details = DetailsOf(reader_->Read(2, kAll).status());
  ASSERT_TRUE(details.has_value());
  EXPECT_EQ(details->reason, "REVISION_NOT_REACHED");
  EXPECT_THAT(details->metadata, ElementsAre(Pair("revision", "1")));
}

TEST_F(HistoryTest, OutlivesARestart) {
  Commit({MakeWrite(1, "a", "A"), MakeWrite(2, "a", "B")});
  Open({});
  Commit({MakeWrite(3, "a", "C")});
  EXPECT_THAT(Changes(1), ElementsAre("2 a#1 A -> B", "3 a#1 B -> C"));
}

TEST_F(HistoryTest, KeepsNoMoreRevisionsThanItMay) {
  Open({.revisions = 2});
  Commit({MakeWrite(1, "a", "A"), MakeWrite(2, "a", "B")});
  EXPECT_EQ(journal_->oldest_revision(), 0);
  Commit({MakeWrite(3, "a", "C")});
  EXPECT_EQ(journal_->oldest_revision(), 1);
  EXPECT_THAT(Changes(1), ElementsAre("2 a#1 A -> B", "3 a#1 B -> C"));
  ExpectGone(0, "1");
  Open({.revisions = 2});
  EXPECT_EQ(journal_->oldest_revision(), 1);
  ExpectGone(0, "1");
  EXPECT_EQ(HeldRows(), 2);
}

TEST_F(HistoryTest, RevisionsWithoutChangesCountToo) {
  Open({.revisions = 2});
  Commit(
      {MakeWrite(1, "a", "A"), MakeWithdrawal(2, "b"), MakeWithdrawal(3, "b")});
  EXPECT_EQ(journal_->oldest_revision(), 1);
  EXPECT_EQ(HeldRows(), 0);
  EXPECT_EQ(Read(1).up_to, 3);
}

TEST_F(HistoryTest, KeepsNoMoreBytesThanItMay) {
  Open({.bytes = 2500});
  const std::string title(1000, 'x');
  Commit({MakeWrite(1, "a", title), MakeWrite(2, "a", title),
          MakeWrite(3, "a", title)});
  EXPECT_EQ(journal_->oldest_revision(), 0);
  Commit({MakeWrite(4, "a", title)});
  EXPECT_EQ(journal_->oldest_revision(), 2);
  EXPECT_THAT(Read(2).changes, SizeIs(2));
  ExpectGone(1, "2");
  EXPECT_EQ(HeldRows(), 2);
  Open({.bytes = 2500});
  Commit({MakeWrite(5, "a", title)});
  EXPECT_EQ(journal_->oldest_revision(), 3);
}

TEST_F(HistoryTest, ARevisionIsCutAsAWhole) {
  Open({.bytes = 1500});
  v1::RecordWrite write = MakeWrite(1, "a", "");
  for (int i = 0; i < 10; ++i) {
    write.add_records()->set_record_id(absl::StrCat("a#", i));
  }
  Commit({write});
  EXPECT_EQ(HeldRows(), 10);
  Commit({MakeWithdrawal(2, "a")});
  EXPECT_EQ(journal_->oldest_revision(), 1);
  EXPECT_EQ(HeldRows(), 10);
}

TEST_F(HistoryTest, AChangeThatIsLargerThanTheLimitIsNotKept) {
  Open({.bytes = 1});
  Commit({MakeWrite(1, "a", "A")});
  EXPECT_EQ(journal_->oldest_revision(), 1);
  EXPECT_THAT(Changes(1), IsEmpty());
  ExpectGone(0, "1");
}

TEST_F(HistoryTest, ZeroKeepsNone) {
  for (const HistoryOptions& options :
       {HistoryOptions{.revisions = 0}, HistoryOptions{.bytes = 0}}) {
    Open({});
    int64_t sequence = journal_->revision();
    Commit({MakeWrite(++sequence, "a", "A"), MakeWrite(++sequence, "a", "B")});
    Open(options);
    Commit({MakeWrite(++sequence, "a", "C")});
    EXPECT_EQ(journal_->oldest_revision(), sequence);
    EXPECT_EQ(HeldRows(), 0);
    EXPECT_THAT(Changes(sequence), IsEmpty());
    ExpectGone(sequence - 1, absl::StrCat(sequence));
    // And once it is kept again, from there on.
    Open({});
    Commit({MakeWrite(++sequence, "a", "D")});
    EXPECT_EQ(journal_->oldest_revision(), sequence - 1);
    EXPECT_THAT(Changes(sequence - 1),
                ElementsAre(absl::StrCat(sequence, " a#1 C -> D")));
  }
}

TEST_F(HistoryTest, ACommitCutsABoundedNumberOfRows) {
  std::vector<v1::RecordWrite> writes;
  int64_t sequence = 0;
  for (int i = 0; i < 3000; ++i) {
    writes.push_back(MakeWrite(++sequence, absl::StrCat("b", i), "B"));
  }
  Commit(writes);
  ASSERT_EQ(HeldRows(), 3000);
  Open({.revisions = 1});
  Commit({MakeWrite(++sequence, "a", "A")});
  EXPECT_EQ(journal_->oldest_revision(), 3000);
  EXPECT_EQ(HeldRows(), 3001 - 1026);
  ExpectGone(2999, "3000");
  Commit({MakeWithdrawal(++sequence, "none")});
  EXPECT_EQ(HeldRows(), 3001 - 1026 - 1024);
  Commit({MakeWithdrawal(++sequence, "none")});
  EXPECT_EQ(HeldRows(), 0);
}

TEST_F(HistoryTest, ACommitCutsABoundedNumberOfBytes) {
  std::vector<v1::RecordWrite> writes;
  int64_t sequence = 0;
  for (int i = 0; i < 3000; ++i) {
    writes.push_back(MakeWrite(++sequence, absl::StrCat("b", i), "B"));
  }
  Commit(writes);
  Open({.bytes = 1});
  Commit({MakeWithdrawal(++sequence, "none")});
  EXPECT_EQ(journal_->oldest_revision(), 1024);
  EXPECT_EQ(Read(1024).changes.size(), 3000u - 1024u);
  ExpectGone(1023, "1024");
  // What a restart finds of it is still cut.
  Open({.bytes = 1});
  EXPECT_EQ(journal_->oldest_revision(), 1024);
  Commit({MakeWithdrawal(++sequence, "none")});
  Commit({MakeWithdrawal(++sequence, "none")});
  EXPECT_EQ(HeldRows(), 0);
  EXPECT_EQ(journal_->oldest_revision(), 3000);
}

TEST_F(HistoryTest, WhatIsRetainedIsKeptWhateverTheOptionsSay) {
  for (const HistoryOptions& options :
       {HistoryOptions{.revisions = 0}, HistoryOptions{.revisions = 1},
        HistoryOptions{.bytes = 0}, HistoryOptions{.bytes = 1}}) {
    Open(options);
    const int64_t first = journal_->revision();
    int64_t sequence = first;
    journal_->RetainHistoryFrom(first);
    for (int i = 0; i < 3; ++i) Commit({MakeWrite(++sequence, "a", "A")});
    EXPECT_LE(journal_->oldest_revision(), first);
    EXPECT_THAT(Read(first).changes, SizeIs(3));
    journal_->RetainHistoryFrom(first + 2);
    Commit({MakeWithdrawal(++sequence, "none")});
    EXPECT_EQ(journal_->oldest_revision(), first + 2);
    EXPECT_THAT(Read(first + 2).changes, SizeIs(1));
    ExpectGone(first + 1, absl::StrCat(first + 2));
    // What is gone does not come back.
    journal_->RetainHistoryFrom(first);
    Commit({MakeWithdrawal(++sequence, "none")});
    EXPECT_EQ(journal_->oldest_revision(), first + 2);
    EXPECT_EQ(HeldRows(), 1);
  }
}

TEST_F(HistoryTest, AFullDiskLeavesTheHistoryAsItIs) {
  Open({.revisions = 2});
  Commit({MakeWrite(1, "a", "A"), MakeWrite(2, "a", "B")});
  {
    const FileSizeLimit limit(200'000);
    const auto details = DetailsOf(
        TryCommit({MakeWrite(3, "a", "C"),
                   MakeWrite(4, "b", std::string(size_t{1} << 20, 'x'))}));
    ASSERT_TRUE(details.has_value());
    EXPECT_EQ(details->reason, "DISK_REFUSES_WRITES");
    EXPECT_EQ(journal_->oldest_revision(), 0);
    EXPECT_THAT(Changes(0), ElementsAre("1 a#1 none -> A", "2 a#1 A -> B"));
    EXPECT_EQ(Read(0).up_to, 2);
  }
  Commit({MakeWrite(3, "a", "D")});
  EXPECT_EQ(journal_->oldest_revision(), 1);
  EXPECT_THAT(Changes(1), ElementsAre("2 a#1 A -> B", "3 a#1 B -> D"));
  ExpectGone(0, "1");
}

TEST_F(HistoryTest, ACopyKeepsTheHistoryUnderAnotherIndexId) {
  Commit({MakeWrite(1, "a", "A"), MakeWrite(2, "a", "B")});
  const std::string index_id = journal_->index_id();
  reader_.reset();
  journal_.reset();
  std::filesystem::copy(directory_.path(), directory_.file("copy"));
  auto copy = Journal::Open(directory_.file("copy"));
  ASSERT_TRUE(copy.ok()) << copy.status();
  EXPECT_NE((*copy)->index_id(), index_id);
  EXPECT_EQ((*copy)->oldest_revision(), 0);
  auto writes = Arrived("p", {MakeWrite(3, "a", "C")});
  ASSERT_TRUE((*copy)->Commit(absl::MakeSpan(writes), absl::UnixEpoch()).ok());
  const auto chunk = (*(*copy)->OpenHistory())->Read(0, kAll);
  ASSERT_TRUE(chunk.ok()) << chunk.status();
  EXPECT_THAT(ToStrings(*chunk),
              ElementsAre("1 a#1 none -> A", "2 a#1 A -> B", "3 a#1 B -> C"));
}

}  // namespace
}  // namespace attache::testing
