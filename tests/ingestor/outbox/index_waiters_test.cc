#include "ingestor/outbox/index_waiters.h"

#include <map>
#include <string>

#include "gtest/gtest.h"

namespace attache::outbox {
namespace {

class IndexWaitersTest : public ::testing::Test {
 protected:
  void Add(const std::string& id, int64_t sequence, int deadline) {
    v1::IngestResult result;
    result.set_briefing_id(id);
    result.set_outcome(v1::INGEST_OUTCOME_CREATED);
    result.set_durability(v1::DURABILITY_DURABLE);
    result.add_record_ids(id + "#1");
    waiters_.Add(sequence, At(deadline), result, [this](v1::IngestResult r) {
      EXPECT_TRUE(answers_.emplace(r.briefing_id(), r).second);
    });
  }
  static absl::Time At(int second) { return absl::FromUnixSeconds(second); }

  IndexWaiters waiters_;
  std::map<std::string, v1::IngestResult> answers_;
};

TEST_F(IndexWaitersTest, AnswersWhatIsAcknowledgedWithItsRevision) {
  Add("a", 1, 100);
  Add("b", 2, 100);
  Add("c", 2, 100);
  Add("d", 3, 100);
  waiters_.Acknowledge(2, 70, {});
  ASSERT_EQ(answers_.size(), 3u);
  EXPECT_EQ(answers_["c"].durability(), v1::DURABILITY_INDEXED);
  EXPECT_EQ(answers_["c"].revision(), 70);
  EXPECT_EQ(waiters_.size(), 1u);
}

TEST_F(IndexWaitersTest, SaysWhatTheQueryServiceRefused) {
  Add("a", 1, 100);
  Add("b", 2, 100);
  Add("c", 3, 100);
  std::vector<v1::RejectedWrite> rejected(2);
  rejected[0].set_sequence(1);
  rejected[0].mutable_status()->set_reason("RECORD_TOO_LARGE");
  rejected[1].set_sequence(3);
  rejected[1].mutable_status()->set_reason("VERSION_STALE");
  waiters_.Acknowledge(3, 70, rejected);
  EXPECT_EQ(answers_["a"].outcome(), v1::INGEST_OUTCOME_REJECTED);
  EXPECT_EQ(answers_["a"].status().reason(), "RECORD_TOO_LARGE");
  EXPECT_EQ(answers_["a"].record_ids_size(), 0);
  EXPECT_EQ(answers_["b"].durability(), v1::DURABILITY_INDEXED);
  EXPECT_EQ(answers_["c"].outcome(), v1::INGEST_OUTCOME_STALE);
}

TEST_F(IndexWaitersTest, AnswersDurableAtTheDeadline) {
  Add("late", 1, 30);
  Add("soon", 2, 10);
  Add("soon too", 3, 10);
  EXPECT_EQ(waiters_.next_deadline(), At(10));
  waiters_.ReleaseExpired(At(9));
  EXPECT_TRUE(answers_.empty());
  waiters_.ReleaseExpired(At(10));
  EXPECT_EQ(answers_.size(), 2u);
  EXPECT_EQ(answers_["soon"].durability(), v1::DURABILITY_DURABLE);
  EXPECT_EQ(waiters_.next_deadline(), At(30));
  waiters_.ReleaseExpired(At(30));
  EXPECT_EQ(waiters_.next_deadline(), absl::InfiniteFuture());
}

TEST_F(IndexWaitersTest, ADrainShortensEveryWait) {
  Add("a", 1, 100);
  waiters_.LimitDeadlines(At(20));
  Add("b", 2, 100);
  Add("c", 3, 5);
  waiters_.ReleaseExpired(At(5));
  EXPECT_EQ(answers_.size(), 1u);
  waiters_.ReleaseExpired(At(20));
  EXPECT_EQ(answers_.size(), 3u);
}

TEST_F(IndexWaitersTest, ReleasesUpToASequence) {
  Add("a", 1, 100);
  Add("b", 2, 100);
  waiters_.ReleaseUpTo(1);
  EXPECT_EQ(answers_.size(), 1u);
  EXPECT_EQ(answers_["a"].durability(), v1::DURABILITY_DURABLE);
  waiters_.Acknowledge(2, 5, {});
  EXPECT_EQ(answers_["b"].durability(), v1::DURABILITY_INDEXED);
}

}  // namespace
}  // namespace attache::outbox
