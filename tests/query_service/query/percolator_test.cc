// Standing queries against each in turn.
#include "query_service/query/percolator.h"

#include <algorithm>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query_service/convert/request_query.h"
#include "query_service/index/segment_builder.h"
#include "query_service/query/executor.h"
#include "tests/query_service/support/random_records.h"

namespace attache {
namespace {

using ::attache::testing::RandomRecords;
using ::attache::testing::Serialize;
using ::attache::testing::TestVocabulary;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

Query Visited(absl::string_view code) {
  return Query::Term(TermField::kVisited, code);
}

std::vector<std::string> Keys(const Query& query) {
  std::vector<std::string> names;
  const auto keys = RequiredKeys(query);
  if (!keys) return {"any"};
  for (const RequiredKey& key : *keys) {
    names.push_back(absl::StrCat(static_cast<int>(key.table), ":", key.key));
  }
  return names;
}

TEST(RequiredKeys, AreThoseThatEveryMatchHasOneOf) {
  const Query range = Query::Range(Column::kLastDay, {1, 0}, {9, 0});
  EXPECT_THAT(Keys(Visited("BR")), ElementsAre("0:vBR"));
  EXPECT_THAT(Keys(Query::Or({Visited("BR"), Visited("PE")})),
              ElementsAre("0:vBR", "0:vPE"));
  EXPECT_THAT(Keys(Query::And({Query::Or({Visited("BR"), Visited("PE")}), range,
                               Query::Term(TermField::kStatus, "3")})),
              ElementsAre("0:t3"));
  EXPECT_THAT(Keys(Query::And({Visited("BR"), Visited("PE")})),
              ElementsAre("0:vBR"));
  EXPECT_THAT(Keys(Query::Element(TermSpace::kTraveler,
                                  Query::Term(TermField::kWord, "ana"))),
              ElementsAre("2:wana"));
  EXPECT_THAT(Keys(Query::Record("b#1")), ElementsAre("4:b#1"));
  EXPECT_THAT(Keys(Query::Briefing("b")), ElementsAre("5:b"));
  EXPECT_THAT(Keys(Query::Or({Visited("BR"), range})), ElementsAre("any"));
  EXPECT_THAT(Keys(Query::Not(Visited("BR"))), ElementsAre("any"));
  EXPECT_THAT(Keys(Query::All()), ElementsAre("any"));
  EXPECT_THAT(RequiredKeys(Query::None()), Optional(IsEmpty()));
}

std::shared_ptr<const Segment> RandomSegment(RandomRecords& random) {
  SegmentBuilder builder(*TestVocabulary());
  for (int i = 0, count = 1 + random.Below(3); i < count; ++i) {
    const std::string briefing = absl::StrCat("b", random.Below(20), "-", i);
    const std::string id = briefing + "#1";
    EXPECT_TRUE(builder.Add(briefing, id, Serialize(random.Record(id))).ok());
  }
  return std::move(builder).Build();
}

// Lists as people ask for them, mixed with what lists cannot ask for.
Query RandomQuery(RandomRecords& random, const Snapshot& snapshot) {
  switch (random.Below(8)) {
    case 0:
      return Query::Record(absl::StrCat("b", random.Below(20), "-0#1"));
    case 1:
      return Query::Briefing(absl::StrCat("b", random.Below(20), "-0"));
    case 2:
      return Query::Not(RandomQuery(random, snapshot));
    case 3:
      return Query::Or(
          {RandomQuery(random, snapshot), RandomQuery(random, snapshot)});
    default: {
      const auto query = std::visit(
          [&](const auto& list) {
            return ToQuery(list, *TestVocabulary(), snapshot);
          },
          random.Request());
      return query.ok() ? *query : Query::None();
    }
  }
}

TEST(Percolator, MissesNoQueryThatAnyRecordSatisfies) {
  RandomRecords random(7);
  TripIndex index(TestVocabulary());
  std::vector<BriefingRecords> briefings;
  for (int i = 0; i < 50; ++i) {
    const std::string id = absl::StrCat("b", i);
    briefings.push_back(attache::testing::ToBriefing(id, random.Briefing(id)));
  }
  ASSERT_TRUE(index.Apply(briefings, 1).ok());

  std::vector<Query> queries;
  std::vector<bool> held;
  Percolator percolator;
  size_t matches = 0;
  size_t candidates_in_all = 0;
  size_t tried_in_all = 0;
  for (int round = 0; round < 300; ++round) {
    for (int i = 0; i < 4; ++i) {
      queries.push_back(RandomQuery(random, *index.Pin()));
      held.push_back(true);
      percolator.Add(queries.size() - 1, queries.back());
    }
    const auto gone =
        static_cast<size_t>(random.Below(static_cast<int>(queries.size())));
    held[gone] = false;
    percolator.Remove(gone);
    const auto segment = RandomSegment(random);
    std::vector<Percolator::Id> candidates = percolator.Candidates(*segment);
    std::sort(candidates.begin(), candidates.end());
    ASSERT_EQ(std::adjacent_find(candidates.begin(), candidates.end()),
              candidates.end());
    for (size_t i = 0; i < queries.size(); ++i) {
      const bool candidate =
          std::binary_search(candidates.begin(), candidates.end(), i);
      if (!held[i]) {
        ASSERT_FALSE(candidate) << "removed: " << ToString(queries[i]);
        continue;
      }
      const DocSet docs = Execute(queries[i], *segment);
      const bool found = docs.all() || !docs.empty();
      ASSERT_TRUE(candidate || !found) << ToString(queries[i]);
      matches += found ? 1 : 0;
    }
    candidates_in_all += candidates.size();
    tried_in_all += percolator.size();
  }
  // Else nothing much was compared, or nothing spared.
  EXPECT_GT(matches, 10'000u);
  EXPECT_LT(candidates_in_all * 4, tried_in_all * 3);
}

TEST(Percolator, ForgetsWhatWasRemoved) {
  RandomRecords random(8);
  Percolator percolator;
  percolator.Add(1, Visited("BR"));
  percolator.Add(2, Query::Or({Visited("BR"), Visited("BR")}));
  percolator.Add(3, Query::All());
  EXPECT_EQ(percolator.size(), 3u);
  for (const Percolator::Id id : {1, 2, 3, 4}) percolator.Remove(id);
  EXPECT_EQ(percolator.size(), 0u);
  for (int i = 0; i < 20; ++i) {
    EXPECT_THAT(percolator.Candidates(*RandomSegment(random)), IsEmpty());
  }
}

}  // namespace
}  // namespace attache
