#include "ingestor/passes/segment.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/document_from_text.h"

namespace attache {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

std::vector<std::string> Sentences(absl::string_view text,
                                   const std::string& language = "en") {
  TextOptions options;
  options.language = language;
  const Document document = DocumentFromText(text, options);
  std::vector<std::string> sentences;
  for (const Sentence& sentence : document.sentences) {
    sentences.emplace_back(document.TextOf(sentence.tokens));
  }
  return sentences;
}

TEST(Segment, EndsSentencesAtStopsMarksAndClosingQuotes) {
  EXPECT_THAT(Sentences("She left. “We agreed.” Did he stay? Yes! It was so."),
              ElementsAre("She left.", "“We agreed.”", "Did he stay?", "Yes!",
                          "It was so."));
}

TEST(Segment, KeepsAbbreviationsAndInitialsInside) {
  EXPECT_THAT(
      Sentences("Then Dr. Ruiz met Wendy R. Sherman and the U.S. Secretary of "
                "State at No. 10 near St. James. The U.S. She left at 2.30."),
      ElementsAre("Then Dr. Ruiz met Wendy R. Sherman and the U.S. Secretary "
                  "of State at No. 10 near St. James.",
                  "The U.S.", "She left at 2.30."));
}

TEST(Segment, EndsASentenceAfterInitialsBeforeAFunctionWord) {
  EXPECT_THAT(Sentences("He flew to the U.S. The talks went well."),
              ElementsAre("He flew to the U.S.", "The talks went well."));
}

TEST(Segment, TakesAbbreviationsOfTheLanguage) {
  EXPECT_THAT(
      Sentences("El Sr. Gómez saludó a la Dra. Ríos. Luego partió.", "es"),
      ElementsAre("El Sr. Gómez saludó a la Dra. Ríos.", "Luego partió."));
  EXPECT_THAT(Sentences("M. Durand verra Mme. Petit. Il repart demain.", "fr"),
              ElementsAre("M. Durand verra Mme. Petit.", "Il repart demain."));
}

TEST(Segment, EndsASentenceBeforeOneThatLacksItsCapital) {
  EXPECT_THAT(
      Sentences("They met in the region. during the talks he spoke."),
      ElementsAre("They met in the region.", "during the talks he spoke."));
  EXPECT_THAT(Sentences("The dept. of state, approx. in May, agreed."),
              SizeIs(1));
}

TEST(Segment, CutsWhatHasNoEndAtACommaSoThatNoSentenceIsEndless) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "one two three, ";
  const std::vector<std::string> sentences = Sentences(text);
  ASSERT_EQ(sentences.size(), 10u);
  EXPECT_EQ(sentences[0].substr(sentences[0].size() - 6), "three,");
}

TEST(Segment, NeverCrossesAUnit) {
  const Document document = DocumentFromText("Aims:\n- one\n- two. And three");
  EXPECT_THAT(document.units, SizeIs(3));
  EXPECT_THAT(document.sentences, SizeIs(4));
  for (const Sentence& sentence : document.sentences) {
    EXPECT_EQ(document.unit_of[sentence.tokens.begin],
              document.unit_of[sentence.tokens.end - 1]);
  }
}

TEST(Segment, MatchesTheVocabularyInWholeDocumentsTokens) {
  const Document document = DocumentFromText("Nothing here.\n\nIn Peru now.");
  bool found = false;
  for (const LexiconMatch& match : document.matches) {
    if (match.entry->kind != EntryKind::kCountry) continue;
    found = true;
    EXPECT_EQ(document.TextOf({match.begin, match.end}), "Peru");
    EXPECT_EQ(match.entry->id, "PE");
  }
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace attache
