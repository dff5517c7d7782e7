#include "common/vocabulary/pattern.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

using ::testing::HasSubstr;

size_t Ways(absl::string_view pattern) {
  const auto paths = ParsePattern(pattern);
  EXPECT_TRUE(paths.ok()) << pattern << ": " << paths.status();
  return paths.ok() ? paths->size() : 0;
}

void ExpectMalformed(absl::string_view pattern, absl::string_view reason) {
  const auto paths = ParsePattern(pattern);
  ASSERT_FALSE(paths.ok()) << pattern;
  EXPECT_EQ(paths.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(paths.status().message()),
              HasSubstr(std::string(reason)))
      << pattern;
}

TEST(ParsePattern, KeepsAChoiceOfSingleWordsAsOneStep) {
  const auto paths = ParsePattern("trade|commerc*|trade ties");
  ASSERT_TRUE(paths.ok());
  ASSERT_EQ(paths->size(), 1u);
  const PatternPath& path = paths->front();
  ASSERT_EQ(path.size(), 2u);
  ASSERT_EQ(path[0].words.size(), 2u);
  EXPECT_EQ(path[0].words[0].folded, "commerc");
  EXPECT_TRUE(path[0].words[0].prefix);
  EXPECT_EQ(path[0].words[1].folded, "trade");
  EXPECT_FALSE(path[0].words[1].prefix);
}

TEST(ParsePattern, SpellsOutOptionalWordsAndLongChoices) {
  EXPECT_EQ(Ways("in the? presence"), 2u);
  EXPECT_EQ(Ways("a? b? c"), 4u);
  EXPECT_EQ(Ways("Guinea-Bissau|Mali|Togo summit"), 2u);
}

TEST(ParsePattern, ReadsCaseOffTheWord) {
  const auto paths = ParsePattern("the Gambia US");
  ASSERT_TRUE(paths.ok());
  EXPECT_EQ((*paths)[0][0].words[0].demand, CaseDemand::kNone);
  EXPECT_EQ((*paths)[0][1].words[0].demand, CaseDemand::kCapitalized);
  EXPECT_EQ((*paths)[0][2].words[0].demand, CaseDemand::kAllCaps);
}

TEST(ParsePattern, ReadsACliticAsTheTokenThatItIsBesideAWord) {
  const auto suffix = ParsePattern("'s");
  ASSERT_TRUE(suffix.ok());
  ASSERT_EQ((*suffix)[0].size(), 1u);
  EXPECT_EQ((*suffix)[0][0].words[0].folded, "'s");
  const auto prefix = ParsePattern("d'");
  ASSERT_TRUE(prefix.ok());
  ASSERT_EQ((*prefix)[0].size(), 1u);
  EXPECT_EQ((*prefix)[0][0].words[0].folded, "d'");
}

TEST(ParsePattern, RefusesWhatIsMalformed) {
  ExpectMalformed("", "empty");
  ExpectMalformed("   ", "empty");
  ExpectMalformed("*", "missing");
  ExpectMalformed("a |", "missing");
  ExpectMalformed("a||b", "missing");
  ExpectMalformed("?", "missing");
  ExpectMalformed("a*b", "reserved");
  ExpectMalformed("a?b", "reserved");
  ExpectMalformed("a_b c", "reserved");
  ExpectMalformed("a b..", "reserved");
  ExpectMalformed("a b|_", "reserved");
  ExpectMalformed("5* years", "must follow a word");
  ExpectMalformed("a .. b", "a gap is written");
  ExpectMalformed("a ..0 b", "a gap is written");
  ExpectMalformed("a ..21 b", "a gap is written");
  ExpectMalformed("a ..3? b", "a gap is written");
  ExpectMalformed("a ..2 ..3 b", "side by side");
  ExpectMalformed("a ..2 b? ..3 c", "side by side");
  ExpectMalformed("..3 b", "must begin with a word");
  ExpectMalformed("_ b", "must begin with a word");
  ExpectMalformed("a? ..2 b", "must begin with a word");
  ExpectMalformed("a ..3", "must not end with a gap");
  ExpectMalformed("a ..3 b?", "must not end with a gap");
  ExpectMalformed("a? b?", "would match nothing");
  ExpectMalformed("a? b? c? d? e? f? g? h? i? j", "more than 256 ways");
}

TEST(PathOfName, ReservesNoSign) {
  const auto path = PathOfName("Who_is? *|..3");
  ASSERT_TRUE(path.ok());
  EXPECT_EQ(path->size(), 9u);
  EXPECT_FALSE(PathOfName(" ").ok());
}

}  // namespace
}  // namespace attache
