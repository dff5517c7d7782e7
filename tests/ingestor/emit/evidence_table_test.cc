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

TEST(EvidenceTable, NamesEachPlaceOnceWithItsBytesUnitsAndSection) {
  const Document document = DocumentFromText(
      "Intro €uro text that runs on.\n\nThe Aims\n\n- Peace\n");
  const Utf16Counter text(document.text);
  const Utf16Counter title(document.given_title);
  RecordBudget budget;
  v1::TripRecord record;
  EvidenceTable table(document, text, title, budget, &record);
  google::protobuf::RepeatedField<uint32_t> indexes;
  const TokenSpan peace = document.units.back().tokens;
  table.Cite(peace, &indexes);
  table.Cite(peace, &indexes);
  table.Cite({}, &indexes);
  EXPECT_THAT(indexes, ElementsAre(0u));
  ASSERT_EQ(record.evidence_size(), 1);
  const v1::Evidence& evidence = record.evidence(0);
  EXPECT_EQ(evidence.quote(), "Peace");
  EXPECT_EQ(evidence.section_title(), "The Aims");
  EXPECT_EQ(evidence.begin_byte(), document.text.find("Peace"));
  EXPECT_EQ(evidence.end_byte() - evidence.begin_byte(), 5u);
  EXPECT_EQ(evidence.begin_utf16(), evidence.begin_byte() - 2);
  EXPECT_EQ(evidence.end_utf16() - evidence.begin_utf16(), 5u);
}

TEST(EvidenceTable, CountsInTheTitleWhereTheWordsStandThere) {
  TextOptions options;
  options.title = "Été à Lomé";
  const Document document = DocumentFromText("Some text of no use.", options);
  const Utf16Counter text(document.text);
  const Utf16Counter title(document.given_title);
  RecordBudget budget;
  v1::TripRecord record;
  EvidenceTable table(document, text, title, budget, &record);
  google::protobuf::RepeatedField<uint32_t> indexes;
  const TokenSpan all = document.units[0].tokens;
  table.Cite({all.end - 1, all.end}, &indexes);
  const v1::Evidence& evidence = record.evidence(0);
  EXPECT_TRUE(evidence.in_title());
  EXPECT_EQ(evidence.quote(), "Lomé");
  EXPECT_EQ(evidence.begin_byte(), 9u);
  EXPECT_EQ(evidence.begin_utf16(), 6u);
}

TEST(EvidenceTable, CutsQuotesOnACharactersBoundary) {
  std::string word;
  for (int i = 0; i < 150; ++i) word += "é";
  const Document document = DocumentFromText("x" + word + " and more.");
  const Utf16Counter text(document.text);
  RecordBudget budget;
  v1::TripRecord record;
  EvidenceTable table(document, text, text, budget, &record);
  google::protobuf::RepeatedField<uint32_t> indexes;
  table.Cite({0, 1}, &indexes);
  EXPECT_EQ(record.evidence(0).quote().size(), 199u);
  EXPECT_EQ(record.evidence(0).end_byte(), 301u);
}

TEST(EvidenceTable, StopsWhereTheRecordHasNoRoom) {
  const Document document = DocumentFromText("One two.");
  const Utf16Counter text(document.text);
  RecordBudget budget;
  budget.TakeEvidence(kMaxEvidenceBytes);
  v1::TripRecord record;
  EvidenceTable table(document, text, text, budget, &record);
  google::protobuf::RepeatedField<uint32_t> indexes;
  table.Cite({0, 1}, &indexes);
  EXPECT_THAT(indexes, IsEmpty());
  EXPECT_TRUE(budget.evidence_cut());
}

TEST(EvidenceTable, GivesOneFactAHundredAtMost) {
  std::string words;
  for (int i = 0; i < 150; ++i) words += "word ";
  const Document document = DocumentFromText(words);
  const Utf16Counter text(document.text);
  const Utf16Counter title(document.given_title);
  RecordBudget budget;
  v1::TripRecord record;
  EvidenceTable table(document, text, title, budget, &record);
  google::protobuf::RepeatedField<uint32_t> first;
  for (uint32_t i = 0; i < 150; ++i) table.Cite({i, i + 1}, &first);
  EXPECT_EQ(first.size(), 100);
  google::protobuf::RepeatedField<uint32_t> second;
  table.Cite({149, 150}, &second);
  EXPECT_THAT(second, ElementsAre(100u));
}

TEST(RoundConfidence, StepsByHundredthsWithinBounds) {
  EXPECT_FLOAT_EQ(RoundConfidence(0.876f), 0.88f);
  EXPECT_FLOAT_EQ(RoundConfidence(1.5f), 1);
  EXPECT_FLOAT_EQ(RoundConfidence(-1), 0);
}

}  // namespace
}  // namespace attache
