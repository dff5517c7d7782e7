#include "query_service/watch/watch_queue.h"

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

std::vector<SharedChange> Changes(const std::vector<std::string>& texts) {
  std::vector<SharedChange> changes;
  for (const std::string& text : texts) {
    changes.push_back(std::make_shared<const std::string>(text));
  }
  return changes;
}

std::string Text(const std::optional<WatchQueue::Response>& response) {
  if (!response) return "nothing";
  return absl::StrCat(
      response->revision, response->synced ? " synced" : "", ":",
      absl::StrJoin(
          response->changes, ",",
          [](std::string* out, const auto& change) { out->append(*change); }));
}

TEST(WatchQueue, MatchesComeBeforeTheWordThatTheseWereAll) {
  WatchQueue queue;
  queue.AddMatches(Changes({"aa", "bb", "cc"}));
  queue.AddMatches(Changes({"dd"}));
  queue.AddMatches({});
  queue.AddSynced(7);
  queue.AddRevision({8, Changes({"ee"})});
  EXPECT_EQ(queue.bytes(), 10u);
  EXPECT_EQ(queue.changes(), 5u);
  EXPECT_EQ(Text(queue.Take(5)), "0:aa,bb");
  EXPECT_EQ(Text(queue.Take(5)), "0:cc,dd");
  EXPECT_EQ(Text(queue.Take(5)), "7 synced:");
  EXPECT_EQ(Text(queue.Take(5)), "8:ee");
  EXPECT_EQ(Text(queue.Take(5)), "nothing");
  EXPECT_EQ(queue.bytes(), 0u);
  EXPECT_EQ(queue.changes(), 0u);
}

TEST(WatchQueue, WholeRevisionsShareAResponse) {
  WatchQueue queue;
  queue.AddRevision({1, Changes({"aa"})});
  queue.AddRevision({2, {}});
  queue.AddRevision({3, Changes({"bb", "cc"})});
  queue.AddRevision({4, Changes({"dd"})});
  EXPECT_EQ(Text(queue.Take(6)), "3:aa,bb,cc");
  EXPECT_EQ(Text(queue.Take(6)), "4:dd");
}

TEST(WatchQueue, APartOfARevisionStandsAlone) {
  WatchQueue queue;
  queue.AddRevision({1, Changes({"aa"})});
  queue.AddRevision({2, Changes({"bb", "cc", "dd"})});
  queue.AddRevision({3, Changes({"ee"})});
  queue.AddRevision({4, Changes({"a large one"})});
  EXPECT_EQ(Text(queue.Take(4)), "1:aa");
  EXPECT_EQ(Text(queue.Take(4)), "0:bb,cc");
  EXPECT_EQ(Text(queue.Take(4)), "3:dd,ee");
  EXPECT_EQ(Text(queue.Take(4)), "4:a large one");
}

TEST(WatchQueue, EveryChangeComesOnceAndInOrderHoweverItIsCut) {
  std::mt19937 random(1);
  for (int round = 0; round < 500; ++round) {
    WatchQueue queue;
    std::vector<std::string> put;
    for (int revision = 1; revision <= 8; ++revision) {
      RevisionChanges changes{revision, {}};
      for (unsigned i = random() % 4; i > 0; --i) {
        const std::string text =
            absl::StrCat(revision, std::string(random() % 6, 'x'));
        put.push_back(text);
        changes.changes.push_back(std::make_shared<const std::string>(text));
      }
      queue.AddRevision(std::move(changes));
    }
    const size_t max_bytes = 1 + random() % 12;
    std::vector<std::string> taken;
    int64_t complete = 0;
    while (auto response = queue.Take(max_bytes)) {
      size_t bytes = 0;
      for (const SharedChange& change : response->changes) {
        bytes += change->size();
        taken.push_back(*change);
        // Nothing of a revision comes after it was said to be complete.
        ASSERT_GT((*change)[0] - '0', complete);
      }
      ASSERT_TRUE(bytes <= max_bytes || response->changes.size() == 1);
      if (response->revision != 0) {
        complete = response->revision;
        ASSERT_EQ(complete, taken.back()[0] - '0');
      } else {
        for (const SharedChange& change : response->changes) {
          ASSERT_EQ((*change)[0], taken.back()[0]);
        }
      }
    }
    ASSERT_EQ(taken, put);
    ASSERT_EQ(queue.bytes(), 0u);
  }
}

}  // namespace
}  // namespace attache
