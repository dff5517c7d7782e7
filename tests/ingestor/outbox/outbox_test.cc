#include "ingestor/outbox/outbox.h"

#include "absl/synchronization/notification.h"
#include "common/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ingestor/outbox/store_reader.h"
#include "tests/ingestor/outbox/store_fixture.h"
#include "tests/support/reason_of.h"

namespace attache::outbox {
namespace {

using testing::ReasonOf;

class OutboxTest : public ::testing::Test {
 protected:
  OutboxTest() : options_(TestOptions(directory_)) {}

  void Open() {
    auto opened = Outbox::Open(options_);
    ASSERT_TRUE(opened.ok()) << opened.status();
    outbox_ = *std::move(opened);
  }

  struct Pending {
    absl::Notification done;
    absl::StatusOr<v1::IngestResult> result;

    absl::StatusOr<v1::IngestResult> Wait() {
      EXPECT_TRUE(done.WaitForNotificationWithTimeout(absl::Seconds(20)));
      return result;
    }
  };
  std::shared_ptr<Pending> Submitting(const v1::Briefing& briefing,
                                      AnswerTerms terms = {}) {
    auto pending = std::make_shared<Pending>();
    outbox_->Accept(Submit(briefing), std::move(terms),
                    [pending](absl::StatusOr<v1::IngestResult> result) {
                      pending->result = std::move(result);
                      pending->done.Notify();
                    });
    return pending;
  }
  // Returns once all that was submitted so far is committed.
  void AwaitCommitted() {
    ASSERT_TRUE(outbox_
                    ->Change([](BriefingStore&, absl::Time) {
                      return absl::OkStatus();
                    })
                    .ok());
  }
  // Waits until it is indexed, however long that takes.
  static AnswerTerms Indexed() {
    AnswerTerms terms;
    terms.indexed = true;
    terms.deadline = absl::Now() + absl::Hours(1);
    return terms;
  }

