// A data directory of an earlier format goes on.
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/store/database.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query_service/journal/journal.h"
#include "tests/query_service/journal/journal_support.h"
#include "tests/support/temp_directory.h"

namespace attache::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::SizeIs;

// As the first release made it: a copy of journal_schema.cc that is frozen on
// purpose, so that a slip there cannot change what counts as version 1 here.
constexpr char kVersion1[] = R"sql(
  CREATE TABLE meta (
    key TEXT PRIMARY KEY NOT NULL,
    value BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE producers (
    producer_id TEXT PRIMARY KEY NOT NULL,
    epoch INTEGER NOT NULL,
    last_sequence INTEGER NOT NULL,
    resync_from INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE briefings (
    briefing_id TEXT PRIMARY KEY NOT NULL,
    version INTEGER NOT NULL,
    producer_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    revision INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE records (
    briefing_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    wire BLOB NOT NULL,
    PRIMARY KEY (briefing_id, record_id)
  ) STRICT;
  CREATE TABLE refused_writes (
    producer_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    briefing_id TEXT NOT NULL,
    code INTEGER NOT NULL,
    reason TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (producer_id, sequence)
  ) STRICT, WITHOUT ROWID;
)sql";

class JournalMigration : public ::testing::Test {
 protected:
  JournalMigration()
      : old_(*store::Database::Open(
            directory_.file("journal.db"),
            {.application_id = 0x4154514A, .migrations = {kVersion1}})) {}

  void Run(const std::string& sql) {
    const absl::Status status = old_->Execute(sql);
    ASSERT_TRUE(status.ok()) << status;
  }

  void AddRecord(const std::string& briefing_id, const std::string& record_id,
                 const std::string& title) {
    v1::TripRecord record;
    record.set_record_id(record_id);
    record.set_title(title);
    auto insert = *old_->Prepare("INSERT INTO records VALUES (?, ?, ?)");
    ASSERT_TRUE(insert.BindText(1, briefing_id)
                    .BindText(2, record_id)
                    .BindBlob(3, record.SerializeAsString())
                    .Run()
                    .ok());
    Run(absl::StrCat("INSERT OR REPLACE INTO briefings VALUES ('", briefing_id,
                     "', 0, 'p', 2, 0, 7)"));
  }

  std::unique_ptr<Journal> Open() {
    old_.reset();
    return OpenJournal(directory_.path());
  }

  TempDirectory directory_;
  std::unique_ptr<store::Database> old_;
};

TEST_F(JournalMigration, TheHistoryBeginsWhereTheJournalWas) {
  AddRecord("a", "a#1", "A");
  AddRecord("b", "b#1", "B");
  Run("INSERT INTO meta VALUES ('revision', CAST('7' AS BLOB))");
  Run("INSERT INTO producers VALUES ('p', 1, 2, -1)");
  const auto journal = Open();
  ASSERT_NE(journal, nullptr);
  EXPECT_THAT(Titles(*journal),
              ElementsAre(Pair("a#1", "A"), Pair("b#1", "B")));
  EXPECT_EQ(journal->revision(), 7);
  EXPECT_EQ(journal->oldest_revision(), 7);
  EXPECT_EQ(journal->Greet(MakeHello("p", 1, 0, 2))->last_sequence(), 2);

  auto reader = *journal->OpenHistory();
  EXPECT_EQ(DetailsOf(reader->Read(6, 1000).status())->reason, "HISTORY_GONE");
  EXPECT_EQ(reader->Read(7, 1000)->up_to, 7);
  auto writes = Arrived("p", {MakeWrite(3, "a", "new")});
  ASSERT_TRUE(journal->Commit(absl::MakeSpan(writes), absl::UnixEpoch()).ok());
  const auto chunk = reader->Read(7, 1000);
  ASSERT_TRUE(chunk.ok()) << chunk.status();
  ASSERT_THAT(chunk->changes, SizeIs(1));
  v1::TripRecord before;
  ASSERT_TRUE(before.ParseFromString(chunk->changes[0].before.value_or("")));
  EXPECT_EQ(before.title(), "A");
}

TEST_F(JournalMigration, AnEmptyJournalBeginsAtTheBeginning) {
  const auto journal = Open();
  ASSERT_NE(journal, nullptr);
  EXPECT_EQ(journal->revision(), 0);
  EXPECT_EQ(journal->oldest_revision(), 0);
}

TEST_F(JournalMigration, ARecordThatTwoBriefingsHoldStaysWithTheLast) {
  AddRecord("a", "x", "older");
  AddRecord("a", "y", "Y");
  AddRecord("b", "x", "old");
  AddRecord("c", "x", "newest");
  Run("INSERT INTO meta VALUES ('revision', CAST('4' AS BLOB))");
  const auto journal = Open();
  ASSERT_NE(journal, nullptr);
  EXPECT_THAT(Titles(*journal),
              ElementsAre(Pair("x", "newest"), Pair("y", "Y")));
  auto writes = Arrived("q", {MakeWithdrawal(1, "a"), MakeWithdrawal(2, "b")});
  ASSERT_TRUE(journal->Commit(absl::MakeSpan(writes), absl::UnixEpoch()).ok());
  EXPECT_THAT(Titles(*journal), ElementsAre(Pair("x", "newest")));
}

TEST_F(JournalMigration, ProducersAreNobodysUntilTheFirstPrincipalComes) {
  Run("INSERT INTO producers VALUES ('p', 1, 2, -1)");
  auto journal = Open();
  ASSERT_NE(journal, nullptr);
  EXPECT_TRUE(journal->Greet(MakeHello("p", 1, 0, 2)).ok());
  EXPECT_EQ(journal->Greet(MakeHello("p", 1, 0, 2), "first")->last_sequence(),
            2);
  journal.reset();
  journal = OpenJournal(directory_.path());
  EXPECT_EQ(
      DetailsOf(journal->Greet(MakeHello("p", 1, 0, 2), "second").status())
          ->reason,
      "PRODUCER_OF_ANOTHER");
}

}  // namespace
}  // namespace attache::testing
