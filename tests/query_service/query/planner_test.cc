#include "query_service/query/planner.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query_service/index/trip_index.h"
#include "query_service/query/explain.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {
namespace {

TEST(Plan, LooksAtTheRarestFirstAndAtWhatIsNegatedLast) {
  TripIndex index(TestVocabulary());
  std::vector<BriefingRecords> writes;
  for (int i = 0; i < 10; ++i) {
    v1::TripRecord record;
    record.set_record_id(absl::StrCat("b", i, "#1"));
    record.add_visits()->set_country_code("BR");
    if (i < 2) record.add_visits()->set_country_code("PE");
    if (i < 5) record.add_sectors()->set_sector_id("energy");
    writes.push_back(ToBriefing(absl::StrCat("b", i), {record}));
  }
  ASSERT_TRUE(index.Apply(writes, 1).ok());
  const auto snapshot = index.Pin();
  const Query query =
      Query::And({Query::Not(Query::Term(TermField::kVisited, "KE")),
                  Query::Term(TermField::kVisited, "BR"),
                  Query::Or({Query::Term(TermField::kSector, "energy"),
                             Query::Term(TermField::kSector, "none")}),
                  Query::Term(TermField::kVisited, "PE")});
  EXPECT_EQ(Explain(Plan(query, *snapshot), *snapshot),
            "AND  ~2, finds 2\n"
            "  visited:PE  ~2, leaves 2\n"
            "  OR  ~5, leaves 2\n"
            "    sector:energy  ~5, finds 5\n"
            "    sector:none  ~0, finds 0\n"
            "  visited:BR  ~10, leaves 2\n"
            "  NOT  ~10, leaves 2\n"
            "    visited:KE  ~0, finds 0\n");
}

TEST(Explain, ShowsABoundedPartOfALargePlan) {
  TripIndex index(TestVocabulary());
  std::vector<Query> parts;
  for (int i = 0; i < 100; ++i) {
    parts.push_back(Query::And(
        {Query::Term(TermField::kVisited, absl::StrCat("A", i)),
         Query::Or({Query::Term(TermField::kSector, absl::StrCat("s", i)),
                    Query::Term(TermField::kSector, "energy")})}));
  }
  const auto snapshot = index.Pin();
  // 64 parts of the OR would be 320 lines.
  const std::vector<std::string> lines =
      absl::StrSplit(Explain(Query::Or(std::move(parts)), *snapshot), '\n');
  EXPECT_GT(lines.size(), 200u);
  EXPECT_LT(lines.size(), 210u);
  EXPECT_EQ(lines.back(), "");
  EXPECT_THAT(lines[lines.size() - 2],
              ::testing::MatchesRegex("  and [0-9]+ more"));
}

}  // namespace
}  // namespace attache::testing
