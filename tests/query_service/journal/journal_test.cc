#include "query_service/journal/journal.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/query_service/journal/file_size_limit.h"
#include "tests/query_service/journal/journal_support.h"
#include "tests/support/temp_directory.h"

namespace attache::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

class JournalTest : public ::testing::Test {
 protected:
  JournalTest() { Reopen(); }

  void Reopen() {
    journal_.reset();
    journal_ = OpenJournal(directory_.path());
    ASSERT_NE(journal_, nullptr);
  }

  v1::Welcome Greet(const v1::Hello& hello) {
    auto welcome = journal_->Greet(hello);
    EXPECT_TRUE(welcome.ok()) << welcome.status();
    return welcome.ok() ? *welcome : v1::Welcome();
  }

  // Commits and returns what was refused, as sequence and reason.
  std::vector<std::pair<int64_t, std::string>> Commit(
      std::vector<ArrivedWrite> writes) {
    auto committed =
        journal_->Commit(absl::MakeSpan(writes), absl::UnixEpoch());
    EXPECT_TRUE(committed.ok()) << committed.status();
    std::vector<std::pair<int64_t, std::string>> refused;
    for (const ArrivedWrite& write : writes) {
      if (write.refusal) {
        refused.emplace_back(write.write.sequence(), write.refusal->reason());
      }
    }
    return refused;
  }

  TempDirectory directory_;
  std::unique_ptr<Journal> journal_;
};

TEST_F(JournalTest, KeepsWritesAndPositionsAcrossOpenings) {
  Greet(MakeHello("p", 1, 0, 0));
  Commit(Arrived("p", {MakeWrite(1, "a", "A"), MakeWrite(2, "b", "B")}));
  const std::string index_id = journal_->index_id();
  const std::string key = journal_->page_token_key();
  Reopen();
  EXPECT_THAT(Titles(*journal_),
              ElementsAre(Pair("a#1", "A"), Pair("b#1", "B")));
  EXPECT_EQ(journal_->revision(), 2);
  EXPECT_EQ(journal_->index_id(), index_id);
  EXPECT_EQ(journal_->page_token_key(), key);
  EXPECT_THAT(key, SizeIs(32));
  const v1::Welcome welcome = Greet(MakeHello("p", 2, 0, 2));
  EXPECT_EQ(welcome.last_sequence(), 2);
  EXPECT_EQ(welcome.revision(), 2);
  EXPECT_EQ(welcome.index_id(), index_id);
  EXPECT_FALSE(welcome.resync());
}

TEST_F(JournalTest, AWriteReplacesAllThatItsBriefingHeld) {
  Greet(MakeHello("p", 1, 0, 0));
  v1::RecordWrite two = MakeWrite(1, "a", "A");
  two.add_records()->set_record_id("a#2");
  Commit(Arrived("p", {two, MakeWrite(2, "a", "new")}));
  EXPECT_THAT(Titles(*journal_), ElementsAre(Pair("a#1", "new")));
  Commit(Arrived("p", {MakeWrite(3, "a", "")}));
  EXPECT_THAT(Titles(*journal_), IsEmpty());
}

TEST_F(JournalTest, ARecordIdPassesToTheBriefingThatWroteItLast) {
  Greet(MakeHello("p", 1, 0, 0));
  v1::RecordWrite two = MakeWrite(1, "a", "A");
  two.add_records()->set_record_id("a#2");
  v1::RecordWrite taker = MakeWrite(2, "b", "B");
  taker.mutable_records(0)->set_record_id("a#1");
  Commit(Arrived("p", {two, taker}));
  EXPECT_THAT(Titles(*journal_),
              ElementsAre(Pair("a#1", "B"), Pair("a#2", "")));
  Commit(Arrived("p", {MakeWithdrawal(3, "a")}));
  EXPECT_THAT(Titles(*journal_), ElementsAre(Pair("a#1", "B")));
  Commit(Arrived("p", {MakeWithdrawal(4, "b")}));
  EXPECT_THAT(Titles(*journal_), IsEmpty());
}

