#include "query_service/journal/verify_journal.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/store/database.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query_service/journal/backup_journal.h"
#include "query_service/journal/journal_schema.h"
#include "tests/query_service/journal/journal_support.h"
#include "tests/support/directory_content.h"
#include "tests/support/temp_directory.h"

namespace attache {
namespace {

namespace fs = std::filesystem;
using ::attache::testing::Arrived;
using ::attache::testing::ContentOf;
using ::attache::testing::MakeHello;
using ::attache::testing::MakeWithdrawal;
using ::attache::testing::MakeWrite;
using ::attache::testing::OpenJournal;
using ::attache::testing::Titles;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

absl::Status GoOn(int64_t, int64_t) { return absl::OkStatus(); }

// A journal of two producers, one of which had writes refused, with a briefing
// that was written over, one that was withdrawn and brought back, one that
// stays withdrawn and one without a trip.
class VerifyJournalTest : public ::testing::Test {
 protected:
  VerifyJournalTest() {
    fs::create_directory(data_);
    journal_ = OpenJournal(data_);
    EXPECT_TRUE(journal_->Greet(MakeHello("p1", 1, 0, 0)).ok());
    EXPECT_TRUE(journal_->Greet(MakeHello("p2", 1, 0, 0)).ok());
    for (const v1::RecordWrite& write :
         {MakeWrite(1, "a", "one", 4), MakeWrite(2, "b", "two"),
          MakeWrite(3, "a", "three", 5), MakeWithdrawal(4, "b"),
          MakeWrite(5, "a", "stale", 1), MakeWrite(6, "b", "back"),
          MakeWrite(7, "c", ""), MakeWrite(8, "d", "four"),
          MakeWithdrawal(9, "d")}) {
      Commit("p1", write);
    }
    Commit("p2", MakeWrite(1, "e", "five"));
    for (int i = 2; i < 60; ++i) {
      Commit("p2", MakeWrite(i, absl::StrCat("f", i), std::string(500, 'f')));
    }
  }

  void Commit(const std::string& producer, const v1::RecordWrite& write) {
    auto arrived = Arrived(producer, {write});
    const auto committed =
        journal_->Commit(absl::MakeSpan(arrived), absl::FromUnixSeconds(1));
    ASSERT_TRUE(committed.ok()) << committed.status();
  }

  // Stops the journal and changes its file behind its back.
  void Damage(const std::string& sql) {
    journal_.reset();
    auto database = *store::Database::Open(file_, JournalSchema());
    const absl::Status status =
        database->Execute("PRAGMA foreign_keys = OFF; " + sql);
    ASSERT_TRUE(status.ok()) << status;
  }
  void Overwrite(size_t offset, const std::string& bytes) {
    std::fstream file(file_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(offset));
    file << bytes;
  }

  std::vector<std::string> Faults(const std::string& directory) {
    const auto content = ContentOf(directory);
    const auto found = VerifyJournal(directory);
    EXPECT_TRUE(found.ok()) << found.status();
    EXPECT_EQ(ContentOf(directory), content);
    if (!found.ok()) return {found.status().ToString()};
    EXPECT_EQ(found->fault_count() > 0, !found->faults().empty());
    return found->faults();
  }
  std::vector<std::string> Faults() {
    journal_.reset();
    return Faults(data_);
  }

