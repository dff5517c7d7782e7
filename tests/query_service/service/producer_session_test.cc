#include "query_service/service/producer_session.h"

#include <string>
#include <utility>
#include <vector>

#include "common/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/query_service/journal/journal_support.h"
#include "tests/support/reason_of.h"

namespace attache {
namespace {

using ::attache::testing::MakeHello;
using ::attache::testing::MakeWrite;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Actions = ProducerSession::Actions;

constexpr StreamLimits kLimits{
    .max_outstanding_writes = 4,
    .max_outstanding_bytes = 5000,
    .write = {.max_write_bytes = 4000, .max_record_bytes = 2000}};

v1::StreamTripRecordsRequest HelloRequest(const v1::Hello& hello) {
  v1::StreamTripRecordsRequest request;
  *request.mutable_hello() = hello;
  return request;
}

v1::StreamTripRecordsRequest Batch(const std::vector<int64_t>& sequences) {
  v1::StreamTripRecordsRequest request;
  request.mutable_batch();
  for (const int64_t sequence : sequences) {
    *request.mutable_batch()->add_writes() = MakeWrite(sequence, "a", "title");
  }
  return request;
}

v1::Welcome MakeWelcome(int64_t last_sequence, bool resync = false) {
  v1::Welcome welcome;
  welcome.set_last_sequence(last_sequence);
  welcome.set_revision(100);
  welcome.set_resync(resync);
  return welcome;
}

std::string FinishReason(const Actions& actions) {
  return actions.finish ? testing::ReasonOf(*actions.finish) : "none";
}

bool IsNothing(const Actions& actions) {
  return !actions.greet && actions.writes.empty() && !actions.receive &&
         !actions.send && !actions.finish;
}

std::vector<int64_t> Handed(const Actions& actions) {
  std::vector<int64_t> sequences;
  for (const ArrivedWrite& write : actions.writes) {
    sequences.push_back(write.write.sequence());
  }
  return sequences;
}

// A session that has sent its Welcome.
ProducerSession Open(const v1::Hello& hello, const v1::Welcome& welcome) {
  ProducerSession session(kLimits);
  session.OnOpened();
  session.OnRequest(HelloRequest(hello));
  session.OnGreeted(welcome);
  session.OnSent(true);
  return session;
}

ProducerSession OpenAtOne() {
  return Open(MakeHello("p", 1, 0, 0), MakeWelcome(0));
}

TEST(ProducerSession, GreetsBeforeItReadsOn) {
  ProducerSession session(kLimits);
  EXPECT_TRUE(session.OnOpened().receive);
  const Actions greeting =
      session.OnRequest(HelloRequest(MakeHello("p", 3, 0, 0)));
  ASSERT_TRUE(greeting.greet.has_value());
  EXPECT_EQ(greeting.greet->epoch(), 3);
  EXPECT_FALSE(greeting.receive);
  EXPECT_EQ(session.producer_id(), "p");
  const Actions greeted = session.OnGreeted(MakeWelcome(7));
  EXPECT_TRUE(greeted.receive);
  ASSERT_TRUE(greeted.send.has_value());
  EXPECT_EQ(greeted.send->welcome().last_sequence(), 7);
  EXPECT_EQ(greeted.send->welcome().max_outstanding_writes(), 4);
  EXPECT_EQ(greeted.send->welcome().max_outstanding_bytes(), 5000);
  EXPECT_EQ(greeted.send->welcome().max_write_bytes(), 4000);
}

TEST(ProducerSession, ExpectsAHelloFirst) {
  for (auto request : {Batch({1}), v1::StreamTripRecordsRequest()}) {
    ProducerSession session(kLimits);
    session.OnOpened();
    EXPECT_EQ(FinishReason(session.OnRequest(request)), "HELLO_EXPECTED");
  }
  ProducerSession session(kLimits);
  session.OnOpened();
  EXPECT_EQ(FinishReason(session.OnRequestsEnded()), "HELLO_EXPECTED");
}

TEST(ProducerSession, RefusesAHelloThatBreaksARule) {
  ProducerSession session(kLimits);
  session.OnOpened();
  EXPECT_EQ(
      FinishReason(session.OnRequest(HelloRequest(MakeHello("", 1, 0, 0)))),
      "FIELD_INVALID");
}

TEST(ProducerSession, RefusesASecondHelloAndAnEmptyRequest) {
  ProducerSession again = OpenAtOne();
  EXPECT_EQ(
      FinishReason(again.OnRequest(HelloRequest(MakeHello("p", 1, 0, 0)))),
      "FIELD_INVALID");
  ProducerSession empty = OpenAtOne();
  EXPECT_EQ(FinishReason(empty.OnRequest({})), "FIELD_INVALID");
}

TEST(ProducerSession, EndsWhereTheHelloIsRefused) {
  ProducerSession session(kLimits);
  session.OnOpened();
  session.OnRequest(HelloRequest(MakeHello("p", 1, 0, 0)));
  EXPECT_EQ(FinishReason(session.OnGreeted(
                MakeError(v1::ERROR_REASON_EPOCH_STALE, "stale"))),
            "EPOCH_STALE");
}

TEST(ProducerSession, HandsWritesOnAndAcknowledgesThemOnceCommitted) {
  ProducerSession session = OpenAtOne();
  const Actions received = session.OnRequest(Batch({1, 2}));
  EXPECT_EQ(Handed(received), (std::vector<int64_t>{1, 2}));
  EXPECT_EQ(received.writes[0].producer_id, "p");
  EXPECT_TRUE(received.receive);
  EXPECT_FALSE(received.send.has_value());
  const Actions committed = session.OnCommitted(2, 102, {});
  ASSERT_TRUE(committed.send.has_value());
  EXPECT_EQ(committed.send->ack().sequence(), 2);
  EXPECT_EQ(committed.send->ack().revision(), 102);
}

TEST(ProducerSession, GathersAcksWhileOneIsOnItsWay) {
  ProducerSession session = OpenAtOne();
  session.OnRequest(Batch({1, 2, 3}));
  EXPECT_TRUE(session.OnCommitted(1, 101, {}).send.has_value());
  v1::RejectedWrite rejected;
  rejected.set_sequence(2);
  EXPECT_TRUE(IsNothing(session.OnCommitted(1, 101, {rejected})));
  rejected.set_sequence(3);
  EXPECT_TRUE(IsNothing(session.OnCommitted(1, 101, {rejected})));
  const Actions sent = session.OnSent(true);
  ASSERT_TRUE(sent.send.has_value());
  EXPECT_EQ(sent.send->ack().sequence(), 3);
  EXPECT_THAT(sent.send->ack().rejected_writes(), SizeIs(2));
  EXPECT_TRUE(IsNothing(session.OnSent(true)));
}

TEST(ProducerSession, AcknowledgesWhatIsHeldAndDoesNotHandItOn) {
  ProducerSession session = Open(MakeHello("p", 1, 3, 9), MakeWelcome(5));
  const Actions held = session.OnRequest(Batch({4, 5}));
  EXPECT_THAT(held.writes, IsEmpty());
  ASSERT_TRUE(held.send.has_value());
  EXPECT_EQ(held.send->ack().sequence(), 5);
  EXPECT_EQ(held.send->ack().revision(), 100);
  session.OnSent(true);
  const Actions mixed = session.OnRequest(Batch({5, 6}));
  EXPECT_EQ(Handed(mixed), (std::vector<int64_t>{6}));
  EXPECT_FALSE(mixed.send.has_value());
}

TEST(ProducerSession, AWriteThatIsOnItsWayIsNotHandedOnAgain) {
  ProducerSession session = OpenAtOne();
  session.OnRequest(Batch({1}));
  const Actions again = session.OnRequest(Batch({1}));
  EXPECT_THAT(again.writes, IsEmpty());
  EXPECT_FALSE(again.send.has_value());
  EXPECT_EQ(session.OnCommitted(1, 101, {}).send->ack().sequence(), 1);
}

TEST(ProducerSession, AGapEndsTheStreamAfterWhatCameBefore) {
  ProducerSession session = OpenAtOne();
  const Actions actions = session.OnRequest(Batch({1, 3}));
  EXPECT_EQ(Handed(actions), (std::vector<int64_t>{1}));
  EXPECT_EQ(FinishReason(actions), "SEQUENCE_GAP");
  EXPECT_EQ(DetailsOf(*actions.finish)->metadata,
            (ErrorMetadata{{"expected", "2"}}));
  EXPECT_FALSE(actions.receive);
}

TEST(ProducerSession, ASequenceBelowOneIsAGap) {
  for (const int64_t sequence : {int64_t{0}, int64_t{-1}}) {
    ProducerSession session = Open(MakeHello("p", 1, 0, 5), MakeWelcome(5));
    EXPECT_EQ(FinishReason(session.OnRequest(Batch({sequence}))),
              "SEQUENCE_GAP");
  }
}

TEST(ProducerSession, AResyncGoesOnAboveWhatWasAcknowledged) {
  for (const v1::Hello& hello :
       {MakeHello("p", 1, 8, 9), MakeHello("p", 1, 0, 7)}) {
    ProducerSession session = Open(hello, MakeWelcome(4, /*resync=*/true));
    EXPECT_EQ(Handed(session.OnRequest(Batch({8}))), (std::vector<int64_t>{8}));
    EXPECT_EQ(session.OnCommitted(1, 101, {}).send->ack().sequence(), 8);
  }
}

TEST(ProducerSession, AResyncDoesNotAcknowledgeWhatIsMissing) {
  ProducerSession held =
      Open(MakeHello("p", 1, 8, 9), MakeWelcome(4, /*resync=*/true));
  EXPECT_EQ(held.OnRequest(Batch({4})).send->ack().sequence(), 4);
  for (const int64_t sequence : {5, 7, 9}) {
    ProducerSession session =
        Open(MakeHello("p", 1, 8, 9), MakeWelcome(4, /*resync=*/true));
    const Actions actions = session.OnRequest(Batch({sequence}));
    EXPECT_EQ(FinishReason(actions), "SEQUENCE_GAP") << sequence;
    EXPECT_EQ(DetailsOf(*actions.finish)->metadata,
              (ErrorMetadata{{"expected", "8"}}));
  }
}

TEST(ProducerSession, EndsAStreamThatRunsPastItsWindow) {
  ProducerSession session = OpenAtOne();
  session.OnRequest(Batch({1, 2, 3}));
  const Actions actions = session.OnRequest(Batch({4, 5}));
  EXPECT_EQ(Handed(actions), (std::vector<int64_t>{4}));
  EXPECT_EQ(FinishReason(actions), "WINDOW_EXCEEDED");
  EXPECT_EQ(DetailsOf(*actions.finish)->metadata,
            (ErrorMetadata{{"limit", "4"}}));
}

TEST(ProducerSession, CountsBytesInTheWindowToo) {
  ProducerSession session = OpenAtOne();
  v1::StreamTripRecordsRequest request;
  for (int64_t sequence = 1; sequence < 4; ++sequence) {
    *request.mutable_batch()->add_writes() =
        MakeWrite(sequence, "a", std::string(1900, 'x'));
  }
  const Actions actions = session.OnRequest(request);
  EXPECT_EQ(Handed(actions), (std::vector<int64_t>{1, 2}));
  EXPECT_EQ(FinishReason(actions), "WINDOW_EXCEEDED");
}

TEST(ProducerSession, AnAckOpensTheWindowAgain) {
  ProducerSession session = OpenAtOne();
  for (int64_t sequence = 1; sequence < 100; sequence += 4) {
    const Actions actions = session.OnRequest(
        Batch({sequence, sequence + 1, sequence + 2, sequence + 3}));
    ASSERT_EQ(FinishReason(actions), "none") << sequence;
    ASSERT_TRUE(session.OnCommitted(4, 100, {}).send.has_value());
    session.OnSent(true);
  }
}

TEST(ProducerSession, RefusesABadWriteAloneAndDropsItsRecords) {
  ProducerSession session = OpenAtOne();
  v1::StreamTripRecordsRequest request = Batch({1, 2, 3});
  request.mutable_batch()->mutable_writes(1)->set_briefing_id("a b");
  *request.mutable_batch()->mutable_writes(2) =
      MakeWrite(3, std::string(300, 'x'), "title");
  const Actions actions = session.OnRequest(request);
  ASSERT_THAT(actions.writes, SizeIs(3));
  EXPECT_FALSE(actions.writes[0].refusal.has_value());
  ASSERT_TRUE(actions.writes[1].refusal.has_value());
  EXPECT_EQ(actions.writes[1].refusal->reason(), "FIELD_INVALID");
  EXPECT_EQ(actions.writes[1].write.sequence(), 2);
  EXPECT_EQ(actions.writes[1].write.briefing_id(), "a b");
  EXPECT_THAT(actions.writes[1].write.records(), IsEmpty());
  EXPECT_EQ(actions.writes[2].write.briefing_id(), std::string(256, 'x'));
  EXPECT_TRUE(actions.receive);
}

TEST(ProducerSession, AWriteOverTheWholeWindowIsRefusedAlone) {
  ProducerSession session = OpenAtOne();
  v1::StreamTripRecordsRequest request;
  *request.mutable_batch()->add_writes() =
      MakeWrite(1, "a", std::string(6000, 'x'));
  const Actions actions = session.OnRequest(request);
  EXPECT_EQ(FinishReason(actions), "none");
  EXPECT_EQ(actions.writes[0].refusal->reason(), "RECORD_TOO_LARGE");
}

TEST(ProducerSession, ABatchWithoutWritesIsIgnored) {
  ProducerSession session = OpenAtOne();
  const Actions actions = session.OnRequest(Batch({}));
  EXPECT_TRUE(actions.receive);
  EXPECT_FALSE(actions.send.has_value());
}

TEST(ProducerSession, AClientThatClosesGetsItsAcksAndThenOk) {
  ProducerSession session = OpenAtOne();
  session.OnRequest(Batch({1, 2}));
  EXPECT_TRUE(IsNothing(session.OnRequestsEnded()));
  EXPECT_TRUE(session.OnCommitted(1, 101, {}).send.has_value());
  EXPECT_TRUE(IsNothing(session.OnSent(true)));
  EXPECT_EQ(session.OnCommitted(1, 102, {}).send->ack().sequence(), 2);
  const Actions end = session.OnSent(true);
  ASSERT_TRUE(end.finish.has_value());
  EXPECT_TRUE(end.finish->ok());
}

TEST(ProducerSession, AClientThatClosesBeforeItIsWelcomeIsAnsweredStill) {
  ProducerSession session(kLimits);
  session.OnOpened();
  session.OnRequest(HelloRequest(MakeHello("p", 1, 0, 0)));
  EXPECT_TRUE(IsNothing(session.OnRequestsEnded()));
  const Actions greeted = session.OnGreeted(MakeWelcome(0));
  EXPECT_TRUE(greeted.send.has_value());
  EXPECT_FALSE(greeted.receive);
  EXPECT_TRUE(session.OnSent(true).finish->ok());
}

TEST(ProducerSession, ADrainAcknowledgesWhatCameAndTakesNoMore) {
  ProducerSession session = OpenAtOne();
  session.OnRequest(Batch({1}));
  EXPECT_TRUE(IsNothing(session.OnDrain()));
  EXPECT_TRUE(IsNothing(session.OnRequest(Batch({2}))));
  EXPECT_TRUE(session.OnCommitted(1, 101, {}).send.has_value());
  const Actions end = session.OnSent(true);
  EXPECT_EQ(FinishReason(end), "DRAINING");
  EXPECT_TRUE(DetailsOf(*end.finish)->retry_delay.has_value());
}

TEST(ProducerSession, ADrainEndsAQuietStreamAtOnce) {
  ProducerSession open = OpenAtOne();
  EXPECT_EQ(FinishReason(open.OnDrain()), "DRAINING");
  ProducerSession fresh(kLimits);
  fresh.OnOpened();
  EXPECT_EQ(FinishReason(fresh.OnDrain()), "DRAINING");
}

TEST(ProducerSession, ATakeoverEndsTheStreamOnceNothingIsOnItsWay) {
  ProducerSession session = OpenAtOne();
  session.OnRequest(Batch({1, 2}));
  session.OnCommitted(1, 101, {});
  EXPECT_TRUE(IsNothing(session.OnEnded(
      MakeError(v1::ERROR_REASON_PRODUCER_TAKEN_OVER, "taken over"))));
  EXPECT_TRUE(IsNothing(session.OnRequest(Batch({3}))));
  EXPECT_TRUE(IsNothing(session.OnCommitted(1, 102, {})));
  EXPECT_EQ(FinishReason(session.OnSent(true)), "PRODUCER_TAKEN_OVER");
}

TEST(ProducerSession, AClientThatIsGoneEndsTheStream) {
  ProducerSession cancelled = OpenAtOne();
  EXPECT_EQ(cancelled.OnCancelled().finish->code(),
            absl::StatusCode::kCancelled);
  ProducerSession unsent = OpenAtOne();
  unsent.OnRequest(Batch({1}));
  unsent.OnCommitted(1, 101, {});
  EXPECT_EQ(unsent.OnSent(false).finish->code(), absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace attache
