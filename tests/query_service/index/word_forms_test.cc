#include "query_service/index/word_forms.h"

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {
namespace {

using ::testing::ElementsAre;

bool Match(WordForms& forms, const std::string& language, const std::string& a,
           const std::string& b) {
  const std::vector<std::string> left = forms.FormsOf(language, a);
  const std::vector<std::string> right = forms.FormsOf(language, b);
  return std::any_of(left.begin(), left.end(), [&](const std::string& form) {
    return std::find(right.begin(), right.end(), form) != right.end();
  });
}

TEST(WordsOf, AreRunsOfLettersAndDigitsInLowerCase) {
  EXPECT_THAT(WordsOf("The G20's  “Clean-Energy” deal"),
              ElementsAre("the", "g20", "s", "clean", "energy", "deal"));
  EXPECT_THAT(WordsOf("ÁFRICA, Õ\xC2\xA0x"), ElementsAre("áfrica", "õ", "x"));
  EXPECT_THAT(WordsOf(" – !"), ElementsAre());
}

TEST(WordsOf, AreTheSameHoweverAnAccentIsEncoded) {
  EXPECT_EQ(WordsOf("cafe\xCC\x81"), WordsOf("caf\xC3\xA9"));
}

TEST(WordsOf, HoldNothingThatIsNotSeen) {
  // A soft hyphen, a joiner, a mark of direction; the space without width is
  // where a word ends.
  EXPECT_THAT(WordsOf("co\u00ADoperation"), ElementsAre("cooperation"));
  EXPECT_THAT(WordsOf("a\u200Db \u200Ec"), ElementsAre("ab", "c"));
  EXPECT_THAT(WordsOf("a\u200Bb"), ElementsAre("a", "b"));
}

TEST(WordForms, AreThoseOfTheThreadAndTheVocabulary) {
  const auto vocabulary = TestVocabulary();
  WordForms& mine = WordForms::OfThisThread(*vocabulary);
  EXPECT_EQ(&mine, &WordForms::OfThisThread(*vocabulary));
  const WordForms* others = nullptr;
  std::thread([&] { others = &WordForms::OfThisThread(*vocabulary); }).join();
  EXPECT_NE(&mine, others);
}

TEST(WordForms, MatchesFormsOfOneWordInItsLanguage) {
  const auto vocabulary = TestVocabulary();
  WordForms forms(*vocabulary);
  EXPECT_TRUE(Match(forms, "en", "strengthening", "strengthen"));
  EXPECT_FALSE(Match(forms, "en", "trade", "climate"));
  EXPECT_TRUE(Match(forms, "es", "cooperación", "cooperaciones"));
  EXPECT_TRUE(Match(forms, "pt", "econômicas", "econômico"));
  EXPECT_TRUE(Match(forms, "fr", "économiques", "économique"));
}

TEST(WordForms, MatchesAWordTypedWithoutItsAccents) {
  const auto vocabulary = TestVocabulary();
  WordForms forms(*vocabulary);
  std::vector<std::string> languages = {""};
  for (const LanguageSettings& language : vocabulary->languages()) {
    languages.push_back(language.code);
  }
  for (const std::string& language : languages) {
    EXPECT_TRUE(Match(forms, language, "cooperación", "cooperacion"))
        << language;
  }
}

TEST(WordForms, KeepsWordsOfAnUnknownLanguageWhole) {
  const auto vocabulary = TestVocabulary();
  WordForms forms(*vocabulary);
  EXPECT_EQ(forms.StemmedLanguage("pt-BR"), "pt");
  EXPECT_EQ(forms.StemmedLanguage("PT_br"), "pt");
  EXPECT_EQ(forms.StemmedLanguage("xx"), "");
  EXPECT_FALSE(Match(forms, "", "strengthening", "strengthen"));
}

}  // namespace
}  // namespace attache::testing
