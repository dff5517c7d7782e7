#include "query_service/watch/watch_outbox.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "common/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/query_service/watch/watch_support.h"

namespace attache {
namespace {

using ::attache::testing::RecordingSink;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

class WatchOutboxTest : public ::testing::Test {
 protected:
  std::unique_ptr<WatchOutbox> Make(WatchOutboxOptions options = {}) {
    options.index_id = "index";
    return std::make_unique<WatchOutbox>(sink_, options, [this] { ++asked_; });
  }

  static RevisionChanges Change(int64_t revision, size_t count = 1) {
    RevisionChanges changes{revision, {}};
    for (size_t i = 0; i < count; ++i) {
      changes.changes.push_back(RemovedChange("r", revision));
    }
    return changes;
  }

  std::string Reason() {
    const auto details = DetailsOf(*sink_.End());
    return details ? details->reason : "";
  }
  ErrorMetadata Metadata() { return DetailsOf(*sink_.End())->metadata; }

  RecordingSink sink_;
  int asked_ = 0;
};

TEST_F(WatchOutboxTest, AsksForMoreOnceAllIsSent) {
  const auto outbox = Make({.max_response_bytes = 20});
  outbox->PutMatches(
      {UpsertedChange("", 5), UpsertedChange("", 5), UpsertedChange("", 5)},
      std::nullopt);
  EXPECT_EQ(sink_.count(), 1u);
  outbox->OnSent(true);
  EXPECT_EQ(sink_.count(), 2u);
  EXPECT_EQ(asked_, 0);
  outbox->OnSent(true);
  EXPECT_EQ(asked_, 1);
  outbox->PutMatches({}, 5);
  outbox->OnSent(true);
  EXPECT_EQ(asked_, 2);
  outbox->GoLive({}, 6);
  EXPECT_EQ(asked_, 2);
  EXPECT_TRUE(outbox->Offer({Change(7)}, 9));
  EXPECT_THAT(sink_.texts(),
              ElementsAre("0: +@5 +@5", "0: +@5", "5 synced:", "7: -r@7"));
  EXPECT_EQ(sink_.Response(0)->index_id(), "index");
}

TEST_F(WatchOutboxTest, KnowsWhatItsClientIsOwed) {
  const auto outbox = Make({.start_revision = 3});
  EXPECT_EQ(outbox->backlog().behind_at, std::nullopt);
  outbox->GoLive({}, 4);
  EXPECT_EQ(outbox->backlog().behind_at, std::nullopt);
  // On its way, which counts until it has arrived; then also what waits.
  ASSERT_TRUE(outbox->Offer({Change(5)}, 5));
  EXPECT_EQ(outbox->backlog().behind_at, 3);
  EXPECT_EQ(outbox->backlog().queued_bytes, 0u);
  ASSERT_TRUE(outbox->Offer({Change(6)}, 6));
  EXPECT_GT(outbox->backlog().queued_bytes, 0u);
  outbox->OnSent(true);
  EXPECT_EQ(outbox->backlog().behind_at, 5);
  EXPECT_EQ(outbox->backlog().queued_bytes, 0u);
  outbox->OnSent(true);
  EXPECT_EQ(outbox->backlog().behind_at, std::nullopt);
}

TEST_F(WatchOutboxTest, SaysHowFarItCameWhereNothingIsLeft) {
  const auto outbox = Make({.start_revision = 3});
  outbox->PutChanges({Change(5), Change(6)}, 20);
  EXPECT_THAT(sink_.texts(), ElementsAre("20: -r@5 -r@6"));
}

TEST_F(WatchOutboxTest, MarksProgressOnAQuietStream) {
  const auto outbox =
      Make({.start_revision = 3, .progress_interval = absl::Seconds(10)});
  const absl::Time start = absl::Now();
  outbox->GoLive({}, 4);
  EXPECT_GT(outbox->Tick(start + absl::Seconds(5), 6),
            start + absl::Seconds(9));
  EXPECT_THAT(sink_.texts(), IsEmpty());
  outbox->Tick(start + absl::Seconds(11), 8);
  EXPECT_THAT(sink_.texts(), ElementsAre("8:"));
  outbox->OnSent(true);
  // Also where there is nothing new to say.
  outbox->Tick(start + absl::Seconds(30), 8);
  EXPECT_THAT(sink_.texts(), ElementsAre("8:", "8:"));
}

TEST_F(WatchOutboxTest, MarksNothingBeforeAllThatMatchedIsSent) {
  const auto outbox = Make();
  outbox->PutMatches({UpsertedChange("", 5)}, std::nullopt);
  outbox->OnSent(true);
  outbox->Tick(absl::Now() + absl::Seconds(60), 8);
  EXPECT_EQ(sink_.count(), 1u);
}

TEST_F(WatchOutboxTest, MarksBeforeHistoryGoesUnlessAResponseSaidIt) {
  const auto outbox = Make({.start_revision = 3});
  outbox->GoLive({}, 4);
  outbox->Mark(7);
  EXPECT_THAT(sink_.texts(), ElementsAre("7:"));
  outbox->Mark(8);
  outbox->Offer({Change(9)}, 9);
  outbox->OnSent(true);
  EXPECT_THAT(sink_.texts(), ElementsAre("7:", "9: -r@9"));
  outbox->OnSent(true);
  outbox->Mark(9);
  EXPECT_EQ(sink_.count(), 2u);
}

TEST_F(WatchOutboxTest, WhoDoesNotKeepUpIsToldWhereToGoOn) {
  const auto outbox = Make({.start_revision = 3, .max_queue_changes = 4});
  outbox->GoLive({}, 4);
  EXPECT_TRUE(outbox->Offer({Change(5)}, 5));
  outbox->OnSent(true);
  EXPECT_TRUE(outbox->Offer({Change(6)}, 6));  // on its way
  EXPECT_TRUE(outbox->Offer({Change(7, 3)}, 7));
  EXPECT_TRUE(outbox->Offer({Change(8)}, 8));
  EXPECT_FALSE(outbox->Offer({Change(9)}, 9));
  EXPECT_TRUE(outbox->ended());
  EXPECT_FALSE(sink_.ended());  // not before the one on its way is gone
  outbox->OnSent(true);
  EXPECT_EQ(Reason(), "WATCHER_TOO_SLOW");
  EXPECT_THAT(Metadata(), Contains(Pair("resume_revision", "6")));
  EXPECT_EQ(sink_.End()->code(), absl::StatusCode::kUnavailable);
  EXPECT_TRUE(DetailsOf(*sink_.End())->retry_delay.has_value());
  EXPECT_FALSE(outbox->Offer({Change(10)}, 10));
  EXPECT_EQ(sink_.count(), 2u);
}

TEST_F(WatchOutboxTest, ARevisionLargerThanTheQueueStillPasses) {
  const auto outbox = Make({.start_revision = 3, .max_queue_changes = 4});
  outbox->GoLive({}, 4);
  EXPECT_TRUE(outbox->Offer({Change(5), Change(6, 100)}, 6));
  EXPECT_FALSE(outbox->Offer({Change(7)}, 7));
}

TEST_F(WatchOutboxTest, ADrainEndsItWithWhereToGoOn) {
  const auto outbox = Make({.start_revision = 3});
  outbox->EndToResume(v1::ERROR_REASON_DRAINING);
  EXPECT_EQ(Reason(), "DRAINING");
  EXPECT_THAT(Metadata(), Contains(Pair("resume_revision", "3")));
  outbox->End(absl::CancelledError("too late"));
  outbox->PutChanges({Change(5)}, 5);
  EXPECT_EQ(sink_.count(), 0u);
}

TEST_F(WatchOutboxTest, WhoTakesNothingWhileItPullsIsLetGoAndThenCutOff) {
  const auto outbox = Make({.stall_timeout = absl::Seconds(60)});
  outbox->PutMatches({UpsertedChange("", 5)}, std::nullopt);
  const absl::Time start = absl::Now();
  outbox->Tick(start + absl::Seconds(50), 0);
  EXPECT_FALSE(outbox->ended());
  outbox->Tick(start + absl::Seconds(61), 0);
  EXPECT_TRUE(outbox->ended());
  EXPECT_FALSE(sink_.aborted());
  outbox->Tick(start + absl::Seconds(200), 0);
  EXPECT_TRUE(sink_.aborted());
  outbox->OnSent(false);
  EXPECT_EQ(Reason(), "WATCHER_TOO_SLOW");
  EXPECT_THAT(Metadata(), Contains(Pair("resume_revision", "0")));
}

TEST_F(WatchOutboxTest, AClientThatIsGoneEndsIt) {
  const auto outbox = Make({.start_revision = 3});
  outbox->PutChanges({Change(5)}, 5);
  outbox->OnSent(false);
  EXPECT_EQ(sink_.End()->code(), absl::StatusCode::kCancelled);
  outbox->Detach();
  EXPECT_EQ(outbox->Tick(absl::Now(), 9), absl::InfiniteFuture());
}

}  // namespace
}  // namespace attache
