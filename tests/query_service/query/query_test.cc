#include "query_service/query/query.h"

#include <cstdint>

#include "gtest/gtest.h"

namespace attache {
namespace {

Query Visited(absl::string_view code) {
  return Query::Term(TermField::kVisited, code);
}

TEST(Query, DropsWhatDecidesNothing) {
  EXPECT_EQ(Query::And({Query::All(), Visited("BR"), Query::All()}),
            Visited("BR"));
  EXPECT_EQ(Query::Or({Query::None(), Visited("BR")}), Visited("BR"));
  EXPECT_EQ(Query::And({}), Query::All());
  EXPECT_EQ(Query::Or({}), Query::None());
  EXPECT_EQ(Query::And({Visited("BR"), Query::None()}), Query::None());
  EXPECT_EQ(Query::Or({Visited("BR"), Query::All()}), Query::All());
  EXPECT_EQ(Query::Not(Query::Not(Visited("BR"))), Visited("BR"));
}

TEST(Query, IsFlatAndReadable) {
  const Query query = Query::And(
      {Query::And({Visited("BR"), Query::Not(Visited("PE"))}),
       Query::Or({Query::Term(TermField::kSector, "energy"),
                  Query::Element(TermSpace::kTraveler,
                                 Query::Term(TermField::kWord, "ana"))}),
       Query::Range(Column::kLastDay, {5, 0}, ColumnValue::Highest())});
  EXPECT_EQ(ToString(query),
            "visited:BR AND NOT visited:PE AND (sector:energy OR "
            "traveler(word:ana)) AND last_day:[1970-01-06..]");
}

TEST(Query, ValuesReadAsPeopleWriteThem) {
  EXPECT_EQ(ToString(Query::Term(TermField::kStatus, "3")), "status:CONCLUDED");
  EXPECT_EQ(ToString(Query::Term(TermField::kStatus, "77")), "status:77");
  EXPECT_EQ(ToString(Query::Term(TermField::kLabel, LabelValue("a", "b"))),
            "label:a=b");
  const auto range = [](Column column, ColumnValue low, ColumnValue high) {
    return ToString(Query::Range(column, low, high));
  };
  const ColumnValue lowest = ColumnValue::Lowest();
  const ColumnValue highest = ColumnValue::Highest();
  EXPECT_EQ(range(Column::kStartDay, {19787, 0}, {19790, 0}),
            "start_day:[2024-03-05..2024-03-08]");
  // After a day, and before one.
  EXPECT_EQ(range(Column::kStartDay, {19787, 1}, highest),
            "start_day:(2024-03-05..]");
  EXPECT_EQ(range(Column::kStartDay, lowest, {19786, INT32_MAX}),
            "start_day:[..2024-03-05)");
  EXPECT_EQ(range(Column::kPublishTime, {1700000000, 500000000}, highest),
            "publish_time:[2023-11-14T22:13:20.5+00:00..]");
  EXPECT_EQ(range(Column::kPublishTime, lowest, {1699999999, INT32_MAX}),
            "publish_time:[..2023-11-14T22:13:20+00:00)");
  ColumnValue above = ConfidenceValue(0.9F);
  EXPECT_EQ(range(Column::kConfidence, above, highest), "confidence:[0.9..]");
  ++above.minor;
  EXPECT_EQ(range(Column::kConfidence, above, highest), "confidence:(0.9..]");
  EXPECT_EQ(range(Column::kConfidence, {1, 0}, highest), "confidence:(0..]");
}

TEST(Query, AnEmptyRangeIsNone) {
  EXPECT_EQ(Query::Range(Column::kLastDay, {5, 0}, {4, 0}), Query::None());
}

}  // namespace
}  // namespace attache
