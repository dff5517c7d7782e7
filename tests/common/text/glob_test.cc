#include "common/text/glob.h"

#include <string>

#include "absl/strings/ascii.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

bool Matches(absl::string_view pattern, absl::string_view text) {
  return Glob(pattern,
              [](absl::string_view piece) { return std::string(piece); })
      .Matches(text);
}

TEST(Glob, AsterisksStandForAnythingAndTheRestForItself) {
  EXPECT_TRUE(Matches("port", "port"));
  EXPECT_FALSE(Matches("port", "ports"));
  EXPECT_TRUE(Matches("*", ""));
  EXPECT_TRUE(Matches("**", "anything"));
  EXPECT_TRUE(Matches("port*", "ports"));
  EXPECT_TRUE(Matches("port*", "port"));
  EXPECT_FALSE(Matches("port*", "a port"));
  EXPECT_TRUE(Matches("*port", "a port"));
  EXPECT_TRUE(Matches("*o*t*", "a port town"));
  EXPECT_FALSE(Matches("*t*o*x*", "a port town"));
  EXPECT_TRUE(Matches("a*c*e", "abcde"));
  EXPECT_FALSE(Matches("a*ce*e", "ace"));
}

TEST(Glob, TheBeginningAndTheEndDoNotShareBytes) {
  EXPECT_FALSE(Matches("ab*ba", "aba"));
  EXPECT_TRUE(Matches("ab*ba", "abba"));
  EXPECT_FALSE(Matches("ab*b*ba", "abba"));
}

TEST(Glob, AnEscapedAsteriskIsOne) {
  EXPECT_TRUE(Matches(R"(5\*)", "5*"));
  EXPECT_FALSE(Matches(R"(5\*)", "55"));
  EXPECT_TRUE(Matches(R"(5\**)", "5* hotel"));
  EXPECT_FALSE(Glob::IsPattern(R"(5\*)"));
  EXPECT_TRUE(Glob::IsPattern(R"(5\**)"));
  EXPECT_EQ(Glob::Unescaped(R"(5\* hotel)"), "5* hotel");
}

TEST(Glob, PiecesAreNormalizedOneByOne) {
  const Glob glob("*PORT", [](absl::string_view piece) {
    return absl::AsciiStrToLower(piece);
  });
  EXPECT_TRUE(glob.Matches("a port"));
  EXPECT_FALSE(glob.Matches("a PORT"));
}

TEST(Glob, ManyAsterisksDoNotBacktrack) {
  std::string pattern;
  for (int i = 0; i < 20000; ++i) pattern += "*a";
  EXPECT_FALSE(Matches(pattern + "*b", std::string(30000, 'a')));
  EXPECT_TRUE(Matches(pattern + "*", std::string(30000, 'a')));
}

}  // namespace
}  // namespace attache
