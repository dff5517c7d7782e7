// A stretch of history against each change by itself.
#include "query_service/watch/changed_records.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query_service/convert/request_query.h"
#include "query_service/index/segment_builder.h"
#include "query_service/query/executor.h"
#include "tests/query_service/support/random_records.h"
#include "tests/query_service/watch/watch_support.h"

namespace attache::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::WatchTripRecordsResponse Parsed(const RevisionChanges& changes) {
  v1::WatchTripRecordsResponse response;
  EXPECT_TRUE(response.ParseFromString(
      WatchResponseBytes(changes.revision, false, "index", changes.changes)));
  return response;
}

std::vector<std::string> Texts(const std::vector<RevisionChanges>& revisions) {
  std::vector<std::string> texts;
  for (const auto& changes : revisions)
    texts.push_back(ToText(Parsed(changes)));
  return texts;
}

bool Matches(const Query& query, const std::string& id,
             const std::optional<std::string>& wire) {
  if (!wire) return false;
  SegmentBuilder builder(*TestVocabulary());
  EXPECT_TRUE(builder.Add(id.substr(0, id.find('#')), id, *wire).ok());
  const auto segment = std::move(builder).Build();
  return Execute(query, *segment).Contains(0);
}

// One revision after the other, one record after the other.
std::vector<std::string> Plain(const HistoryChunk& chunk, const Query& query) {
  std::map<int64_t, std::string> texts;
  for (const HistoryChange& change : chunk.changes) {
    const bool after = Matches(query, change.record_id, change.after);
    if (!after && !Matches(query, change.record_id, change.before)) continue;
    std::string& text =
        texts.try_emplace(change.revision, absl::StrCat(change.revision, ":"))
            .first->second;
    absl::StrAppend(&text, after ? " +" : " -", change.record_id, "@",
                    change.revision);
  }
  std::vector<std::string> list;
  for (const auto& [revision, text] : texts) list.push_back(text);
  return list;
}

std::string Visiting(const std::string& id, const std::string& country) {
  v1::TripRecord record;
  record.set_record_id(id);
  record.add_visits()->set_country_code(country);
  record.add_tables()->add_header("full");
  return Serialize(record);
}

TEST(ChangedRecords, ARecordMayChangeSeveralTimes) {
  const std::string brazil = Visiting("b#1", "BR");
  const std::string peru = Visiting("b#1", "PE");
  HistoryChunk chunk;
  chunk.changes = {
      {1, "b#1", std::nullopt, brazil}, {2, "b#1", brazil, brazil},
      {3, "b#1", brazil, peru},         {4, "b#1", peru, std::nullopt},
      {5, "b#1", std::nullopt, brazil}, {6, "b#1", brazil, std::nullopt}};
  chunk.up_to = 8;
  auto changed = ChangedRecords::Build(chunk, *TestVocabulary());
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->up_to(), 8);
  const auto brazilian =
      changed->ChangesFor(Query::Term(TermField::kVisited, "BR"), true);
  EXPECT_THAT(Texts(brazilian),
              ElementsAre("1: +b#1@1", "2: +b#1@2", "3: -b#1@3", "5: +b#1@5",
                          "6: -b#1@6"));
  EXPECT_THAT(
      Texts(changed->ChangesFor(Query::Term(TermField::kVisited, "PE"), true)),
      ElementsAre("3: +b#1@3", "4: -b#1@4"));
  EXPECT_THAT(Texts(changed->ChangesFor(Query::Record("b#1"), true)),
              ElementsAre("1: +b#1@1", "2: +b#1@2", "3: +b#1@3", "4: -b#1@4",
                          "5: +b#1@5", "6: -b#1@6"));
  EXPECT_THAT(Texts(changed->ChangesFor(Query::Briefing("b"), true)),
              ElementsAre("1: +b#1@1", "2: +b#1@2", "3: +b#1@3", "4: -b#1@4",
                          "5: +b#1@5", "6: -b#1@6"));
  EXPECT_THAT(changed->ChangesFor(Query::None(), true), IsEmpty());
}

