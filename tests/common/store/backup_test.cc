#include "common/store/backup.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <sys/stat.h>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/directory_content.h"
#include "tests/support/temp_directory.h"

namespace attache::store {
namespace {

namespace fs = std::filesystem;
using ::attache::testing::ContentOf;
using ::attache::testing::FilesIn;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Database::Schema TestSchema() {
  return {.application_id = 77,
          .migrations = {"CREATE TABLE words (word TEXT NOT NULL) STRICT"}};
}

absl::Status DoNothing(Database&) { return absl::OkStatus(); }
absl::Status GoOn(int64_t, int64_t) { return absl::OkStatus(); }

int64_t Count(Database& database) {
  auto count = *database.Prepare("SELECT count(*) FROM words");
  EXPECT_TRUE(*count.Step());
  return count.Int(0);
}

class BackupTest : public ::testing::Test {
 protected:
  BackupTest() {
    fs::create_directory(data_);
    Open();
    Write(100);
  }

  void Open() {
    auto opened = Database::Open(path_, TestSchema());
    ASSERT_TRUE(opened.ok()) << opened.status();
    database_ = *std::move(opened);
  }
  // So much that it takes several pieces.
  void Write(int count) {
    ASSERT_TRUE(database_
                    ->Transact([&] {
                      auto insert =
                          *database_->Prepare("INSERT INTO words VALUES (?)");
                      absl::Status status;
                      for (int i = 0; i < count && status.ok(); ++i) {
                        status =
                            insert.BindText(1, std::string(100'000, 'w')).Run();
                      }
                      return status;
                    })
                    .ok());
  }
  absl::StatusOr<int64_t> BackUpTo(
      const std::string& to,
      absl::FunctionRef<absl::Status(Database&)> finish = DoNothing,
      BackupProgress progress = GoOn) {
    return BackUp(path_, TestSchema(), to, finish, progress);
  }

  attache::testing::TempDirectory directory_;
  const std::string data_ = directory_.file("data");
  const std::string path_ = data_ + "/words.db";
  const std::string to_ = directory_.file("backups/monday");
  std::unique_ptr<Database> database_;
};

TEST_F(BackupTest, CopiesToANewDirectoryThatOnlyItsOwnerReads) {
  const auto bytes = BackUpTo(to_);
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  EXPECT_THAT(FilesIn(to_), ElementsAre("words.db"));
  EXPECT_EQ(*bytes, static_cast<int64_t>(fs::file_size(to_ + "/words.db")));
  struct stat info;
  ASSERT_EQ(stat(to_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700u);
  ASSERT_EQ(stat((to_ + "/words.db").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  auto copy = Database::Open(to_ + "/words.db", TestSchema());
  ASSERT_TRUE(copy.ok()) << copy.status();
  EXPECT_EQ(Count(**copy), 100);
}

TEST_F(BackupTest, IsOfOneMomentAndKeepsNoWriterWaiting) {
  int pieces = 0;
  const auto bytes = BackUpTo(to_, DoNothing, [&](int64_t done, int64_t total) {
    EXPECT_LE(done, total);
    ++pieces;
    Write(1);
    return absl::OkStatus();
  });
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  // Were it to begin anew after each write, there would be no end.
  EXPECT_GT(pieces, 2);
  EXPECT_LT(pieces, 10);
  EXPECT_EQ(Count(*database_), 100 + pieces);
  auto copy = Database::OpenAtRest(to_ + "/words.db", TestSchema());
  ASSERT_TRUE(copy.ok()) << copy.status();
  EXPECT_EQ(Count(**copy), 100);
}

TEST_F(BackupTest, LeavesNothingWhereItIsBrokenOff) {
  const auto stopped = BackUpTo(to_, DoNothing, [](int64_t, int64_t) {
    return absl::CancelledError("stop");
  });
  EXPECT_TRUE(absl::IsCancelled(stopped.status())) << stopped.status();
  EXPECT_THAT(FilesIn(to_), IsEmpty());
  const auto failed = BackUpTo(
      to_, [](Database&) { return absl::InternalError("cannot finish"); });
  EXPECT_TRUE(absl::IsInternal(failed.status())) << failed.status();
  EXPECT_THAT(FilesIn(to_), IsEmpty());
  EXPECT_TRUE(BackUpTo(to_).ok());
}

TEST_F(BackupTest, HasItsNameOnlyOnceItIsWhole) {
  const auto check = [&] {
    EXPECT_THAT(FilesIn(to_), ::testing::Not(::testing::Contains("words.db")));
    return absl::OkStatus();
  };
  ASSERT_TRUE(BackUpTo(
                  to_, [&](Database&) { return check(); },
                  [&](int64_t, int64_t) { return check(); })
                  .ok());
}

TEST_F(BackupTest, KeepsNothingOfWhatIsDeletedAtTheEnd) {
  ASSERT_TRUE(
      database_->Execute("INSERT INTO words VALUES ('seventeen')").ok());
  ASSERT_TRUE(BackUpTo(to_, [](Database& copy) {
                return copy.Execute(
                    "DELETE FROM words WHERE word = 'seventeen'");
              }).ok());
  EXPECT_THAT(ContentOf(to_)["words.db"],
              ::testing::Not(HasSubstr("seventeen")));
}

TEST_F(BackupTest, RefusesADirectoryThatHoldsSomething) {
  ASSERT_TRUE(BackUpTo(to_).ok());
  const auto content = ContentOf(to_);
  const auto again = BackUpTo(to_);
  EXPECT_TRUE(absl::IsFailedPrecondition(again.status())) << again.status();
  EXPECT_THAT(again.status().message(), HasSubstr("not empty"));
  EXPECT_EQ(ContentOf(to_), content);

  fs::rename(to_ + "/words.db", to_ + "/words.db.partial");
  EXPECT_THAT(BackUpTo(to_).status().message(), HasSubstr("broken off"));
  EXPECT_THAT(BackUpTo(path_).status().message(), HasSubstr(path_));
}

TEST_F(BackupTest, LeavesTheDirectoryOfAStoppedOwnerAsItWas) {
  database_.reset();
  const auto content = ContentOf(data_);
  EXPECT_THAT(FilesIn(data_), ElementsAre("words.db"));
  ASSERT_TRUE(BackUpTo(to_).ok());
  EXPECT_EQ(ContentOf(data_), content);
}

TEST_F(BackupTest, SaysWhereThereIsNothingToCopy) {
  const auto status =
      BackUp(data_ + "/none.db", TestSchema(), to_, DoNothing, GoOn).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
  EXPECT_THAT(status.message(), HasSubstr("none.db"));
  EXPECT_FALSE(fs::exists(to_));
  std::ofstream(data_ + "/empty.db").close();
  EXPECT_THAT(BackUp(data_ + "/empty.db", TestSchema(), to_, DoNothing, GoOn)
                  .status()
                  .message(),
              HasSubstr("is empty"));
}

// What a crash leaves: the file and the log, of which much is not in the file.
class AtRestTest : public BackupTest {
 protected:
  AtRestTest() {
    fs::create_directory(crashed_);
    for (const char* name : {"words.db", "words.db-wal"}) {
      fs::copy_file(data_ + "/" + name, crashed_ + "/" + name);
    }
  }
  const std::string crashed_ = directory_.file("crashed ?#%");
};

TEST_F(AtRestTest, ReadsALogThatACrashLeftAndTouchesNothing) {
  const auto content = ContentOf(crashed_);
  ASSERT_GT(content.at("words.db-wal").size(), 0u);
  {
    auto opened = Database::OpenAtRest(crashed_ + "/words.db", TestSchema());
    ASSERT_TRUE(opened.ok()) << opened.status();
    EXPECT_EQ(Count(**opened), 100);
    EXPECT_FALSE((*opened)->Execute("DELETE FROM words").ok());
  }
  EXPECT_EQ(ContentOf(crashed_), content);
}

TEST_F(AtRestTest, ReadsAFileWithoutALogAndTouchesNothing) {
  database_.reset();
  fs::remove(crashed_ + "/words.db-wal");
  fs::copy_file(path_, crashed_ + "/words.db",
                fs::copy_options::overwrite_existing);
  const auto content = ContentOf(crashed_);
  {
    auto opened = Database::OpenAtRest(crashed_ + "/words.db", TestSchema());
    ASSERT_TRUE(opened.ok()) << opened.status();
    EXPECT_EQ(Count(**opened), 100);
    EXPECT_FALSE((*opened)->Execute("DELETE FROM words").ok());
  }
  EXPECT_EQ(ContentOf(crashed_), content);
}

}  // namespace
}  // namespace attache::store
