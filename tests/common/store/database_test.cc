#include "common/store/database.h"

#include <filesystem>
#include <fstream>
#include <string>

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/temp_directory.h"

namespace attache::store {
namespace {

using ::attache::testing::TempDirectory;
using ::testing::HasSubstr;

Database::Schema TestSchema() {
  return {
      .application_id = 0x41545431,
      .migrations = {"CREATE TABLE t (k INTEGER PRIMARY KEY, v BLOB) STRICT"}};
}

int64_t Count(Database& database) {
  Statement count = *database.Prepare("SELECT count(*) FROM t");
  EXPECT_TRUE(*count.Step());
  const int64_t value = count.Int(0);
  count.Reset();
  return value;
}

absl::Status Insert(Database& database, int64_t key, absl::string_view value) {
  return database.Transact([&] {
    auto insert = database.Prepare("INSERT INTO t VALUES (?, ?)");
    return insert.ok() ? insert->Bind(1, key).BindBlob(2, value).Run()
                       : insert.status();
  });
}

TEST(Database, KeepsBytesAcrossOpenings) {
  TempDirectory directory;
  const std::string bytes("a\0b\xFF", 4);
  {
    auto database = *Database::Open(directory.file("db"), TestSchema());
    ASSERT_TRUE(Insert(*database, 1, bytes).ok());
    ASSERT_TRUE(Insert(*database, 2, "").ok());
  }
  auto database = *Database::Open(directory.file("db"), TestSchema());
  Statement all = *database->Prepare("SELECT k, v FROM t ORDER BY k");
  ASSERT_TRUE(*all.Step());
  EXPECT_EQ(all.Int(0), 1);
  EXPECT_EQ(std::string(all.Text(1)), bytes);
  ASSERT_TRUE(*all.Step());
  EXPECT_EQ(all.Text(1), "");
  EXPECT_FALSE(*all.Step());
}

TEST(Database, AStatementIsUsedAgainAfterItsEnd) {
  TempDirectory directory;
  auto database = *Database::Open(directory.file("db"), TestSchema());
  Statement insert = *database->Prepare("INSERT INTO t VALUES (?, x'00')");
  for (int key = 0; key < 3; ++key) ASSERT_TRUE(insert.Bind(1, key).Run().ok());
  EXPECT_EQ(Count(*database), 3);
}

TEST(Database, RollsBackABodyThatFails) {
  TempDirectory directory;
  auto database = *Database::Open(directory.file("db"), TestSchema());
  const absl::Status status = database->Transact([&]() -> absl::Status {
    EXPECT_TRUE(database->Execute("INSERT INTO t VALUES (1, x'00')").ok());
    return absl::CancelledError("no");
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(Count(*database), 0);
  EXPECT_TRUE(Insert(*database, 1, "v").ok());
}

TEST(Database, SaysWhichConstraintBroke) {
  TempDirectory directory;
  auto database = *Database::Open(directory.file("db"), TestSchema());
  ASSERT_TRUE(Insert(*database, 1, "v").ok());
  const absl::Status status = Insert(*database, 1, "v");
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(std::string(status.message()), HasSubstr("t.k"));
}

TEST(Database, SaysThatAParameterDoesNotExist) {
  TempDirectory directory;
  auto database = *Database::Open(directory.file("db"), TestSchema());
  Statement insert = *database->Prepare("INSERT INTO t VALUES (1, x'00')");
  EXPECT_FALSE(insert.Bind(1, 7).Run().ok());
  EXPECT_EQ(Count(*database), 0);
}

TEST(Database, MigratesAnOlderFileAndKeepsItsRows) {
  TempDirectory directory;
  Database::Schema schema = TestSchema();
  ASSERT_TRUE(
      Insert(**Database::Open(directory.file("db"), schema), 1, "v").ok());
  schema.migrations.push_back("ALTER TABLE t ADD COLUMN w INTEGER DEFAULT 7");
  auto database = *Database::Open(directory.file("db"), schema);
  Statement row = *database->Prepare("SELECT w FROM t");
  ASSERT_TRUE(*row.Step());
  EXPECT_EQ(row.Int(0), 7);
}

TEST(Database, AMigrationThatFailsChangesNothing) {
  TempDirectory directory;
  Database::Schema schema = TestSchema();
  ASSERT_TRUE(
      Insert(**Database::Open(directory.file("db"), schema), 1, "v").ok());
  schema.migrations.push_back("DELETE FROM t; CREATE TABLE t (broken)");
  EXPECT_FALSE(Database::Open(directory.file("db"), schema).ok());
  EXPECT_EQ(Count(**Database::Open(directory.file("db"), TestSchema())), 1);
}

TEST(Database, RefusesANewerFormat) {
  TempDirectory directory;
  Database::Schema newer = TestSchema();
  newer.migrations.push_back("CREATE TABLE u (k INTEGER)");
  ASSERT_TRUE(Database::Open(directory.file("db"), newer).ok());
  const auto database = Database::Open(directory.file("db"), TestSchema());
  EXPECT_EQ(database.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(
      std::string(database.status().message()),
      HasSubstr("has format 2, and this program knows formats up to 1"));
}

TEST(Database, RefusesAnotherProgramsFileAndLeavesItAsItIs) {
  TempDirectory directory;
  Database::Schema other = TestSchema();
  other.application_id = 7;
  ASSERT_TRUE(
      Insert(**Database::Open(directory.file("db"), other), 1, "v").ok());
  const auto database = Database::Open(directory.file("db"), TestSchema());
  EXPECT_EQ(database.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(database.status().message()),
              HasSubstr("belongs to another program"));
  EXPECT_EQ(Count(**Database::Open(directory.file("db"), other)), 1);
}

TEST(Database, RefusesATableThatNobodyMarked) {
  TempDirectory directory;
  Database::Schema unmarked = TestSchema();
  unmarked.application_id = 0;
  { auto made = *Database::Open(directory.file("db"), unmarked); }
  EXPECT_EQ(Database::Open(directory.file("db"), TestSchema()).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(Database, SaysThatAFileIsNoDatabase) {
  TempDirectory directory;
  std::ofstream(directory.file("db")) << std::string(5000, 'x');
  const auto database = Database::Open(directory.file("db"), TestSchema());
  EXPECT_EQ(database.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(database.status().message()),
              HasSubstr(directory.file("db")));
}

TEST(Database, SaysWhyAFileCannotBeOpened) {
  const auto database = Database::Open("/nowhere/at/all/db", TestSchema());
  EXPECT_EQ(database.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(database.status().message()),
              HasSubstr("/nowhere/at/all/db"));
}

TEST(Database, CopiesItsLogBackBeforeItGrowsLarge) {
  TempDirectory directory;
  auto database = *Database::Open(directory.file("db"), TestSchema());
  const std::string value(200'000, 'v');
  for (int key = 0; key < 100; ++key) {
    ASSERT_TRUE(Insert(*database, key, value).ok());
  }
  EXPECT_LT(std::filesystem::file_size(directory.file("db-wal")),
            uintmax_t{8} << 20);
}

TEST(Database, AFullDiskRefusesWritesAndTakesThemAgainLater) {
  TempDirectory directory;
  auto database = *Database::Open(directory.file("db"), TestSchema());
  ASSERT_TRUE(database->Execute("PRAGMA max_page_count = 10").ok());
  const absl::Status status =
      Insert(*database, 1, std::string(size_t{1} << 20, 'x'));
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  const auto details = DetailsOf(status);
  ASSERT_TRUE(details.has_value());
  EXPECT_EQ(details->reason, "DISK_REFUSES_WRITES");
  EXPECT_TRUE(details->retry_delay.has_value());
  EXPECT_EQ(Count(*database), 0);
  EXPECT_TRUE(Insert(*database, 1, "small").ok());
}

TEST(Database, AReaderSeesWhatIsCommittedAndWritesNothing) {
  TempDirectory directory;
  auto writer = *Database::Open(directory.file("db"), TestSchema());
  ASSERT_TRUE(Insert(*writer, 1, "v").ok());
  auto reader = *Database::OpenReadOnly(directory.file("db"));
  EXPECT_EQ(Count(*reader), 1);
  ASSERT_TRUE(
      writer
          ->Transact([&] {
            EXPECT_TRUE(
                writer->Execute("INSERT INTO t VALUES (2, x'00')").ok());
            EXPECT_EQ(Count(*reader), 1);
            return absl::OkStatus();
          })
          .ok());
  EXPECT_EQ(Count(*reader), 2);
  EXPECT_EQ(Insert(*reader, 3, "v").code(), absl::StatusCode::kUnavailable);
}

TEST(Database, AReadingTransactionStaysAtItsMoment) {
  TempDirectory directory;
  auto writer = *Database::Open(directory.file("db"), TestSchema());
  auto reader = *Database::OpenReadOnly(directory.file("db"));
  const absl::Status status = reader->TransactReading([&] {
    EXPECT_EQ(Count(*reader), 0);
    EXPECT_TRUE(Insert(*writer, 1, "v").ok());
    EXPECT_EQ(Count(*reader), 0);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(Count(*reader), 1);
  EXPECT_EQ(
      reader->TransactReading([] { return absl::CancelledError("no"); }).code(),
      absl::StatusCode::kCancelled);
  EXPECT_TRUE(Insert(*writer, 2, "v").ok());
  EXPECT_EQ(Count(*reader), 2);
}

TEST(Database, TellsNothingFromAnEmptyValue) {
  TempDirectory directory;
  auto database = *Database::Open(directory.file("db"), TestSchema());
  Statement row = *database->Prepare("SELECT NULL, x'', 0");
  ASSERT_TRUE(*row.Step());
  EXPECT_TRUE(row.IsNull(0));
  EXPECT_FALSE(row.IsNull(1));
  EXPECT_FALSE(row.IsNull(2));
}

TEST(Database, CountsItsLogAmongItsBytes) {
  TempDirectory directory;
  auto database = *Database::Open(directory.file("db"), TestSchema());
  const int64_t before = database->DiskBytes();
  ASSERT_TRUE(Insert(*database, 1, std::string(100000, 'x')).ok());
  EXPECT_GE(database->DiskBytes(), before + 100000);
}

TEST(Database, TouchShowsWhetherTheDiskTakesWrites) {
  TempDirectory directory;
  auto database = *Database::Open(directory.file("db"), TestSchema());
  ASSERT_TRUE(Insert(*database, 1, "x").ok());
  const auto touch = [&database] {
    return database->Transact([&database] { return database->Touch(); });
  };
  EXPECT_TRUE(touch().ok());
  // No file may grow any more, as on a full disk.
  signal(SIGXFSZ, SIG_IGN);
  rlimit before;
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit none{0, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &none), 0);
  const absl::Status refused = touch();
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  const auto details = DetailsOf(refused);
  ASSERT_TRUE(details.has_value()) << refused;
  EXPECT_EQ(details->reason, "DISK_REFUSES_WRITES");
  EXPECT_TRUE(touch().ok());
  EXPECT_EQ(Count(*database), 1);
  database.reset();
  // The version of the format is what it was.
  EXPECT_TRUE(Database::Open(directory.file("db"), TestSchema()).ok());
}

// Commits rows one by one and says so on `out`, until it is killed.
[[noreturn]] void WriteUntilKilled(const std::string& path, int out) {
  auto database = Database::Open(path, TestSchema());
  if (!database.ok()) _exit(1);
  for (int64_t key = 1;; ++key) {
    if (!Insert(**database, key, std::string(3000, 'x')).ok()) _exit(1);
    if (write(out, &key, sizeof(key)) != sizeof(key)) _exit(1);
  }
}

TEST(Database, HoldsAllThatWasCommittedWhenTheProcessIsKilled) {
  TempDirectory directory;
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) WriteUntilKilled(directory.file("db"), ends[1]);
  close(ends[1]);
  int64_t committed = 0;
  while (committed < 50 &&
         read(ends[0], &committed, sizeof(committed)) == sizeof(committed)) {
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  while (read(ends[0], &committed, sizeof(committed)) == sizeof(committed)) {
  }
  close(ends[0]);
  ASSERT_GE(committed, 50);

  auto database = *Database::Open(directory.file("db"), TestSchema());
  // One may be committed and not yet said.
  EXPECT_GE(Count(*database), committed);
  EXPECT_LE(Count(*database), committed + 1);
}

}  // namespace
}  // namespace attache::store
