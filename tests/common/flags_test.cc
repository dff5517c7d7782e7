#include "common/flags.h"

#include <cstdlib>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/reflection.h"
#include "gtest/gtest.h"

ABSL_FLAG(int, test_count, 1, "A number.");
ABSL_FLAG(bool, test_switch, false, "A switch.");
ABSL_FLAG(attache::LogLevel, test_level, attache::LogLevel::kInfo, "A level.");

namespace attache {
namespace {

void Parse(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "/usr/bin/server");
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  ParseServerFlags(static_cast<int>(argv.size()), argv.data());
}

class ParseServerFlagsTest : public ::testing::Test {
 protected:
  void TearDown() override { unsetenv("ATTACHE_TEST_COUNT"); }
  absl::FlagSaver saver_;
};

TEST_F(ParseServerFlagsTest, TakesValuesWithAndWithoutEqualsSign) {
  Parse({"--test_count=5", "--test_switch"});
  EXPECT_EQ(absl::GetFlag(FLAGS_test_count), 5);
  EXPECT_TRUE(absl::GetFlag(FLAGS_test_switch));
  Parse({"--test_count", "6", "--test_switch=false"});
  EXPECT_EQ(absl::GetFlag(FLAGS_test_count), 6);
  EXPECT_FALSE(absl::GetFlag(FLAGS_test_switch));
}

TEST_F(ParseServerFlagsTest, TheCommandLineWinsOverTheEnvironment) {
  setenv("ATTACHE_TEST_COUNT", "7", 1);
  Parse({});
  EXPECT_EQ(absl::GetFlag(FLAGS_test_count), 7);
  Parse({"--test_count=8"});
  EXPECT_EQ(absl::GetFlag(FLAGS_test_count), 8);
}

TEST_F(ParseServerFlagsTest, EndsWithTwoAndOneLineOnWrongUsage) {
  EXPECT_EXIT(Parse({"--test_count=x"}), ::testing::ExitedWithCode(2),
              "^server: \"x\" is no value for --test_count[^\n]*\n$");
  EXPECT_EXIT(Parse({"--no_such_flag"}), ::testing::ExitedWithCode(2),
              "^server: unknown flag --no_such_flag[^\n]*\n$");
  EXPECT_EXIT(Parse({"stray"}), ::testing::ExitedWithCode(2),
              "^server: unexpected argument \"stray\"[^\n]*\n$");
  EXPECT_EXIT(Parse({"--test_count"}), ::testing::ExitedWithCode(2),
              "^server: --test_count needs a value[^\n]*\n$");
  setenv("ATTACHE_TEST_COUNT", "many", 1);
  EXPECT_EXIT(Parse({}), ::testing::ExitedWithCode(2), "ATTACHE_TEST_COUNT");
}

TEST_F(ParseServerFlagsTest, TakesALogLevelByName) {
  Parse({"--test_level=warning"});
  EXPECT_EQ(absl::GetFlag(FLAGS_test_level), LogLevel::kWarning);
  EXPECT_EXIT(Parse({"--test_level=loud"}), ::testing::ExitedWithCode(2),
              "takes debug, info, warning or error");
}

TEST_F(ParseServerFlagsTest, HelpIsNoFailure) {
  EXPECT_EXIT(Parse({"--help"}), ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace attache
