// What Transact said is on the disk is there after the power went, whichever
// syncs failed before.
#include "tests/common/store/power_loss.h"

#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/store/database.h"
#include "gtest/gtest.h"
#include "tests/support/temp_directory.h"

namespace attache::store {
namespace {

using ::attache::testing::PowerLossDisk;
using ::attache::testing::TempDirectory;

constexpr int kKeys = 64;
// A few of them make a log that is due to be copied back.
constexpr int kValueBytes = 200'000;

Database::Schema TestSchema() {
  return {.application_id = 0x41545433,
          .migrations = {"CREATE TABLE t (k INTEGER PRIMARY KEY, n INTEGER, "
                         "v BLOB) STRICT"}};
}

class PowerLoss : public ::testing::Test {
 protected:
  std::string path() const { return directory_.file(name_); }

  void Open() {
    auto opened = Database::Open(path(), TestSchema());
    ASSERT_TRUE(opened.ok()) << opened.status();
    database_ = *std::move(opened);
  }

  // Gives `key` a new value; true where that was committed.
  bool Put(int key) {
    const int64_t number = ++numbers_;
    const absl::Status status = database_->Transact([&]() -> absl::Status {
      Statement put =
          *database_->Prepare("INSERT OR REPLACE INTO t VALUES (?, ?, ?)");
      return put.Bind(1, key)
          .Bind(2, number)
          .BindBlob(3, std::string(kValueBytes, static_cast<char>(number)))
          .Run();
    });
    if (status.ok()) committed_[key] = number;
    if (!status.ok()) failed_[key] = number;
    return status.ok();
  }

  // Holds what the disk kept against what was committed. A transaction that
  // failed may be there, but as a whole and only as the last.
  void CutPowerAndCheck(const std::function<bool()>& reached_disk) {
    const TempDirectory left;
    for (const char* suffix : {"", "-wal"}) {
      disk_.Recover(path() + suffix, left.file("db") + suffix, reached_disk);
    }
    disk_.FailSyncsOf(nullptr);
    auto recovered = Database::Open(left.file("db"), TestSchema());
    ASSERT_TRUE(recovered.ok()) << recovered.status();
    Statement check = *(*recovered)->Prepare("PRAGMA integrity_check");
    ASSERT_TRUE(*check.Step());
    ASSERT_EQ(std::string(check.Text(0)), "ok");
    check.Reset();
    Statement get = *(*recovered)->Prepare("SELECT n, v FROM t WHERE k = ?");
    for (const auto& [key, number] : committed_) {
      ASSERT_TRUE(*get.Bind(1, key).Step()) << key << " is lost";
      const int64_t held = get.Int(0);
      if (failed_[key] < number || held != failed_[key]) {
        EXPECT_EQ(held, number) << "of key " << key;
      }
      EXPECT_EQ(std::string(get.Text(1)),
                std::string(kValueBytes, static_cast<char>(held)));
      get.Reset();
    }
  }

  PowerLossDisk disk_;
  const TempDirectory directory_;
  std::string name_ = "db";
  std::unique_ptr<Database> database_;
  int64_t numbers_ = 0;
  // By key: the last number that was committed, and the last that was not.
  std::map<int, int64_t> committed_;
  std::map<int, int64_t> failed_;
};

TEST_F(PowerLoss, LeavesWhatWasCommitted) {
  Open();
  for (int key = 0; key < kKeys; ++key) ASSERT_TRUE(Put(key));
  CutPowerAndCheck([] { return false; });
}

TEST_F(PowerLoss, LeavesWhatWasCommittedAfterASyncOfTheLogFailed) {
  Open();
  ASSERT_TRUE(Put(1));
  disk_.FailSyncsOf([](const std::string&) { return true; });
  EXPECT_FALSE(Put(1));
  EXPECT_FALSE(Put(2));
  disk_.FailSyncsOf(nullptr);
  ASSERT_TRUE(Put(3));
  CutPowerAndCheck([] { return false; });
}

// A reader keeps the log from being copied back as a whole, so that the first
// part of it is copied without a sync; the sync of the rest fails, and takes
// the first part with it.
TEST_F(PowerLoss, LeavesWhatWasCommittedAfterASyncOfTheFileFailed) {
  Open();
  ASSERT_TRUE(Put(0));
  auto reader = *Database::OpenReadOnly(path());
  ASSERT_TRUE(reader->Execute("BEGIN").ok());
  ASSERT_TRUE(reader->Execute("SELECT count(*) FROM t").ok());
  for (int key = 1; key < kKeys; ++key) ASSERT_TRUE(Put(key));
  ASSERT_TRUE(reader->Execute("COMMIT").ok());
  ASSERT_TRUE(reader->Execute("BEGIN").ok());
  ASSERT_TRUE(reader->Execute("SELECT count(*) FROM t").ok());
  for (int key = 0; key < kKeys; ++key) ASSERT_TRUE(Put(key));
  bool failed = false;
  disk_.FailSyncsOf([&](const std::string& file) {
    const bool fails = !failed && !absl::EndsWith(file, "-wal");
    failed |= fails;
    return fails;
  });
  ASSERT_TRUE(reader->Execute("COMMIT").ok());
  ASSERT_TRUE(Put(0));
  ASSERT_TRUE(failed);
  for (int key = 0; key < kKeys; ++key) ASSERT_TRUE(Put(key));
  CutPowerAndCheck([] { return false; });
}

// Also when the service ends in order, with its last copying back.
TEST_F(PowerLoss, LeavesWhatWasCommittedWhereTheFileIsClosedAfterAFailedSync) {
  Open();
  bool failed = false;
  for (int key = 0; key < kKeys; ++key) {
    if (key == kKeys / 2) {
      disk_.FailSyncsOf([&](const std::string& file) {
        const bool fails = !failed && !absl::EndsWith(file, "-wal");
        failed |= fails;
        return fails;
      });
    }
    ASSERT_TRUE(Put(key));
  }
  ASSERT_TRUE(failed);
  database_.reset();
  CutPowerAndCheck([] { return false; });
}

TEST_F(PowerLoss, LeavesWhatWasCommittedWhicheverSyncsFail) {
  std::mt19937 random(20240304);
  for (int round = 0; round < 20; ++round) {
    committed_.clear();
    failed_.clear();
    database_.reset();
    name_ = absl::StrCat("db", round);
    Open();
    auto reader = *Database::OpenReadOnly(path());
    bool reading = false;
    disk_.FailSyncsOf([&](const std::string&) { return random() % 8 == 0; });
    for (int i = 0; i < 60; ++i) {
      Put(static_cast<int>(random() % 8));
      if (random() % 4 != 0) continue;
      if (reading) {
        ASSERT_TRUE(reader->Execute("COMMIT").ok());
      } else {
        ASSERT_TRUE(reader->Execute("BEGIN").ok());
        ASSERT_TRUE(reader->Execute("SELECT count(*) FROM t").ok());
      }
      reading = !reading;
    }
    CutPowerAndCheck([&] { return random() % 2 == 0; });
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace attache::store
