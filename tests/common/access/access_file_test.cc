#include "common/access/access_file.h"

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/temp_directory.h"

namespace attache {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kToken[] = "fR3zq0-some-token-of-analysis";
constexpr char kOther[] = "fR3zq0-some-token-of-operations";

class AccessFileTest : public ::testing::Test {
 protected:
  AccessFileTest() { Replace(AccessLine("analysis", "reader", kToken)); }

  // As an editor does: the new file takes the place of the old one.
  void Replace(const std::string& text) {
    const std::string next = path_ + ".new";
    std::ofstream(next) << text << '\n';
    std::filesystem::rename(next, path_);
  }

  static bool Knows(const AccessFile& file, const std::string& token) {
    return file.Current()
        ->Find({.token = DigestOf(token), .certificate_names = {}})
        .has_value();
  }

  testing::TempDirectory directory_;
  const std::string path_ = directory_.file("access");
};

TEST_F(AccessFileTest, IsReadAgainWhereItHasChanged) {
  const auto file = AccessFile::Open(path_);
  ASSERT_TRUE(file.ok()) << file.status();
  const auto first = (*file)->Current();
  (*file)->Refresh();
  EXPECT_EQ((*file)->Current(), first);

  Replace(AccessLine("operations", "reader", kOther));
  (*file)->Refresh();
  EXPECT_FALSE(Knows(**file, kToken));
  EXPECT_TRUE(Knows(**file, kOther));
}

TEST_F(AccessFileTest, KeepsTheLastGoodListAndSaysOnceWhatIsWrong) {
  const auto file = *AccessFile::Open(path_);
  ::testing::internal::CaptureStderr();
  Replace(absl::StrCat(AccessLine("operations", "reader", kOther),
                       "\nanalysis reader ", kToken));
  file->Refresh();
  file->Refresh();
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_TRUE(Knows(*file, kToken));
  EXPECT_FALSE(Knows(*file, kOther));
  EXPECT_THAT(log, HasSubstr("access:2: "));
  EXPECT_EQ(log.find('\n'), log.size() - 1) << log;
  EXPECT_THAT(log, Not(HasSubstr(kToken)));

  Replace(AccessLine("operations", "reader", kOther));
  file->Refresh();
  EXPECT_FALSE(Knows(*file, kToken));
  EXPECT_TRUE(Knows(*file, kOther));
}

TEST_F(AccessFileTest, KeepsTheLastListWhereTheFileIsGoneOrEmpty) {
  const auto file = *AccessFile::Open(path_);
  std::filesystem::remove(path_);
  file->Refresh();
  EXPECT_TRUE(Knows(*file, kToken));
  Replace("");
  file->Refresh();
  EXPECT_TRUE(Knows(*file, kToken));
}

TEST_F(AccessFileTest, FollowsALinkThatIsTurned) {
  const std::string link = directory_.file("link");
  std::filesystem::create_symlink(path_, link);
  const auto file = *AccessFile::Open(link);
  std::ofstream(directory_.file("other"))
      << AccessLine("analysis", "reader", kOther);
  std::filesystem::remove(link);
  std::filesystem::create_symlink(directory_.file("other"), link);
  file->Refresh();
  EXPECT_TRUE(Knows(*file, kOther));
}

TEST_F(AccessFileTest, ThatCannotBeReadIsAnErrorAtTheStart) {
  EXPECT_THAT(AccessFile::Open("/nowhere/access").status().message(),
              HasSubstr("cannot read /nowhere/access: No such file"));
  EXPECT_THAT(AccessFile::Open(directory_.path()).status().message(),
              HasSubstr("it is a directory"));
}

}  // namespace
}  // namespace attache
