#include "cli/output_file.h"

#include <filesystem>
#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/corpora.h"
#include "tests/support/temp_directory.h"

namespace attache::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class OutputFileTest : public ::testing::Test {
 protected:
  const attache::testing::TempDirectory directory_;
  const std::string path_ = directory_.path() + "/trips.csv";
};

TEST_F(OutputFileTest, AppearsWholeAndInPlaceOfWhatWasThere) {
  std::ofstream(path_) << "old";
  auto file = OutputFile::Open(path_);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_TRUE((*file)->Write("new ").ok());
  EXPECT_TRUE((*file)->Write("content").ok());
  EXPECT_EQ(ReadFile(path_), "old");
  EXPECT_EQ(ReadFile(path_ + ".part"), "new content");
  EXPECT_TRUE((*file)->Commit().ok());
  file->reset();
  EXPECT_EQ(ReadFile(path_), "new content");
  EXPECT_FALSE(fs::exists(path_ + ".part"));
}

TEST_F(OutputFileTest, LeavesNothingWhereItIsNotCommitted) {
  auto file = OutputFile::Open(path_);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_TRUE((*file)->Write("half").ok());
  file->reset();
  EXPECT_TRUE(fs::is_empty(directory_.path()));
}

TEST_F(OutputFileTest, LinksStayLinks) {
  const std::string link = directory_.path() + "/link";
  fs::create_symlink("trips.csv", link);
  std::ofstream(path_) << "old";
  auto file = OutputFile::Open(link);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_TRUE((*file)->Write("new").ok());
  EXPECT_TRUE((*file)->Commit().ok());
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(ReadFile(path_), "new");
}

TEST_F(OutputFileTest, DevicesAreWrittenDirectly) {
  auto file = OutputFile::Open("/dev/full");
  ASSERT_TRUE(file.ok()) << file.status();
  const absl::Status status = (*file)->Write("x");
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(status.message()), HasSubstr("/dev/full: No space"));
}

TEST_F(OutputFileTest, SaysWhatCannotBeWritten) {
  const auto file = OutputFile::Open(directory_.path() + "/none/trips.csv");
  EXPECT_EQ(file.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(file.status().message()),
              HasSubstr("/none/trips.csv: No such file or directory"));
}

}  // namespace
}  // namespace attache::cli