TEST_F(JournalTest, AWriteWithOneRecordIdTwiceAppliesNothing) {
  Greet(MakeHello("p", 1, 0, 0));
  v1::RecordWrite twice = MakeWrite(1, "a", "A");
  twice.add_records()->set_record_id("a#1");
  auto writes = Arrived("p", {twice});
  EXPECT_EQ(journal_->Commit(absl::MakeSpan(writes), absl::UnixEpoch())
                .status()
                .code(),
            absl::StatusCode::kInternal);
  EXPECT_EQ(journal_->revision(), 0);
}

TEST_F(JournalTest, EveryAppliedWriteHasARevisionOfItsOwn) {
  Greet(MakeHello("p", 1, 0, 0));
  auto writes = Arrived("p", {MakeWrite(1, "a", "A"), MakeWrite(2, "a", "B")});
  const auto committed =
      journal_->Commit(absl::MakeSpan(writes), absl::FromUnixSeconds(5));
  ASSERT_TRUE(committed.ok());
  EXPECT_EQ(committed->revision, 2);
  ASSERT_THAT(committed->applied, SizeIs(2));
  v1::TripRecord second;
  ASSERT_TRUE(second.ParseFromString(committed->applied[1].records[0].wire));
  EXPECT_EQ(second.revision(), 2);
  EXPECT_EQ(second.index_time().seconds(), 5);
}

TEST_F(JournalTest, AWriteThatIsHeldIsNotAppliedAgain) {
  Greet(MakeHello("p", 1, 0, 0));
  Commit(Arrived("p", {MakeWrite(1, "a", "A"), MakeWrite(2, "b", "B")}));
  Commit(Arrived("p", {MakeWrite(1, "a", "other"), MakeWrite(2, "b", "other"),
                       MakeWrite(3, "c", "C")}));
  EXPECT_EQ(journal_->revision(), 3);
  EXPECT_THAT(Titles(*journal_), ElementsAre(Pair("a#1", "A"), Pair("b#1", "B"),
                                             Pair("c#1", "C")));
}

TEST_F(JournalTest, AGapAppliesNothingOfItsGroup) {
  Greet(MakeHello("p", 1, 0, 0));
  auto writes = Arrived("p", {MakeWrite(1, "a", "A"), MakeWrite(3, "b", "B")});
  EXPECT_EQ(journal_->Commit(absl::MakeSpan(writes), absl::UnixEpoch())
                .status()
                .code(),
            absl::StatusCode::kInternal);
  EXPECT_EQ(journal_->revision(), 0);
  EXPECT_THAT(Titles(*journal_), IsEmpty());
  EXPECT_EQ(Greet(MakeHello("p", 1, 1, 3)).last_sequence(), 0);
}

TEST_F(JournalTest, TheHigherVersionWinsWhoeverWritesIt) {
  Greet(MakeHello("p", 1, 0, 0));
  Greet(MakeHello("q", 1, 0, 0));
  EXPECT_THAT(Commit(Arrived("p", {MakeWrite(1, "a", "five", 5)})), IsEmpty());
  EXPECT_THAT(Commit(Arrived("q", {MakeWrite(1, "a", "four", 4)})),
              ElementsAre(Pair(1, "VERSION_STALE")));
  EXPECT_THAT(Commit(Arrived("q", {MakeWrite(2, "a", "five too", 5)})),
              IsEmpty());
  EXPECT_THAT(Titles(*journal_), ElementsAre(Pair("a#1", "five too")));
  EXPECT_EQ(journal_->revision(), 2);
  EXPECT_THAT(Commit(Arrived("p", {MakeWrite(2, "a", "six", 6)})), IsEmpty());
  EXPECT_THAT(Titles(*journal_), ElementsAre(Pair("a#1", "six")));
}

TEST_F(JournalTest, AnOlderWriteDoesNotBringAWithdrawnBriefingBack) {
  Greet(MakeHello("p", 1, 0, 0));
  Commit(Arrived("p", {MakeWrite(1, "a", "five", 5), MakeWithdrawal(2, "a")}));
  EXPECT_THAT(Titles(*journal_), IsEmpty());
  EXPECT_THAT(Commit(Arrived("p", {MakeWrite(3, "a", "four", 4)})),
              ElementsAre(Pair(3, "VERSION_STALE")));
  EXPECT_THAT(Commit(Arrived("p", {MakeWrite(4, "a", "five again", 5)})),
              IsEmpty());
  EXPECT_THAT(Titles(*journal_), ElementsAre(Pair("a#1", "five again")));
}

