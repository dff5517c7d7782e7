#include "common/vocabulary/lexicon.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/text/token.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Each pattern's entry has the pattern as its id.
std::unique_ptr<const Lexicon> LexiconOf(
    const std::vector<std::string>& patterns) {
  Lexicon::Builder builder;
  for (const std::string& pattern : patterns) {
    const absl::Status status =
        builder.Add(pattern, {EntryKind::kCue, pattern, "", 1});
    EXPECT_TRUE(status.ok()) << pattern << ": " << status;
  }
  return std::move(builder).Build();
}

// "PATTERN:what it matched", in order.
std::vector<std::string> Matches(const Lexicon& lexicon,
                                 const std::string& text) {
  const std::vector<Token> tokens = Tokenize(text);
  std::vector<std::string> found;
  for (const LexiconMatch& match : lexicon.Match(tokens)) {
    const uint32_t begin = tokens[match.begin].begin;
    const uint32_t end = tokens[match.end - 1].end;
    found.push_back(
        absl::StrCat(match.entry->id, ":", text.substr(begin, end - begin)));
  }
  return found;
}

bool Finds(const std::string& pattern, const std::string& text) {
  return !Matches(*LexiconOf({pattern}), text).empty();
}

TEST(Lexicon, MatchesWordsWhateverTheirCaseAndAccents) {
  EXPECT_TRUE(Finds("climate change", "on Climate\nCHANGE."));
  EXPECT_TRUE(Finds("climate change", "clímate change"));
  EXPECT_FALSE(Finds("climate change", "climate, change"));
  EXPECT_FALSE(Finds("climate change", "climate changes"));
  EXPECT_TRUE(Finds("Bogotá", "in Bogota"));
}

TEST(Lexicon, MatchesACliticAlone) {
  EXPECT_THAT(Matches(*LexiconOf({"'s"}), "Norway’s minister"),
              ElementsAre("'s:’s"));
  EXPECT_THAT(Matches(*LexiconOf({"d'|de"}), "la visite d'Anne de Vries"),
              ElementsAre("d'|de:d'", "d'|de:de"));
}

TEST(Lexicon, DemandsTheCaseThatThePatternHas) {
  EXPECT_TRUE(Finds("Turkey", "Turkey"));
  EXPECT_TRUE(Finds("Turkey", "TURKEY"));
  EXPECT_FALSE(Finds("Turkey", "roast turkey"));
  EXPECT_TRUE(Finds("US", "the US"));
  EXPECT_FALSE(Finds("US", "tell us"));
  EXPECT_FALSE(Finds("US", "Us"));
  EXPECT_TRUE(Finds("AIDS", "AIDS"));
  EXPECT_FALSE(Finds("AIDS", "Aids"));
  EXPECT_TRUE(Finds("Peruvian*", "Peruvians"));
  EXPECT_FALSE(Finds("Peruvian*", "peruvians"));
}

TEST(Lexicon, MatchesPrefixesChoicesAndOptionalWords) {
  EXPECT_TRUE(Finds("strengthen* ties", "strengthening ties"));
  EXPECT_TRUE(Finds("strengthen* ties", "strengthen ties"));
  EXPECT_FALSE(Finds("strengthen* ties", "strength ties"));
  EXPECT_TRUE(Finds("trade|commerc* ties", "commercial ties"));
  EXPECT_TRUE(Finds("in the? presence", "in presence"));
  EXPECT_TRUE(Finds("in the? presence", "in the presence"));
  EXPECT_FALSE(Finds("in the? presence", "in his presence"));
  EXPECT_TRUE(Finds("Guinea-Bissau|Mali summit", "Guinea-Bissau summit"));
  EXPECT_TRUE(Finds("guinea - bissau", "Guinea-Bissau"));
}

TEST(Lexicon, MatchesExactlyOneTokenForAnUnderscore) {
  EXPECT_TRUE(Finds("talks _ with", "talks today with"));
  EXPECT_TRUE(Finds("talks _ with", "talks, with"));
  EXPECT_FALSE(Finds("talks _ with", "talks with"));
  EXPECT_FALSE(Finds("talks _ with", "talks late today with"));
}