  ::attache::testing::TempDirectory directory_;
  const std::string data_ = directory_.file("data");
  const std::string file_ = data_ + "/journal.db";
  std::unique_ptr<Journal> journal_;
};

TEST_F(VerifyJournalTest, ASoundJournalIsCountedUp) {
  journal_.reset();
  const auto found = VerifyJournal(data_);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_THAT(found->faults(), IsEmpty());
  EXPECT_THAT(found->facts(), Contains(Pair("records", 61)));
  EXPECT_THAT(found->facts(), Contains(Pair("revision", 67)));
  EXPECT_THAT(found->facts(), Contains(Pair("producers", 2)));
}

TEST_F(VerifyJournalTest, ANewJournalIsSound) {
  const std::string fresh = directory_.file("fresh");
  fs::create_directory(fresh);
  OpenJournal(fresh).reset();
  EXPECT_THAT(Faults(fresh), IsEmpty());
}

TEST_F(VerifyJournalTest, AJournalWithLittleOrNoHistoryIsSound) {
  for (const HistoryOptions options :
       {HistoryOptions{.revisions = 3}, HistoryOptions{.revisions = 0}}) {
    journal_.reset();
    journal_ = OpenJournal(data_, options);
    Commit("p1", MakeWrite(options.revisions == 3 ? 10 : 11, "a", "new", 9));
    EXPECT_THAT(Faults(), IsEmpty());
  }
}

TEST_F(VerifyJournalTest, WhatACrashLeavesIsSound) {
  const std::string crashed = directory_.file("crashed");
  fs::copy(data_, crashed);
  fs::remove(crashed + "/journal.db-shm");
  ASSERT_GT(fs::file_size(crashed + "/journal.db-wal"), 0u);
  EXPECT_THAT(Faults(crashed), IsEmpty());
  // Without the log there is no file that holds all.
  fs::remove(crashed + "/journal.db-wal");
  const auto found = VerifyJournal(crashed);
  EXPECT_TRUE(!found.ok() || found->fault_count() > 0);
}

TEST_F(VerifyJournalTest, IsRefusedWhileAServiceRuns) {
  const auto lock = store::DirectoryLock::Acquire(data_);
  const auto found = VerifyJournal(data_);
  EXPECT_TRUE(absl::IsFailedPrecondition(found.status()));
  EXPECT_THAT(found.status().message(), HasSubstr("stop that process first"));
}

TEST_F(VerifyJournalTest, ABackupIsSoundAndNoTwinOfTheJournal) {
  const std::string copy = directory_.file("copy");
  const auto backup = BackUpJournal(data_, copy, GoOn);
  ASSERT_TRUE(backup.ok()) << backup.status();
  EXPECT_EQ(backup->revision, 67);
  EXPECT_THAT(Faults(copy), IsEmpty());
  const auto held = Titles(*journal_);
  const std::string index_id = journal_->index_id();
  const std::string key = journal_->page_token_key();
  journal_.reset();
  EXPECT_THAT(ContentOf(copy)["journal.db"], Not(HasSubstr(key)));
  // Over the file itself, which the file system cannot tell.
  fs::copy_file(copy + "/journal.db", file_,
                fs::copy_options::overwrite_existing);
  journal_ = OpenJournal(data_);
  EXPECT_EQ(Titles(*journal_), held);
  EXPECT_EQ(journal_->revision(), 67);
  EXPECT_NE(journal_->index_id(), index_id);
  EXPECT_NE(journal_->page_token_key(), key);
  EXPECT_EQ(journal_->page_token_key().size(), 32u);
}

struct Fault {
  const char* sql;
  const char* said;
};

void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.sql; }

class JournalFault : public VerifyJournalTest,
                     public ::testing::WithParamInterface<Fault> {};

TEST_P(JournalFault, IsSaid) {
  Damage(GetParam().sql);
  const std::vector<std::string> faults = Faults();
  EXPECT_THAT(faults, Contains(HasSubstr(GetParam().said)));
}

INSTANTIATE_TEST_SUITE_P(
    All, JournalFault,
    ::testing::Values(
        Fault{"DELETE FROM producers WHERE producer_id = 'p2'",
              "briefing e: producer p2, which wrote it, is not known"},
        Fault{"UPDATE producers SET last_sequence = 8 WHERE producer_id = 'p1'",
              "briefing d: sequence 9 is beyond 8"},
        Fault{"UPDATE producers SET resync_from = 3", "producer p1: epoch 1"},
        Fault{"UPDATE briefings SET sequence = 3 WHERE briefing_id = 'b'",
              "2 briefings were written by sequence 3 of producer p1"},
        Fault{"UPDATE briefings SET revision = 3 WHERE briefing_id = 'c'",
              "2 briefings were written at revision 3"},
        Fault{"UPDATE briefings SET version = -1 WHERE briefing_id = 'c'",
              "briefing c: version -1 is negative"},
        Fault{"UPDATE briefings SET withdrawn = 1 WHERE briefing_id = 'a'",
              "briefing a is withdrawn and holds records"},
        Fault{
            "UPDATE meta SET value = CAST('60' AS BLOB) WHERE key = 'revision'",
            "the journal is at revision 60, and the last write was at 67"},
        Fault{"UPDATE meta SET value = CAST('99' AS BLOB) WHERE key = "
              "'oldest_revision'",
              "begin after revision 99"},
        Fault{"UPDATE meta SET value = CAST('short' AS BLOB) WHERE key = "
              "'page_token_key'",
              "has 5 bytes instead of 32"},
        Fault{"DELETE FROM meta WHERE key = 'index_id'", "index has no id"},
        Fault{"INSERT INTO refused_writes VALUES ('p9', 1, 'x', 3, 'R', 'm')",
              "refused write 1 of producer p9"},
        Fault{"INSERT INTO refused_writes VALUES ('p1', 7, 'c', 3, 'R', 'm')",
              "refused write 7 of producer p1 was applied"},
        Fault{"DELETE FROM briefings WHERE briefing_id = 'a'",
              "record a#1: its briefing a is not there"},
        Fault{"UPDATE records SET briefing_id = 'e' WHERE record_id = 'a#1'",
              "record a#1: belongs to another briefing than e"},
        Fault{"UPDATE records SET wire = x'ffffff' WHERE record_id = 'a#1'",
              "record a#1: cannot be read as a TripRecord"},
        Fault{"UPDATE records SET wire = (SELECT wire FROM records WHERE "
              "record_id = 'b#1') WHERE record_id = 'a#1'",
              "record a#1: holds the record b#1"},
        Fault{"UPDATE records SET wire = (SELECT before FROM history WHERE "
              "record_id = 'a#1' AND before IS NOT NULL) "
              "WHERE record_id = 'a#1'",
              "record a#1: is of revision 1, and its briefing of 3"},
        // Still a record, with another title.
        Fault{"UPDATE records SET wire = CAST(replace(wire, 'three', 'threw') "
              "AS BLOB) WHERE record_id = 'a#1'",
              "the records are not those that were written"},
        Fault{"DELETE FROM meta WHERE key = 'oldest_revision'; "
              "DELETE FROM history WHERE record_id = 'e#1'",
              "record e#1: the history does not hold the change at revision"},
        Fault{"DELETE FROM records WHERE record_id = 'e#1'",
              "made the record, and it is not held"},
        Fault{"DELETE FROM history WHERE record_id = 'e#1'",
              "record e#1: the history does not hold the change at revision"},
        Fault{"DELETE FROM history WHERE record_id = 'b#1' AND revision = 4",
              "record b#1: the change at revision 2: neither found"},
        Fault{"UPDATE history SET before = x'ffffff' WHERE record_id = 'a#1' "
              "AND revision = 3",
              "record a#1: the change at revision 3: cannot be read"},
        Fault{"UPDATE history SET revision = 2 WHERE record_id = 'a#1' "
              "AND revision = 1",
              "replaced one of revision 1 instead of 2"},
        Fault{"UPDATE history SET revision = 40 WHERE record_id = 'e#1'",
              "was last changed at revision 40"},
        Fault{"UPDATE history SET revision = 400 WHERE record_id = 'f59#1'",
              "is of revision 400, and the journal is at 67"},
        Fault{"UPDATE history SET number = 1000 WHERE number = 1",
              "change 1000 of the history is of revision 1, after one of"},
        Fault{"UPDATE meta SET value = CAST('17' AS BLOB) WHERE key = "
              "'history_bytes'",
              "bytes instead of the 17 that are noted"}));

TEST_F(VerifyJournalTest, ACleanFileWithFlippedBytesIsNot) {
  journal_.reset();
  const std::string sound = ContentOf(data_).at("journal.db");
  ASSERT_GT(sound.size(), 8u * 4096);
  // Whole pages, each but the first, as a disk loses them.
  for (size_t page = 1; page * 4096 < sound.size(); ++page) {
    Overwrite(page * 4096, std::string(4096, '\xa5'));
    EXPECT_THAT(Faults(data_), Not(IsEmpty())) << "page " << page;
    Overwrite(page * 4096, sound.substr(page * 4096, 4096));
  }
  EXPECT_THAT(Faults(data_), IsEmpty());
}

TEST_F(VerifyJournalTest, ATruncatedFileIsNot) {
  journal_.reset();
  const size_t size = fs::file_size(file_);
  fs::resize_file(file_, size / 2);
  EXPECT_THAT(Faults(data_), Not(IsEmpty()));
  fs::resize_file(file_, 100);
  EXPECT_THAT(Faults(data_), Not(IsEmpty()));
  fs::resize_file(file_, 0);
  EXPECT_THAT(VerifyJournal(data_).status().message(), HasSubstr("is empty"));
  Overwrite(0, std::string(5000, 'x'));
  EXPECT_THAT(Faults(data_), ElementsAre(HasSubstr("is not a database")));
}

TEST_F(VerifyJournalTest, ListsSoManyAndCountsAll) {
  Damage(
      "UPDATE briefings SET version = -1; "
      "UPDATE records SET wire = x'ff'; DELETE FROM history");
  const auto found = VerifyJournal(data_);
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->faults().size(), store::Verification::kMaxListed);
  EXPECT_GT(found->fault_count(), 150);
}

}  // namespace
}  // namespace attache