TEST_F(JournalTest, AWithdrawalOfAnOlderVersionIsStale) {
  Greet(MakeHello("p", 1, 0, 0));
  EXPECT_THAT(Commit(Arrived("p", {MakeWrite(1, "a", "five", 5),
                                   MakeWithdrawal(2, "a", 4)})),
              ElementsAre(Pair(2, "VERSION_STALE")));
  EXPECT_THAT(Titles(*journal_), ElementsAre(Pair("a#1", "five")));
}

TEST_F(JournalTest, AWithdrawalOfAnUnknownBriefingIsRemembered) {
  Greet(MakeHello("p", 1, 0, 0));
  EXPECT_THAT(Commit(Arrived("p", {MakeWithdrawal(1, "a", 3)})), IsEmpty());
  EXPECT_THAT(Commit(Arrived("p", {MakeWrite(2, "a", "two", 2)})),
              ElementsAre(Pair(2, "VERSION_STALE")));
}

TEST_F(JournalTest, KeepsRefusalsUntilTheProducerHasThem) {
  Greet(MakeHello("p", 1, 0, 0));
  auto writes = Arrived("p", {MakeWrite(1, "a", "A"), MakeWrite(2, "b", "B"),
                              MakeWrite(3, "c", "C")});
  for (int i : {0, 2}) {
    writes[i].refusal.emplace().set_reason("RECORD_TOO_LARGE");
    writes[i].refusal->set_code(8);
    writes[i].refusal->set_message("too large");
  }
  Commit(std::move(writes));
  Reopen();
  v1::Welcome welcome = Greet(MakeHello("p", 1, 1, 3));
  ASSERT_THAT(welcome.rejected_writes(), SizeIs(2));
  EXPECT_EQ(welcome.rejected_writes(0).sequence(), 1);
  EXPECT_EQ(welcome.rejected_writes(0).briefing_id(), "a");
  EXPECT_EQ(welcome.rejected_writes(0).status().code(), 8);
  EXPECT_EQ(welcome.rejected_writes(0).status().reason(), "RECORD_TOO_LARGE");
  EXPECT_EQ(welcome.rejected_writes(0).status().message(), "too large");

  welcome = Greet(MakeHello("p", 1, 2, 3));
  ASSERT_THAT(welcome.rejected_writes(), SizeIs(1));
  EXPECT_EQ(welcome.rejected_writes(0).sequence(), 3);
  EXPECT_THAT(Greet(MakeHello("p", 1, 0, 3)).rejected_writes(), IsEmpty());
  EXPECT_THAT(Titles(*journal_), ElementsAre(Pair("b#1", "B")));
  EXPECT_EQ(journal_->revision(), 1);
}

TEST_F(JournalTest, AHelloThatIsRefusedChangesNothing) {
  Greet(MakeHello("p", 5, 0, 0));
  EXPECT_EQ(
      DetailsOf(journal_->Greet(MakeHello("p", 4, 0, 0)).status())->reason,
      "EPOCH_STALE");
  EXPECT_EQ(DetailsOf(journal_->Greet(MakeHello("", 9, 0, 0)).status())->reason,
            "FIELD_INVALID");
  Greet(MakeHello("p", 5, 0, 0));
}

