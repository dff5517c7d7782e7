#include "ingestor/emit/evidence_table.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/text/utf8.h"
#include "ingestor/emit/conversions.h"
#include "tests/support/document_from_text.h"

namespace attache {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Utf16Counter, CountsUnitsUpToAnyCharacter) {
  std::string text;
  while (text.size() < 5000) text += "a€😀é";
  const Utf16Counter counter(text);
  for (size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && (text[at] & 0xC0) == 0x80) continue;
    ASSERT_EQ(counter.UnitsBefore(at), Utf16Length(text.substr(0, at))) << at;
  }
}

// A table over a text, and the record that it fills.
struct Cited {
  explicit Cited(const std::string& content, const TextOptions& options = {})
      : document(DocumentFromText(content, options)) {}

  const Document document;
  const Utf16Counter text{document.text};
  const Utf16Counter title{document.given_title};
  RecordBudget budget;
  v1::TripRecord record;
  EvidenceTable table{document, text, title, budget, &record};
  google::protobuf::RepeatedField<uint32_t> indexes;
};

TEST(EvidenceTable, NamesEachPlaceOnceWithItsBytesUnitsAndSection) {
  Cited cited("Intro €uro text that runs on.\n\nThe Aims\n\n- Peace\n");
  const TokenSpan peace = cited.document.units.back().tokens;
  cited.table.Cite(peace, &cited.indexes);
  cited.table.Cite(peace, &cited.indexes);
  cited.table.Cite({}, &cited.indexes);
  EXPECT_THAT(cited.indexes, ElementsAre(0u));
  ASSERT_EQ(cited.record.evidence_size(), 1);
  const v1::Evidence& evidence = cited.record.evidence(0);
  EXPECT_EQ(evidence.quote(), "Peace");
  EXPECT_EQ(evidence.section_title(), "The Aims");
  EXPECT_EQ(evidence.begin_byte(), cited.document.text.find("Peace"));
  EXPECT_EQ(evidence.end_byte() - evidence.begin_byte(), 5u);
  EXPECT_EQ(evidence.begin_utf16(), evidence.begin_byte() - 2);
  EXPECT_EQ(evidence.end_utf16() - evidence.begin_utf16(), 5u);
}

TEST(EvidenceTable, CountsInTheTitleWhereTheWordsStandThere) {
  TextOptions options;
  options.title = "Été à Lomé";
  Cited cited("Some text of no use.", options);
  const TokenSpan all = cited.document.units[0].tokens;
  cited.table.Cite({all.end - 1, all.end}, &cited.indexes);
  const v1::Evidence& evidence = cited.record.evidence(0);
  EXPECT_TRUE(evidence.in_title());
  EXPECT_EQ(evidence.quote(), "Lomé");
  EXPECT_EQ(evidence.begin_byte(), 9u);
  EXPECT_EQ(evidence.begin_utf16(), 6u);
}

TEST(EvidenceTable, CutsQuotesOnACharactersBoundary) {
  std::string word;
  for (int i = 0; i < 150; ++i) word += "é";
  Cited cited("x" + word + " and more.");
  cited.table.Cite({0, 1}, &cited.indexes);
  EXPECT_EQ(cited.record.evidence(0).quote().size(), 199u);
  EXPECT_EQ(cited.record.evidence(0).end_byte(), 301u);
}

TEST(EvidenceTable, StopsWhereTheRecordHasNoRoom) {
  Cited cited("One two.");
  cited.budget.TakeEvidence(kMaxEvidenceBytes);
  cited.table.Cite({0, 1}, &cited.indexes);
  EXPECT_THAT(cited.indexes, IsEmpty());
  EXPECT_TRUE(cited.budget.evidence_cut());
}

TEST(EvidenceTable, GivesOneFactAHundredAtMost) {
  std::string words;
  for (int i = 0; i < 150; ++i) words += "word ";
  Cited cited(words);
  for (uint32_t i = 0; i < 150; ++i) {
    cited.table.Cite({i, i + 1}, &cited.indexes);
  }
  EXPECT_EQ(cited.indexes.size(), 100);
  google::protobuf::RepeatedField<uint32_t> other;
  cited.table.Cite({149, 150}, &other);
  EXPECT_THAT(other, ElementsAre(100u));
}

TEST(RoundConfidence, StepsByHundredthsWithinBounds) {
  EXPECT_FLOAT_EQ(RoundConfidence(0.876f), 0.88f);
  EXPECT_FLOAT_EQ(RoundConfidence(1.5f), 1);
  EXPECT_FLOAT_EQ(RoundConfidence(-1), 0);
}

}  // namespace
}  // namespace attache
