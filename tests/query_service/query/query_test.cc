#include "query_service/query/query.h"

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
            "traveler(word:ana)) AND last_day:[5..]");
}

TEST(Query, AnEmptyRangeIsNone) {
  EXPECT_EQ(Query::Range(Column::kLastDay, {5, 0}, {4, 0}), Query::None());
}

}  // namespace
}  // namespace attache
