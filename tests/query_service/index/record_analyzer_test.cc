#include "query_service/index/record_analyzer.h"

#include <algorithm>
#include <limits>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {
namespace {

using ::testing::Contains;
using ::testing::Not;

TEST(SplitBasic, CutsBeforeTheFirstFullField) {
  v1::TripRecord record;
  record.set_record_id("b#1");
  record.set_revision(7);
  const std::string basic = Serialize(record);
  record.add_tables()->set_section_title("Areas");
  record.add_evidence()->set_quote("words");
  const auto split = SplitBasic(Serialize(record));
  ASSERT_TRUE(split.ok());
  EXPECT_EQ(split->wire, Serialize(record));
  EXPECT_EQ(split->wire.substr(0, split->basic_bytes), basic);
}

TEST(SplitBasic, PutsBasicFieldsFirstWhereASerializerDidNot) {
  v1::TripRecord full;
  full.add_tables()->set_section_title("Areas");
  v1::TripRecord basic;
  basic.set_record_id("b#1");
  // As a newer program's unknown fields are written: behind all known ones.
  const auto split = SplitBasic(Serialize(full) + Serialize(basic));
  ASSERT_TRUE(split.ok());
  EXPECT_EQ(split->wire, Serialize(basic) + Serialize(full));
  EXPECT_EQ(split->basic_bytes, Serialize(basic).size());
}

TEST(SplitBasic, RefusesWhatIsNoMessage) {
  EXPECT_FALSE(SplitBasic("\x0a\x7fshort").ok());
  EXPECT_TRUE(SplitBasic("").ok());
}

ColumnValue At(const ColumnRow& row, Column column) {
  return row[static_cast<size_t>(column)];
}

TEST(ColumnsOf, APartialStartCountsAsItsFirstDayAndCoversItsInterval) {
  v1::TripRecord record;
  record.mutable_dates()->mutable_start()->set_year(1970);
  record.mutable_dates()->mutable_start()->set_month(2);
  const ColumnRow row = ColumnsOf(record);
  EXPECT_EQ(At(row, Column::kStartDay), (ColumnValue{31, 0}));
  EXPECT_EQ(At(row, Column::kFirstDay), (ColumnValue{31, 0}));
  EXPECT_EQ(At(row, Column::kLastDay), (ColumnValue{58, 0}));
}

TEST(ColumnsOf, AnEndAloneIsCoveredButNoStart) {
  v1::TripRecord record;
  record.mutable_dates()->mutable_end()->set_year(1970);
  record.mutable_dates()->mutable_end()->set_month(1);
  record.mutable_dates()->mutable_end()->set_day(3);
  const ColumnRow row = ColumnsOf(record);
  EXPECT_TRUE(At(row, Column::kStartDay).missing());
  EXPECT_EQ(At(row, Column::kFirstDay), (ColumnValue{2, 0}));
  EXPECT_EQ(At(row, Column::kLastDay), (ColumnValue{2, 0}));
}

TEST(ColumnsOf, ADateWithoutAYearIsNone) {
  v1::TripRecord record;
  record.mutable_dates()->mutable_start()->set_month(11);
  record.mutable_dates()->mutable_start()->set_day(5);
  EXPECT_TRUE(At(ColumnsOf(record), Column::kStartDay).missing());
  EXPECT_TRUE(At(ColumnsOf(record), Column::kLastDay).missing());
}

TEST(ColumnsOf, KeepsAHostilePublishTimeInRange) {
  v1::TripRecord record;
  auto& time = *record.mutable_source()->mutable_publish_time();
  time.set_seconds(std::numeric_limits<int64_t>::min());
  time.set_nanos(-5);
  const ColumnValue low = At(ColumnsOf(record), Column::kPublishTime);
  time.set_seconds(std::numeric_limits<int64_t>::max());
  const ColumnValue high = At(ColumnsOf(record), Column::kPublishTime);
  EXPECT_LT(low, high);
  EXPECT_LT(high, ColumnValue::Highest());
  EXPECT_GT(low, ColumnValue::Lowest());
}

TEST(ConfidenceValue, OrdersAsTheNumbersDo) {
  EXPECT_LT(ConfidenceValue(0.0F), ConfidenceValue(0.01F));
  EXPECT_LT(ConfidenceValue(0.71F), ConfidenceValue(0.72F));
  EXPECT_LT(ConfidenceValue(0.99F), ConfidenceValue(1.0F));
  EXPECT_EQ(ConfidenceValue(-1.0F), ConfidenceValue(0.0F));
  EXPECT_EQ(ConfidenceValue(std::numeric_limits<float>::quiet_NaN()),
            ConfidenceValue(0.0F));
}

TEST(RecordAnalyzer, GivesTheTermsOfFieldsWordsAndLanguages) {
  v1::TripRecord record;
  record.mutable_source()->set_language_code("pt-BR");
  record.mutable_source()->set_publisher("Agência Central");
  record.add_visits()->set_country_code("PE");
  record.add_objectives()->set_text("Cooperação técnica");
  record.add_travelers()->set_name("José Ñandú");
  const auto vocabulary = TestVocabulary();
  RecordAnalyzer analyzer(*vocabulary);
  const auto analyzed = analyzer.Analyze("b#1", Serialize(record));
  ASSERT_TRUE(analyzed.ok());
  const auto& terms = analyzed->elements[0][0];
  EXPECT_THAT(terms, Contains("vPE"));
  EXPECT_THAT(terms, Contains("pagencia central"));
  EXPECT_THAT(terms, Contains("lpt"));
  EXPECT_THAT(terms, Contains("lpt-br"));
  EXPECT_THAT(terms, Not(Contains("o")));
  const auto& objective =
      analyzed->elements[static_cast<size_t>(TermSpace::kObjective)].at(0);
  WordForms forms(*vocabulary);
  const std::string stem = forms.FormsOf("pt", "cooperação")[0];
  EXPECT_THAT(objective,
              Contains(TermKey(TermField::kWord, WordValue("pt", stem))));
  const auto& traveler =
      analyzed->elements[static_cast<size_t>(TermSpace::kTraveler)].at(0);
  EXPECT_THAT(traveler, Contains("wnandu"));
}

TEST(RecordAnalyzer, KeepsNamesAsWrittenAndTheMonthOfTheStart) {
  const auto terms = [](const v1::TripRecord& record) {
    RecordAnalyzer analyzer(*TestVocabulary());
    return analyzer.Analyze("b#1", Serialize(record))->elements[0][0];
  };
  v1::TripRecord record;
  record.add_travelers()->set_name("José Ñandú");
  record.mutable_source()->set_publisher("The Wire");
  auto& start = *record.mutable_dates()->mutable_start();
  start.set_year(2024);
  EXPECT_THAT(terms(record), Contains("d2024"));
  start.set_month(1);
  EXPECT_THAT(terms(record), Contains("d2024-01"));
  start.set_day(1);
  EXPECT_THAT(terms(record), Contains("d2024-01"));
  EXPECT_THAT(terms(record), Contains(TermKey(TermField::kTravelerName,
                                              NameValue("José Ñandú"))));
  EXPECT_THAT(terms(record), Contains(TermKey(TermField::kPublisherName,
                                              NameValue("The Wire"))));
  // A date without a year, and one that is none, are in no month.
  const auto in_a_month = Contains(::testing::StartsWith("d"));
  start.set_year(0);
  EXPECT_THAT(terms(record), Not(in_a_month));
  start.set_year(2024);
  start.set_month(13);
  EXPECT_THAT(terms(record), Not(in_a_month));
}

TEST(RecordAnalyzer, RefusesBytesThatAreNoRecordAndNamesIt) {
  const auto vocabulary = TestVocabulary();
  RecordAnalyzer analyzer(*vocabulary);
  const auto analyzed = analyzer.Analyze("b#1", "\x0a\x7fshort");
  EXPECT_EQ(analyzed.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(analyzed.status().message()),
              ::testing::HasSubstr("b#1"));
}

}  // namespace
}  // namespace attache::testing
