#include <fstream>
#include <string>

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "common/store/database.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/directory_content.h"
#include "tests/support/temp_directory.h"

namespace attache::store {
namespace {

using ::attache::testing::ContentOf;
using ::attache::testing::TempDirectory;
using ::testing::HasSubstr;

TEST(DirectoryLock, CreatesADirectoryForItsOwnerAlone) {
  TempDirectory directory;
  ASSERT_TRUE(DirectoryLock::Acquire(directory.file("a/b")).ok());
  struct stat info;
  ASSERT_EQ(stat(directory.file("a/b").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700u);
}

TEST(DirectoryLock, NamesTheProcessThatHoldsTheDirectory) {
  TempDirectory directory;
  auto first = DirectoryLock::Acquire(directory.path());
  ASSERT_TRUE(first.ok());
  const auto second = DirectoryLock::Acquire(directory.path());
  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(second.status().message()),
              HasSubstr(absl::StrCat("is in use by process ", getpid())));
}

TEST(DirectoryLock, IsFreeAgainOnceGivenUp) {
  TempDirectory directory;
  ASSERT_TRUE(DirectoryLock::Acquire(directory.path()).ok());
  EXPECT_TRUE(DirectoryLock::Acquire(directory.path()).ok());
}

TEST(DirectoryLock, IsFreeAgainOnceItsHolderIsKilled) {
  TempDirectory directory;
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto lock = DirectoryLock::Acquire(directory.path());
    const char held = lock.ok() ? 1 : 0;
    if (write(ends[1], &held, 1) != 1) _exit(1);
    for (;;) pause();
  }
  char held = 0;
  ASSERT_EQ(read(ends[0], &held, 1), 1);
  ASSERT_EQ(held, 1);
  const auto refused = DirectoryLock::Acquire(directory.path());
  EXPECT_THAT(std::string(refused.status().message()),
              HasSubstr(absl::StrCat("process ", child)));
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  close(ends[0]);
  close(ends[1]);
  EXPECT_TRUE(DirectoryLock::Acquire(directory.path()).ok());
}

TEST(DirectoryLock, ToReadChangesNothing) {
  TempDirectory directory;
  EXPECT_TRUE(DirectoryLock::AcquireToRead(directory.path()).ok());
  EXPECT_TRUE(ContentOf(directory.path()).empty());
  ASSERT_TRUE(DirectoryLock::Acquire(directory.path()).ok());
  const auto content = ContentOf(directory.path());
  EXPECT_TRUE(DirectoryLock::AcquireToRead(directory.path()).ok());
  EXPECT_EQ(ContentOf(directory.path()), content);
}

TEST(DirectoryLock, ToReadWaitsForTheOwnerToStopAndKeepsItOut) {
  TempDirectory directory;
  auto owner = DirectoryLock::Acquire(directory.path());
  ASSERT_TRUE(owner.ok());
  const auto refused = DirectoryLock::AcquireToRead(directory.path());
  EXPECT_TRUE(absl::IsFailedPrecondition(refused.status()));
  EXPECT_THAT(std::string(refused.status().message()),
              HasSubstr(absl::StrCat("is in use by process ", getpid())));
  owner->reset();
  const auto reader = DirectoryLock::AcquireToRead(directory.path());
  ASSERT_TRUE(reader.ok());
  EXPECT_TRUE(DirectoryLock::AcquireToRead(directory.path()).ok());
  EXPECT_FALSE(DirectoryLock::Acquire(directory.path()).ok());
}

TEST(DirectoryLock, SaysWhyADirectoryCannotBeUsed) {
  TempDirectory directory;
  std::ofstream(directory.file("plain")) << "x";
  const auto lock = DirectoryLock::Acquire(directory.file("plain"));
  EXPECT_EQ(lock.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(lock.status().message()),
              HasSubstr(directory.file("plain")));
}

}  // namespace
}  // namespace attache::store
