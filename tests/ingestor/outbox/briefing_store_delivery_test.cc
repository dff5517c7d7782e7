#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ingestor/outbox/briefing_store.h"
#include "tests/ingestor/outbox/briefing_store_fixture.h"

namespace attache::outbox {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(BriefingStoreTest, AcknowledgementsEmptyTheOutbox) {
  Accept(MakeBriefing("a", "doe"));
  Accept(MakeBriefing("a", "roe"));
  const int64_t both = store_->state().pending_bytes;
  Acknowledge(1, 7);
  EXPECT_THAT(Pending(), ElementsAre("2:a a#2=roe"));
  EXPECT_LT(store_->state().pending_bytes, both);
  Acknowledge(2, 8);
  EXPECT_THAT(Pending(), IsEmpty());
  EXPECT_EQ(store_->state().pending_bytes, 0);
  EXPECT_EQ(store_->state().acknowledged_revision, 8);
  Reopen();
  EXPECT_EQ(store_->state().acknowledged_sequence, 2);
  EXPECT_EQ(store_->state().pending_bytes, 0);
}

TEST_F(BriefingStoreTest, ARefusedWriteIsListedAndTakenAgainWhenSubmitted) {
  Accept(MakeBriefing("a", "doe"));
  v1::RejectedWrite rejected;
  rejected.set_sequence(1);
  rejected.set_briefing_id("a");
  rejected.mutable_status()->set_reason("RECORD_TOO_LARGE");
  Acknowledge(1, 1, {rejected});
  auto listed = reader_->ListRejected(0, 10);
  ASSERT_TRUE(listed.ok());
  ASSERT_THAT(*listed, SizeIs(1));
  EXPECT_EQ(listed->front().rejected.briefing().content(), "doe");
  EXPECT_EQ(listed->front().rejected.status().reason(), "RECORD_TOO_LARGE");
  EXPECT_EQ(OutcomeOf(MakeBriefing("a", "doe")), v1::INGEST_OUTCOME_REPLACED);
}

TEST_F(BriefingStoreTest, AResyncSendsTheLatestWriteOfEveryBriefingAgain) {
  options_.resync_batch = 2;
  Reopen();
  Accept(MakeBriefing("a", "doe"));
  Accept(MakeBriefing("b", "roe"));
  Accept(MakeBriefing("a", "poe"));
  Retract("c");
  Acknowledge(4);
  Accept(MakeBriefing("d", "moe"));
  Change([](BriefingStore& store, absl::Time now) {
    return store.StartResync(now);
  });
  EXPECT_THAT(Pending(),
              ElementsAre("5:d d#1=moe", "6:b b#1=roe", "7:a a#2=poe"));
  // A crash in between leaves the rest to the next process.
  Reopen();
  Accept(MakeBriefing("e", "noe"));
  EXPECT_NE(store_->state().resync_until, 0);
  Acknowledge(6);
  EXPECT_THAT(Pending(),
              ElementsAre("7:a a#2=poe", "8:e e#1=noe", "9:c withdrawn"));
  EXPECT_EQ(store_->state().resync_until, 0);
}

TEST_F(BriefingStoreTest, AWithdrawalSentAgainTakesNoNewerVersionOfAnothers) {
  Accept(MakeBriefing("a", "doe", 7));
  Retract("a");
  EXPECT_THAT(Pending(), ElementsAre("1:a a#1=doe@7", "2:a withdrawn"));
  Acknowledge(2);
  Change([](BriefingStore& store, absl::Time now) {
    return store.StartResync(now);
  });
  EXPECT_THAT(Pending(), ElementsAre("3:a withdrawn@7"));
}

TEST_F(BriefingStoreTest, AResyncGoesOnWhenItsBatchIsAcknowledged) {
  options_.resync_batch = 2;
  Reopen();
  for (const char* id : {"a", "b", "c"}) Accept(MakeBriefing(id, "doe"));
  Acknowledge(3);
  Change([](BriefingStore& store, absl::Time now) {
    return store.StartResync(now);
  });
  Acknowledge(4);
  EXPECT_THAT(Pending(), ElementsAre("5:b b#1=doe"));
  Acknowledge(5);
  EXPECT_THAT(Pending(), ElementsAre("6:c c#1=doe"));
}

TEST_F(BriefingStoreTest, AnswersABriefingThatAwaitsResyncWithItsNewSequence) {
  options_.resync_batch = 1;
  Reopen();
  Accept(MakeBriefing("a", "doe"));
  Accept(MakeBriefing("b", "roe"));
  Acknowledge(2);
  Change([](BriefingStore& store, absl::Time now) {
    return store.StartResync(now);
  });
  const Acceptance again = Accept(MakeBriefing("b", "roe"));
  EXPECT_EQ(again.result.outcome(), v1::INGEST_OUTCOME_UNCHANGED);
  EXPECT_EQ(again.sequence, 4);
  EXPECT_THAT(Pending(), ElementsAre("3:a a#1=doe", "4:b b#1=roe"));
}

TEST_F(BriefingStoreTest, RewindsAboveWhatTheQueryServiceHolds) {
  Accept(MakeBriefing("a", "doe"));
  Acknowledge(1);
  Accept(MakeBriefing("b", "roe"));
  Accept(MakeBriefing("b", "poe"));
  Change([](BriefingStore& store, absl::Time now) {
    return store.Rewind(10, now);
  });
  EXPECT_THAT(Pending(), ElementsAre("11:a a#1=doe", "12:b b#2=poe"));
}

TEST_F(BriefingStoreTest, ARewindKeepsPendingWritesThatAreAboveAlready) {
  Accept(MakeBriefing("a", "doe"));
  Accept(MakeBriefing("b", "roe"));
  Accept(MakeBriefing("c", "poe"));
  Change([](BriefingStore& store, absl::Time now) {
    return store.Rewind(2, now);
  });
  EXPECT_THAT(Pending(),
              ElementsAre("3:c c#1=poe", "4:a a#1=doe", "5:b b#1=roe"));
}

TEST_F(BriefingStoreTest, RemembersWhatCanHaveBeenSentUntilItIsWelcomed) {
  Accept(MakeBriefing("a", "doe"));
  Reopen();
  EXPECT_EQ(store_->state().sendable_sequence, 0);
  Change([](BriefingStore& store, absl::Time) {
    return store.NoteIndex("index", 1, 1000);
  });
  Accept(MakeBriefing("b", "doe"));
  Reopen();
  EXPECT_EQ(store_->state().sendable_sequence, 2);
  Accept(MakeBriefing("c", "doe"));
  Reopen();
  EXPECT_EQ(store_->state().sendable_sequence, 2);
}

}  // namespace
}  // namespace attache::outbox