  testing::TempDirectory directory_;
  StoreOptions options_;
  std::unique_ptr<Outbox> outbox_;
};

TEST_F(OutboxTest, GivesOutSequencesInTheOrderOfTheCalls) {
  Open();
  std::vector<std::shared_ptr<Pending>> all;
  for (int i = 0; i < 500; ++i) {
    all.push_back(Submitting(MakeBriefing(absl::StrCat("b", i), "doe")));
  }
  for (const auto& pending : all) {
    const auto result = pending->Wait();
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_EQ(result->durability(), v1::DURABILITY_DURABLE);
  }
  auto reader = StoreReader::Open(options_.path);
  ASSERT_TRUE(reader.ok());
  const auto writes = (*reader)->ReadPending(0, 1000, 1 << 30).value();
  ASSERT_EQ(writes.size(), 500u);
  for (int i = 0; i < 500; ++i) {
    v1::RecordWrite write;
    ASSERT_TRUE(write.ParseFromString(writes[i].bytes));
    EXPECT_EQ(write.briefing_id(), absl::StrCat("b", i));
    EXPECT_EQ(writes[i].sequence, i + 1);
  }
}

TEST_F(OutboxTest, TurnsAwayWhatDoesNotWaitWhenItIsFull) {
  options_.max_pending_bytes = 1;
  Open();
  EXPECT_TRUE(Submitting(MakeBriefing("a", "doe"))->Wait().ok());
  const auto refused = Submitting(MakeBriefing("b", "roe"))->Wait();
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(refused.status()), "OUTBOX_FULL");
  EXPECT_TRUE(DetailsOf(refused.status())->retry_delay.has_value());
  ASSERT_TRUE(outbox_->Acknowledge(1, 1, {}).ok());
  EXPECT_TRUE(Submitting(MakeBriefing("b", "roe"))->Wait().ok());
}

TEST_F(OutboxTest, HoldsWhatWaitsForRoomInOrder) {
  options_.max_pending_bytes = 1;
  Open();
  AnswerTerms waits;
  waits.wait_for_room = true;
  std::vector<std::shared_ptr<Pending>> all;
  for (int i = 0; i < 4; ++i) {
    all.push_back(Submitting(MakeBriefing("a", absl::StrCat("t", i)), waits));
  }
  for (int i = 0; i < 4; ++i) {
    const auto result = all[i]->Wait();
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_EQ(result->record_ids(0), absl::StrCat("a#", i + 1));
    if (i < 3) {
      EXPECT_FALSE(all[i + 1]->done.HasBeenNotified());
    }
    ASSERT_TRUE(outbox_->Acknowledge(i + 1, 1, {}).ok());
  }
}

TEST_F(OutboxTest, DropsWhatWaitsForRoomWhenItsCallerHasGone) {
  options_.max_pending_bytes = 1;
  Open();
  ASSERT_TRUE(Submitting(MakeBriefing("a", "doe"))->Wait().ok());
  const auto gone = std::make_shared<std::atomic<bool>>(false);
  AnswerTerms waits;
  waits.wait_for_room = true;
  waits.cancelled = gone;
  const auto dropped = Submitting(MakeBriefing("b", "roe"), waits);
  gone->store(true);
  outbox_->WakeForCancelled();
  EXPECT_EQ(dropped->Wait().status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(outbox_->state().last_sequence, 1);
}

TEST_F(OutboxTest, ADrainEndsEveryWait) {
  options_.max_pending_bytes = 1;
  Open();
  const auto first = Submitting(MakeBriefing("a", "doe"), Indexed());
  AnswerTerms waits;
  waits.wait_for_room = true;
  const auto second = Submitting(MakeBriefing("b", "roe"), waits);
  outbox_->LimitWaits(absl::Now() + absl::Milliseconds(100));
  EXPECT_EQ(ReasonOf(second->Wait().status()), "DRAINING");
  const auto result = first->Wait();
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->durability(), v1::DURABILITY_DURABLE);
}

TEST_F(OutboxTest, AnswersIndexedWhenTheWriteIsAcknowledged) {
  Open();
  const auto waits = Submitting(MakeBriefing("a", "doe"), Indexed());
  EXPECT_FALSE(
      waits->done.WaitForNotificationWithTimeout(absl::Milliseconds(50)));
  ASSERT_TRUE(outbox_->Acknowledge(1, 9, {}).ok());
  EXPECT_EQ(waits->Wait()->revision(), 9);
  // Nothing to wait for: it stands there.
  const auto again = Submitting(MakeBriefing("a", "doe"), Indexed())->Wait();
  EXPECT_EQ(again->outcome(), v1::INGEST_OUTCOME_UNCHANGED);
  EXPECT_EQ(again->durability(), v1::DURABILITY_INDEXED);
  EXPECT_EQ(again->revision(), 9);
}

v1::Welcome WelcomeOf(const std::string& index_id, int64_t revision) {
  v1::Welcome welcome;
  welcome.set_index_id(index_id);
  welcome.set_revision(revision);
  welcome.set_max_write_bytes(1 << 20);
  return welcome;
}

TEST_F(OutboxTest, AWelcomeAnswersWhatTheIndexHoldsAlready) {
  Open();
  const auto held = Submitting(MakeBriefing("a", "doe"), Indexed());
  const auto waits = Submitting(MakeBriefing("b", "roe"), Indexed());
  ASSERT_TRUE(
      outbox_
          ->Change([](BriefingStore&, absl::Time) { return absl::OkStatus(); })
          .ok());
  ASSERT_TRUE(outbox_
                  ->TakeWelcome(WelcomeOf("i", 5), /*acknowledged_sequence=*/1,
                                {}, /*resync=*/false)
                  .ok());
  EXPECT_EQ(held->Wait()->durability(), v1::DURABILITY_INDEXED);
  EXPECT_EQ(held->Wait()->revision(), 5);
  EXPECT_FALSE(waits->done.HasBeenNotified());
  EXPECT_EQ(outbox_->state().index_id, "i");
}

TEST_F(OutboxTest, AWelcomeOfAnotherIndexOwesItEverythingInOneGroup) {
  Open();
  const auto first = Submitting(MakeBriefing("a", "doe"), Indexed());
  const auto second = Submitting(MakeBriefing("b", "roe"), Indexed());
  ASSERT_TRUE(
      outbox_
          ->Change([](BriefingStore&, absl::Time) { return absl::OkStatus(); })
          .ok());
  std::atomic<int> groups = 0;
  outbox_->OnGroup([&](const Outbox::Report&) { ++groups; });
  // It counts to 1 as well, of another life of this producer.
  ASSERT_TRUE(outbox_
                  ->TakeWelcome(WelcomeOf("j", 5), /*acknowledged_sequence=*/1,
                                {}, /*resync=*/true)
                  .ok());
  EXPECT_EQ(first->Wait()->durability(), v1::DURABILITY_DURABLE);
  EXPECT_FALSE(second->done.HasBeenNotified());
  outbox_->OnGroup({});
  EXPECT_EQ(groups, 1);
  // What a crash would leave.
  outbox_.reset();
  Open();
  EXPECT_EQ(outbox_->state().index_id, "j");
  auto reader = StoreReader::Open(options_.path);
  ASSERT_TRUE(reader.ok());
  const auto writes = (*reader)->ReadPending(0, 10, 1 << 20).value();
  std::vector<std::string> pending;
  for (const auto& write : writes) {
    v1::RecordWrite parsed;
    ASSERT_TRUE(parsed.ParseFromString(write.bytes));
    pending.push_back(absl::StrCat(write.sequence, ":", parsed.briefing_id()));
  }
  EXPECT_THAT(pending, ::testing::ElementsAre("2:b", "3:a"));
}

TEST_F(OutboxTest, AnswersWhatWaitsWhenItEnds) {
  Open();
  const auto waits = Submitting(MakeBriefing("a", "doe"), Indexed());
  outbox_.reset();
  ASSERT_TRUE(waits->done.HasBeenNotified());
  EXPECT_EQ(waits->result->durability(), v1::DURABILITY_DURABLE);
}

}  // namespace
}  // namespace attache::outbox
