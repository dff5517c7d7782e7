#include "common/log.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

std::string LogLine(LogLevel level, absl::string_view message,
                    const LogFields& fields = {}) {
  ::testing::internal::CaptureStderr();
  Log(level, message, fields);
  return ::testing::internal::GetCapturedStderr();
}

TEST(Log, WritesOneJsonObjectALine) {
  InitLog("ingestor", LogLevel::kInfo);
  EXPECT_THAT(
      LogLine(LogLevel::kInfo, "listening", {{"address", "127.0.0.1:1"}}),
      MatchesRegex(
          "\\{\"time\":\"20..-..-..T..:..:......Z\",\"level\":\"info\","
          "\"service\":\"ingestor\",\"message\":\"listening\","
          "\"address\":\"127.0.0.1:1\"\\}\n"));
}

TEST(Log, LeavesOutWhatIsBelowItsLevel) {
  InitLog("ingestor", LogLevel::kError);
  EXPECT_THAT(LogLine(LogLevel::kWarning, "hidden"), IsEmpty());
  EXPECT_THAT(LogLine(LogLevel::kError, "shown"), HasSubstr("shown"));
}

TEST(Log, KeepsTheLineReadableWhateverTheValues) {
  InitLog("ingestor", LogLevel::kInfo);
  const std::string line = LogLine(LogLevel::kInfo, "a \"b\"\n\\{}",
                                   {{"bad", "x\xff"}, {"good", "é"}});
  EXPECT_THAT(line, HasSubstr("a \\\"b\\\"\\n\\\\{}"));
  EXPECT_THAT(line, HasSubstr("\"bad\":\"x\\ufffd\""));
  EXPECT_THAT(line, HasSubstr("\"good\":\"é\""));
}

}  // namespace
}  // namespace attache