TEST(Lexicon, SpansAGapButNoEndOfAClause) {
  const std::string pattern = "boost* ..3 exports";
  EXPECT_TRUE(Finds(pattern, "boosting exports"));
  EXPECT_TRUE(Finds(pattern, "boost a, b exports")) << "a comma is a token";
  EXPECT_FALSE(Finds(pattern, "boost a, b c exports"));
  for (const char* sign : {".", "!", "?", ";", ":"}) {
    EXPECT_FALSE(Finds(pattern, absl::StrCat("boost ", sign, " exports")));
  }
  EXPECT_TRUE(Finds(pattern, "boost U.S. exports"))
      << "the stop of initials ends no clause";
}

TEST(Lexicon, GivesAllMatchesByBeginThenLongestThenOrderOfAdd) {
  const auto lexicon = LexiconOf({"trade", "free trade", "free trade area",
                                  "trade area", "trade", "free ..2 area"});
  EXPECT_THAT(
      Matches(*lexicon, "free trade area"),
      ElementsAre("free trade area:free trade area",
                  "free ..2 area:free trade area", "free trade:free trade",
                  "trade area:trade area", "trade:trade", "trade:trade"));
}

TEST(Lexicon, GivesAMatchOnceHoweverManyWaysLeadToIt) {
  EXPECT_THAT(Matches(*LexiconOf({"a? b? a? c"}), "a c"),
              ElementsAre("a? b? a? c:a c", "a? b? a? c:c"));
  EXPECT_THAT(Matches(*LexiconOf({"trade|trad*"}), "trade"),
              ElementsAre("trade|trad*:trade"));
  EXPECT_THAT(Matches(*LexiconOf({"a ..3 b ..3 c"}), "a b b c"),
              ElementsAre("a ..3 b ..3 c:a b b c"));
}

TEST(Lexicon, TakesANameAsItStands) {
  Lexicon::Builder builder;
  ASSERT_TRUE(builder.AddName("Who is *", {EntryKind::kCue, "x", "", 1}).ok());
  ASSERT_TRUE(builder.AddName("R$", {EntryKind::kNumber, "y", "", 1}).ok());
  EXPECT_FALSE(builder.AddName("", {}).ok());
  const auto lexicon = std::move(builder).Build();
  EXPECT_THAT(Matches(*lexicon, "Who is *"), ElementsAre("x:Who is *"));
  EXPECT_THAT(Matches(*lexicon, "Who is whose"), IsEmpty());
  EXPECT_THAT(Matches(*lexicon, "R$5"), ElementsAre("y:R$"));
}

TEST(Lexicon, TellsMeaningsApart) {
  Lexicon::Builder builder;
  const std::vector<LexiconEntry> entries = {
      {EntryKind::kCue, "travel", "", 1},
      {EntryKind::kCue, "travel", "", 0.5f},
      {EntryKind::kCue, "arrive", "", 1},
      {EntryKind::kDate, "month", "1", 1},
      {EntryKind::kDate, "month", "2", 1},
      {EntryKind::kHeader, "travel", "", 1},
      {EntryKind::kCountry, "PE", "", 1},
      {EntryKind::kCountry, "CL", "", 1},
  };
  for (const LexiconEntry& entry : entries) {
    ASSERT_TRUE(builder.Add("a", entry).ok());
  }
  const auto lexicon = std::move(builder).Build();
  std::vector<uint32_t> meanings;
  for (const LexiconMatch& match : lexicon->Match(Tokenize("a"))) {
    meanings.push_back(match.entry->meaning);
  }
  EXPECT_THAT(meanings, ElementsAre(0, 0, 1, 2, 3, 4, 5, 5));
}

TEST(Lexicon, AddsNothingForAMalformedPattern) {
  Lexicon::Builder builder;
  EXPECT_FALSE(builder.Add("a ..3", {}).ok());
  EXPECT_THAT(Matches(*std::move(builder).Build(), "a b c"), IsEmpty());
}

TEST(Lexicon, GivesNothingForNoTokens) {
  EXPECT_THAT(LexiconOf({"a"})->Match({}), IsEmpty());
}

// A text made of the words of gaps, ten thousand times over: each start walks
// a bounded way.
TEST(Lexicon, StaysLinearWhereEveryTokenStartsAPatternWithGaps) {
  const auto lexicon = LexiconOf(
      {"a ..20 a ..20 a ..20 a ..20 b", "a ..20 a _ a ..20 b", "a* ..20 c"});
  std::string text;
  for (int i = 0; i < 10000; ++i) text += "a ";
  EXPECT_THAT(Matches(*lexicon, text), IsEmpty());
}

}  // namespace
}  // namespace attache
