#include "ingestor/outbox/sender_session.h"

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "gtest/gtest.h"

namespace attache::outbox {
namespace {

using Action = SenderSession::Next::Action;

StoreState State(int64_t acknowledged, int64_t last) {
  StoreState state;
  state.producer_id = "ingestor-1";
  state.epoch = 3;
  state.acknowledged_sequence = acknowledged;
  state.last_sequence = last;
  return state;
}

v1::Welcome Welcome(int64_t last_sequence) {
  v1::Welcome welcome;
  welcome.set_last_sequence(last_sequence);
  welcome.set_max_outstanding_writes(2);
  welcome.set_max_outstanding_bytes(100);
  welcome.set_max_write_bytes(60);
  welcome.set_index_id("index");
  return welcome;
}

v1::Ack Ack(int64_t sequence) {
  v1::Ack ack;
  ack.set_sequence(sequence);
  return ack;
}

absl::Status Rewound(int64_t last) {
  return MakeError(v1::ERROR_REASON_PRODUCER_REWOUND, "rewound",
                   {{"last_sequence", absl::StrCat(last)}});
}

absl::Status EpochStale(int64_t epoch) {
  return MakeError(v1::ERROR_REASON_EPOCH_STALE, "stale",
                   {{"epoch", absl::StrCat(epoch)}});
}

TEST(SenderSession, SaysWhatTheOutboxHolds) {
  SenderSession session("p", "v", 9);
  const v1::Hello hello = session.MakeHello(State(4, 9));
  EXPECT_EQ(hello.producer_id(), "ingestor-1");
  EXPECT_EQ(hello.epoch(), 3);
  EXPECT_EQ(hello.first_sequence(), 5);
  EXPECT_EQ(hello.last_sequence(), 9);
  EXPECT_EQ(hello.parser_version(), "p");
}

TEST(SenderSession, AnEmptyOutboxHasNoFirstSequence) {
  SenderSession session("p", "v", 9);
  const v1::Hello hello = session.MakeHello(State(9, 9));
  EXPECT_EQ(hello.first_sequence(), 0);
  EXPECT_EQ(hello.last_sequence(), 9);
}

TEST(SenderSession, DoesNotCountWritesThatWereNeverSent) {
  SenderSession session("p", "v", 9);
  v1::Hello hello = session.MakeHello(State(4, 30));
  EXPECT_EQ(hello.first_sequence(), 5);
  EXPECT_EQ(hello.last_sequence(), 9);
  hello = session.MakeHello(State(9, 30));
  EXPECT_EQ(hello.first_sequence(), 0);
  ASSERT_TRUE(session.OnWelcome(Welcome(9), State(9, 30)).ok());
  session.OnSent(10, 5);
  hello = session.MakeHello(State(9, 30));
  EXPECT_EQ(hello.first_sequence(), 10);
  EXPECT_EQ(hello.last_sequence(), 10);
}

TEST(SenderSession, GoesOnFromWhatTheServiceHolds) {
  SenderSession session("p", "v", 9);
  session.MakeHello(State(4, 9));
  v1::Welcome welcome = Welcome(7);
  welcome.add_rejected_writes()->set_sequence(6);
  const auto start = session.OnWelcome(welcome, State(4, 9));
  ASSERT_TRUE(start.ok());
  EXPECT_EQ(start->acknowledged_sequence, 7);
  EXPECT_EQ(start->rejected.size(), 1u);
  EXPECT_FALSE(start->resync);
  EXPECT_EQ(session.sent_sequence(), 7);
  EXPECT_EQ(session.max_batch_bytes(), 60);
}

TEST(SenderSession, ResyncsWhenAcknowledgedWritesAreGone) {
  SenderSession session("p", "v", 9);
  session.MakeHello(State(4, 9));
  auto start = session.OnWelcome(Welcome(2), State(4, 9));
  ASSERT_TRUE(start.ok());
  EXPECT_TRUE(start->resync);
  EXPECT_EQ(start->acknowledged_sequence, 4);
  EXPECT_EQ(session.sent_sequence(), 4);
  session.MakeHello(State(4, 9));
  v1::Welcome asking = Welcome(4);
  asking.set_resync(true);
  start = session.OnWelcome(asking, State(4, 9));
  ASSERT_TRUE(start.ok());
  EXPECT_TRUE(start->resync);
}

TEST(SenderSession, ResyncsWithAnotherIndexThatHoldsTheSameSequences) {
  SenderSession session("p", "v", 9);
  StoreState state = State(9, 9);
  for (const auto& [known, resync] :
       {std::pair("", false), {"index", false}, {"another", true}}) {
    state.index_id = known;
    session.MakeHello(state);
    v1::Welcome welcome = Welcome(9);
    welcome.add_rejected_writes()->set_sequence(8);
    const auto start = session.OnWelcome(welcome, state);
    ASSERT_TRUE(start.ok());
    EXPECT_EQ(start->resync, resync) << known;
    // Which may be of others' writes.
    EXPECT_EQ(start->rejected.empty(), resync) << known;
  }
}

TEST(SenderSession, TreatsAWelcomeBeyondWhatItSentAsARestore) {
  SenderSession session("p", "v", 9);
  session.MakeHello(State(4, 30));
  const auto start = session.OnWelcome(Welcome(12), State(4, 30));
  ASSERT_FALSE(start.ok());
  const auto next = session.OnEnd(start.status(), absl::Seconds(0), 0.5);
  EXPECT_EQ(next.action, Action::kRewind);
  EXPECT_EQ(next.last_sequence, 12);
  EXPECT_EQ(next.delay, absl::ZeroDuration());
  EXPECT_EQ(session.MakeHello(State(12, 30)).last_sequence(), 12);
}

TEST(SenderSession, RefusesAWelcomeWithoutWindow) {
  SenderSession session("p", "v", 0);
  session.MakeHello(State(0, 0));
  v1::Welcome welcome = Welcome(0);
  welcome.set_max_outstanding_writes(0);
  EXPECT_FALSE(session.OnWelcome(welcome, State(0, 0)).ok());
  EXPECT_FALSE(session.connected());
}

TEST(SenderSession, StaysWithinTheWindow) {
  SenderSession session("p", "v", 0);
  session.MakeHello(State(0, 9));
  EXPECT_FALSE(session.MaySend(1));
  ASSERT_TRUE(session.OnWelcome(Welcome(0), State(0, 9)).ok());
  EXPECT_TRUE(session.MaySend(60));
  session.OnSent(1, 60);
  EXPECT_TRUE(session.MaySend(40));
  EXPECT_FALSE(session.MaySend(41));
  session.OnSent(2, 40);
  EXPECT_FALSE(session.MaySend(1));
  ASSERT_TRUE(session.OnAck(Ack(1)).ok());
  EXPECT_TRUE(session.MaySend(60));
  EXPECT_FALSE(session.MaySend(61));
}

TEST(SenderSession, SendsAWriteBeyondTheWindowAlone) {
  SenderSession session("p", "v", 0);
  session.MakeHello(State(0, 9));
  ASSERT_TRUE(session.OnWelcome(Welcome(0), State(0, 9)).ok());
  EXPECT_TRUE(session.MaySend(500));
  session.OnSent(1, 500);
  EXPECT_FALSE(session.MaySend(1));
  ASSERT_TRUE(session.OnAck(Ack(1)).ok());
  EXPECT_TRUE(session.MaySend(1));
}

TEST(SenderSession, BelievesNoAckOfWhatItDidNotSend) {
  SenderSession session("p", "v", 9);
  session.MakeHello(State(4, 9));
  ASSERT_TRUE(session.OnWelcome(Welcome(4), State(4, 9)).ok());
  session.OnSent(5, 10);
  EXPECT_FALSE(session.OnAck(Ack(6)).ok());
  EXPECT_TRUE(session.OnAck(Ack(5)).ok());
  EXPECT_FALSE(session.OnAck(Ack(4)).ok());
}

TEST(SenderSession, DelaysGrowToFiveSecondsAndShrinkOnProgress) {
  SenderSession session("p", "v", 9);
  const absl::Status gone = absl::UnavailableError("gone");
  absl::Duration last;
  for (int i = 0; i < 12; ++i) {
    const auto next = session.OnEnd(gone, absl::Seconds(0), 0.999);
    EXPECT_EQ(next.action, Action::kConnect);
    EXPECT_GE(next.delay, last);
    EXPECT_LE(next.delay, absl::Seconds(5));
    last = next.delay;
  }
  EXPECT_GT(last, absl::Seconds(4));
  EXPECT_EQ(session.OnEnd(gone, absl::Seconds(0), 0).delay,
            absl::ZeroDuration());
  session.MakeHello(State(4, 9));
  ASSERT_TRUE(session.OnWelcome(Welcome(4), State(4, 9)).ok());
  session.OnSent(5, 10);
  ASSERT_TRUE(session.OnAck(Ack(5)).ok());
  EXPECT_LE(session.OnEnd(gone, absl::Seconds(0), 0.999).delay,
            absl::Milliseconds(100));
}

TEST(SenderSession, WaitsAsLongAsTheServiceAsks) {
  SenderSession session("p", "v", 9);
  const absl::Status loading = WithRetryAfter(
      MakeError(v1::ERROR_REASON_INDEX_LOADING, "loading"), absl::Seconds(2));
  EXPECT_EQ(session.OnEnd(loading, absl::Seconds(0), 0.1).delay,
            absl::Seconds(2));
}

TEST(SenderSession, TakesAHigherEpochOnceAtTheStart) {
  SenderSession session("p", "v", 9);
  session.OnEnd(absl::UnavailableError("gone"), absl::Seconds(0), 0.5);
  auto next = session.OnEnd(EpochStale(7), absl::Seconds(0), 0.5);
  EXPECT_EQ(next.action, Action::kTakeEpoch);
  EXPECT_EQ(next.epoch, 8);
  next = session.OnEnd(EpochStale(9), absl::Seconds(0), 0.5);
  EXPECT_EQ(next.action, Action::kStandBy);
}

TEST(SenderSession, StandsByWhenAnotherProcessHasItsIdentity) {
  SenderSession session("p", "v", 9);
  session.MakeHello(State(4, 9));
  ASSERT_TRUE(session.OnWelcome(Welcome(4), State(4, 9)).ok());
  EXPECT_TRUE(session.connected());
  auto next =
      session.OnEnd(MakeError(v1::ERROR_REASON_PRODUCER_TAKEN_OVER, "taken"),
                    absl::Seconds(1), 0.5);
  EXPECT_EQ(next.action, Action::kStandBy);
  EXPECT_GE(next.delay, absl::Seconds(10));
  EXPECT_FALSE(session.connected());
  next = session.OnEnd(EpochStale(7), absl::Seconds(0), 0.5);
  EXPECT_EQ(next.action, Action::kStandBy);
}

TEST(SenderSession, ASecondRewindInARowWaits) {
  SenderSession session("p", "v", 9);
  EXPECT_EQ(session.OnEnd(Rewound(20), absl::Seconds(0), 0.9).delay,
            absl::ZeroDuration());
  EXPECT_GT(session.OnEnd(Rewound(30), absl::Seconds(0), 0.9).delay,
            absl::ZeroDuration());
}

}  // namespace
}  // namespace attache::outbox