TEST(ChangedRecords, ARecordIsSentAsItIsAskedForAndARemovedOneByItsId) {
  HistoryChunk chunk;
  chunk.changes = {{1, "b#1", std::nullopt, Visiting("b#1", "BR")},
                   {2, "b#1", Visiting("b#1", "BR"), std::nullopt}};
  chunk.up_to = 2;
  auto changed = ChangedRecords::Build(chunk, *TestVocabulary());
  ASSERT_TRUE(changed.ok());
  for (const bool basic : {true, false}) {
    const auto changes = changed->ChangesFor(Query::All(), basic);
    ASSERT_EQ(changes.size(), 2u);
    const auto upserted = Parsed(changes[0]).changes(0).trip_record();
    EXPECT_EQ(upserted.visits_size(), 1);
    EXPECT_EQ(upserted.tables_size(), basic ? 0 : 1);
    const auto removed = Parsed(changes[1]).changes(0).trip_record();
    EXPECT_EQ(removed.SerializeAsString(), "\n\003b#1");
  }
  // Encoded once for all who watch.
  EXPECT_EQ(changed->ChangesFor(Query::All(), true)[0].changes[0],
            changed->ChangesFor(Query::Record("b#1"), true)[0].changes[0]);
}

TEST(ChangedRecords, RefusesWhatIsNoRecord) {
  HistoryChunk chunk;
  chunk.changes = {{1, "b#1", std::nullopt, "\377\377"}};
  EXPECT_FALSE(ChangedRecords::Build(chunk, *TestVocabulary()).ok());
}

TEST(ChangedRecords, MatchesAsEachChangeByItselfWould) {
  RandomRecords random(11);
  const TripIndex index(TestVocabulary());
  std::map<std::string, std::string> held;
  int64_t revision = 0;
  size_t changes = 0;
  for (int round = 0; round < 40; ++round) {
    HistoryChunk chunk;
    for (int i = random.Below(6); i >= 0; --i) {
      ++revision;
      const std::string briefing = absl::StrCat("b", random.Below(4));
      std::map<std::string, std::string> written;
      for (const auto& record : random.Briefing(briefing)) {
        written[record.record_id()] = Serialize(record);
      }
      for (int n = 1; n <= 3; ++n) {
        const std::string id = absl::StrCat(briefing, "#", n);
        const auto find = [&id](const auto& map) {
          const auto found = map.find(id);
          return found == map.end() ? std::nullopt
                                    : std::make_optional(found->second);
        };
        HistoryChange change{revision, id, find(held), find(written)};
        if (!change.before && !change.after) continue;
        if (change.after) {
          held[id] = *change.after;
        } else {
          held.erase(id);
        }
        chunk.changes.push_back(std::move(change));
      }
    }
    chunk.up_to = revision;
    auto changed = ChangedRecords::Build(chunk, *TestVocabulary());
    ASSERT_TRUE(changed.ok()) << changed.status();
    Percolator percolator;
    std::vector<Query> queries;
    for (int i = 0; i < 40; ++i) {
      auto query = std::visit(
          [&](const auto& list) {
            return ToQuery(list, *TestVocabulary(), *index.Pin());
          },
          random.Request());
      if (!query.ok()) continue;
      queries.push_back(random.OneIn(4) ? Query::Not(*query) : *query);
      percolator.Add(queries.size() - 1, queries.back());
    }
    const auto candidates = changed->Candidates(percolator);
    const std::set<Percolator::Id> tried(candidates.begin(), candidates.end());
    ASSERT_EQ(tried.size(), candidates.size());
    for (size_t i = 0; i < queries.size(); ++i) {
      const auto found = changed->ChangesFor(queries[i], random.OneIn(2));
      ASSERT_EQ(Texts(found), Plain(chunk, queries[i])) << ToString(queries[i]);
      ASSERT_TRUE(found.empty() || tried.count(i) > 0) << ToString(queries[i]);
      changes += found.size();
    }
  }
  EXPECT_GT(changes, 500u);
}

}  // namespace
}  // namespace attache::testing
