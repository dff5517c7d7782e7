#include "common/text/token.h"

#include <random>
#include <string>
#include <vector>

#include "common/text/fold.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Split(absl::string_view text) {
  std::vector<std::string> parts;
  for (const Token& token : Tokenize(text)) {
    parts.emplace_back(text.substr(token.begin, token.end - token.begin));
  }
  return parts;
}

Token Only(absl::string_view text) {
  const std::vector<Token> tokens = Tokenize(text);
  EXPECT_EQ(tokens.size(), 1u) << text;
  return tokens.empty() ? Token() : tokens[0];
}

TEST(Tokenize, GivesNothingForWhiteSpace) {
  EXPECT_THAT(Split(""), IsEmpty());
  EXPECT_THAT(Split(" \n\t\u00A0"), IsEmpty());
}

TEST(Tokenize, SplitsWordsNumbersAndSigns) {
  EXPECT_THAT(Split("The G20 met in Bogotá (Colombia), twice."),
              ElementsAre("The", "G20", "met", "in", "Bogotá", "(", "Colombia",
                          ")", ",", "twice", "."));
  EXPECT_THAT(Split("Guinea-Bissau"), ElementsAre("Guinea", "-", "Bissau"));
  EXPECT_THAT(Split("US$5"), ElementsAre("US", "$", "5"));
}

TEST(Tokenize, TellsTheKinds) {
  EXPECT_EQ(Only("word").kind, TokenKind::kWord);
  EXPECT_EQ(Only("12").kind, TokenKind::kNumber);
  EXPECT_EQ(Only("€").kind, TokenKind::kSign);
  EXPECT_EQ(Only("½").kind, TokenKind::kSign);
}

TEST(Tokenize, KeepsSeparatorsInsideNumbers) {
  EXPECT_THAT(Split("1.650,5 1,000. 1’000 2\u00A0500\u202F000 3, 4"),
              ElementsAre("1.650,5", "1,000", ".", "1’000",
                          "2\u00A0500\u202F000", "3", ",", "4"));
  EXPECT_THAT(Split("10 000"), ElementsAre("10", "000"));
  EXPECT_THAT(Split("2024-11-05"), ElementsAre("2024", "-", "11", "-", "05"));
}

TEST(Tokenize, CutsWhatFollowsANumber) {
  EXPECT_THAT(Split("2.4bn 20th 5G 1990's"),
              ElementsAre("2.4", "bn", "20", "th", "5", "G", "1990", "'s"));
  EXPECT_FALSE(Tokenize("20th")[1].space_before);
}

TEST(Tokenize, KeepsInitialsAndTheirLastStop) {
  EXPECT_THAT(Split("the U.S. and D.C.'s"),
              ElementsAre("the", "U.S.", "and", "D.C.", "'s"));
  EXPECT_THAT(Split("U.S.foreign"), ElementsAre("U.S.", "foreign"));
  EXPECT_THAT(Split("J. Doe, J.Doe"),
              ElementsAre("J", ".", "Doe", ",", "J", ".", "Doe"));
  EXPECT_THAT(Split("Plan B."), ElementsAre("Plan", "B", "."));
  EXPECT_THAT(Split("3 p.m. É.U."), ElementsAre("3", "p.m.", "É.U."));
}

TEST(Tokenize, CutsClitics) {
  EXPECT_THAT(
      Split("Blinken’s they'll I'M we've"),
      ElementsAre("Blinken", "’s", "they", "'ll", "I", "'M", "we", "'ve"));
  EXPECT_THAT(Split("l'Union qu’elle D’Abidjan aujourd'hui"),
              ElementsAre("l'", "Union", "qu’", "elle", "D’", "Abidjan",
                          "aujourd'hui"));
  EXPECT_THAT(Split("Côte d’Ivoire's"),
              ElementsAre("Côte", "d’", "Ivoire", "'s"));
}

TEST(Tokenize, KeepsOtherApostrophesInsideAWord) {
  EXPECT_THAT(Split("Sana'a Xi’an O'Brien's didn't N'Djamena Hawai‘i"),
              ElementsAre("Sana'a", "Xi’an", "O'Brien", "'s", "didn't",
                          "N'Djamena", "Hawai‘i"));
}

TEST(Tokenize, TakesQuotesForSigns) {
  EXPECT_THAT(Split("the ‘summit’ of 'states'"),
              ElementsAre("the", "‘", "summit", "’", "of", "'", "states", "'"));
  EXPECT_THAT(Split("states' 's"), ElementsAre("states", "'", "'", "s"));
}

TEST(Tokenize, SeesCase) {
  EXPECT_TRUE(Only("Turkey").capitalized);
  EXPECT_FALSE(Only("Turkey").all_caps);
  EXPECT_FALSE(Only("turkey").capitalized);
  EXPECT_TRUE(Only("NATO").all_caps);
  EXPECT_TRUE(Only("U.S.").all_caps);
  EXPECT_TRUE(Only("U.S.").capitalized);
  EXPECT_FALSE(Only("A").all_caps);
  EXPECT_TRUE(Only("A").capitalized);
  EXPECT_FALSE(Only("G20").all_caps) << "one letter";
  EXPECT_TRUE(Only("É\u0301LAN").all_caps);
  EXPECT_FALSE(Only("eSwatini").capitalized);
  EXPECT_FALSE(Only("20").capitalized);
}

TEST(Tokenize, SeesSpaceBefore) {
  const std::vector<Token> tokens = Tokenize("a b,c\u00A0d");
  ASSERT_EQ(tokens.size(), 5u);
  EXPECT_TRUE(tokens[0].space_before) << "the start of the text";
  EXPECT_TRUE(tokens[1].space_before);
  EXPECT_FALSE(tokens[2].space_before);
  EXPECT_FALSE(tokens[3].space_before);
  EXPECT_TRUE(tokens[4].space_before);
}

TEST(Tokenize, PassesOverWhatShowsNothing) {
  EXPECT_THAT(Split("\uFEFFco\u00ADop\u200B\u200E2"),
              ElementsAre("co\u00ADop", "2"));
  EXPECT_EQ(Only("co\u00ADop").folded, "coop");
}

TEST(Tokenize, AcceptsDecomposedLetters) {
  EXPECT_THAT(Split("Bogota\u0301 hoy"), ElementsAre("Bogota\u0301", "hoy"));
}

// Whatever the text, tokens stand in order, leave out nothing but white space,
// and carry the fold of what they cover.
TEST(Tokenize, CoversAnyTextInOrder) {
  const std::vector<std::string> pieces = {
      "a",  "B",  "é", "1", "9",  ".",      ",",      "'",      "’",      " ",
      "\n", "-",  "s", "l", "d",  "\u00A0", "\u0301", "$",      "—",      "U",
      "𝄞",  "漢", "º", "ʼ", "ll", "qu",     "½",      "\u00AD", "\u200B", "?"};
  std::mt19937 random(11);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (int i = random() % 12; i >= 0; --i) {
      text += pieces[random() % pieces.size()];
    }
    uint32_t at = 0;
    std::string skipped;
    for (const Token& token : Tokenize(text)) {
      ASSERT_LE(at, token.begin) << text;
      ASSERT_LT(token.begin, token.end) << text;
      skipped += Fold(text.substr(at, token.begin - at));
      ASSERT_EQ(token.folded,
                Fold(text.substr(token.begin, token.end - token.begin)))
          << text;
      at = token.end;
    }
    skipped += Fold(text.substr(at));
    ASSERT_EQ(skipped.find_first_not_of(' '), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace attache