TEST_F(JournalTest, AFullDiskAppliesNothingAndTakesTheWritesLater) {
  Greet(MakeHello("p", 1, 0, 0));
  Commit(Arrived("p", {MakeWrite(1, "a", "A")}));
  auto writes =
      Arrived("p", {MakeWrite(2, "a", "new"),
                    MakeWrite(3, "b", std::string(size_t{1} << 20, 'x'))});
  {
    const FileSizeLimit limit(200'000);
    const auto committed =
        journal_->Commit(absl::MakeSpan(writes), absl::UnixEpoch());
    const auto details = DetailsOf(committed.status());
    ASSERT_TRUE(details.has_value()) << committed.status();
    EXPECT_EQ(details->reason, "DISK_REFUSES_WRITES");
    EXPECT_TRUE(details->retry_delay.has_value());
  }
  EXPECT_EQ(journal_->revision(), 1);
  EXPECT_THAT(Titles(*journal_), ElementsAre(Pair("a#1", "A")));
  EXPECT_EQ(Greet(MakeHello("p", 1, 2, 3)).last_sequence(), 1);
  EXPECT_THAT(
      Commit(Arrived("p", {MakeWrite(2, "a", "new"), MakeWrite(3, "b", "B")})),
      IsEmpty());
  EXPECT_THAT(Titles(*journal_),
              ElementsAre(Pair("a#1", "new"), Pair("b#1", "B")));
}

TEST_F(JournalTest, LoadsInChunksAndNeverSplitsABriefing) {
  Greet(MakeHello("p", 1, 0, 0));
  std::vector<v1::RecordWrite> writes;
  for (int i = 1; i <= 30; ++i) {
    v1::RecordWrite write =
        MakeWrite(i, absl::StrCat("b", i % 10), absl::StrCat("title ", i));
    for (int n = 2; n < 5; ++n) {
      write.add_records()->set_record_id(absl::StrCat("b", i % 10, "#", n));
    }
    writes.push_back(write);
  }
  Commit(Arrived("p", writes));
  std::map<std::string, size_t> seen;
  int chunks = 0;
  ASSERT_TRUE(journal_
                  ->Load(200,
                         [&](std::vector<JournaledBriefing> chunk) {
                           ++chunks;
                           for (const auto& briefing : chunk) {
                             EXPECT_TRUE(seen.emplace(briefing.briefing_id,
                                                      briefing.records.size())
                                             .second);
                           }
                           return absl::OkStatus();
                         })
                  .ok());
  EXPECT_GT(chunks, 2);
  EXPECT_THAT(seen, SizeIs(10));
  for (const auto& [briefing_id, records] : seen) EXPECT_EQ(records, 4u);
}

TEST_F(JournalTest, LoadStopsAtTheFirstError) {
  Greet(MakeHello("p", 1, 0, 0));
  Commit(Arrived("p", {MakeWrite(1, "a", "A"), MakeWrite(2, "b", "B")}));
  EXPECT_EQ(journal_
                ->Load(1,
                       [](std::vector<JournaledBriefing>) {
                         return absl::CancelledError("no");
                       })
                .code(),
            absl::StatusCode::kCancelled);
  EXPECT_THAT(Titles(*journal_), SizeIs(2));
}

TEST_F(JournalTest, AProducerIsOfThePrincipalThatUsedItFirst) {
  ASSERT_TRUE(journal_->Greet(MakeHello("p", 1, 0, 0), "first").ok());
  auto writes = Arrived("p", {MakeWrite(1, "a", "A")});
  ASSERT_TRUE(journal_->Commit(absl::MakeSpan(writes), absl::UnixEpoch()).ok());

  const absl::Status refused =
      journal_->Greet(MakeHello("p", 9, 0, 9), "second").status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(DetailsOf(refused)->reason, "PRODUCER_OF_ANOTHER");
  // The other has moved nothing: neither the epoch nor the sequence.
  const auto welcome = journal_->Greet(MakeHello("p", 1, 0, 1), "first");
  ASSERT_TRUE(welcome.ok()) << welcome.status();
  EXPECT_EQ(welcome->last_sequence(), 1);
  EXPECT_FALSE(welcome->resync());
  // Where nobody is asked who he is, nobody is another.
  EXPECT_TRUE(journal_->Greet(MakeHello("p", 1, 0, 1)).ok());
  EXPECT_FALSE(journal_->Greet(MakeHello("p", 1, 0, 1), "second").ok());
  EXPECT_TRUE(journal_->Greet(MakeHello("q", 1, 0, 0), "second").ok());
}

}  // namespace
}  // namespace attache::testing
