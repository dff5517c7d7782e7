#include "query_service/journal/producer_positions.h"

#include <limits>
#include <string>

#include "common/error.h"
#include "gtest/gtest.h"
#include "tests/query_service/journal/journal_support.h"

namespace attache::testing {
namespace {

struct Answer {
  absl::Status status;
  ProducerPosition position;
  bool found_restored = false;
};

Answer GreetAt(ProducerPosition position, const v1::Hello& hello) {
  Answer answer{.status = {}, .position = position};
  answer.status = Greet(hello, answer.position, answer.found_restored);
  return answer;
}

TEST(ProducerPositions, ANewProducerBeginsAtOne) {
  const Answer answer = GreetAt({}, MakeHello("p", 1, 0, 0));
  ASSERT_TRUE(answer.status.ok());
  EXPECT_EQ(answer.position.NextSequence(), 1);
  EXPECT_FALSE(answer.found_restored);
}

TEST(ProducerPositions, AnAckThatWasLostChangesNothing) {
  const Answer answer =
      GreetAt({.epoch = 1, .last_sequence = 7}, MakeHello("p", 1, 3, 9));
  ASSERT_TRUE(answer.status.ok());
  EXPECT_EQ(answer.position.NextSequence(), 8);
  EXPECT_FALSE(answer.found_restored);
}

TEST(ProducerPositions, AskForAllWhereLessIsHeldThanWasAcknowledged) {
  const Answer outbox =
      GreetAt({.epoch = 1, .last_sequence = 4}, MakeHello("p", 2, 8, 9));
  EXPECT_TRUE(outbox.found_restored);
  EXPECT_EQ(outbox.position.resync_from, 7);
  EXPECT_EQ(outbox.position.NextSequence(), 8);
  EXPECT_EQ(outbox.position.last_sequence, 4);

  const Answer empty_outbox =
      GreetAt({.epoch = 1, .last_sequence = 4}, MakeHello("p", 2, 0, 9));
  EXPECT_TRUE(empty_outbox.found_restored);
  EXPECT_EQ(empty_outbox.position.NextSequence(), 10);
}

TEST(ProducerPositions, AskAgainUntilAWriteCame) {
  ProducerPosition position{.epoch = 1, .last_sequence = 4, .resync_from = 7};
  const Answer again = GreetAt(position, MakeHello("p", 1, 8, 12));
  EXPECT_FALSE(again.found_restored);
  EXPECT_EQ(again.position.resync_from, 7);

  position.Take();
  EXPECT_EQ(position.last_sequence, 8);
  const Answer after = GreetAt(position, MakeHello("p", 1, 9, 12));
  EXPECT_EQ(after.position.resync_from, -1);
  EXPECT_EQ(after.position.NextSequence(), 9);
}

TEST(ProducerPositions, AFurtherLossIsFoundWhileOneIsOpen) {
  const Answer answer =
      GreetAt({.epoch = 1, .last_sequence = 4, .resync_from = 7},
              MakeHello("p", 1, 11, 12));
  EXPECT_TRUE(answer.found_restored);
  EXPECT_EQ(answer.position.NextSequence(), 11);
}

TEST(ProducerPositions, AProducerThatWasRestoredIsToldHowFarItHadCome) {
  const Answer answer =
      GreetAt({.epoch = 3, .last_sequence = 9}, MakeHello("p", 4, 0, 5));
  const auto details = DetailsOf(answer.status);
  ASSERT_TRUE(details.has_value());
  EXPECT_EQ(details->reason, "PRODUCER_REWOUND");
  EXPECT_EQ(details->metadata, (ErrorMetadata{{"last_sequence", "9"}}));
  EXPECT_EQ(answer.position.epoch, 3);
}

TEST(ProducerPositions, AnEpochBelowTheHighestIsStale) {
  const Answer answer =
      GreetAt({.epoch = 3, .last_sequence = 9}, MakeHello("p", 2, 0, 9));
  const auto details = DetailsOf(answer.status);
  ASSERT_TRUE(details.has_value());
  EXPECT_EQ(details->reason, "EPOCH_STALE");
  EXPECT_EQ(details->metadata, (ErrorMetadata{{"epoch", "3"}}));
}

TEST(ProducerPositions, AHelloThatBreaksARuleNamesTheField) {
  const auto field = [](const v1::Hello& hello) -> std::string {
    const auto details = DetailsOf(CheckHello(hello));
    return details.has_value() ? details->metadata[0].second : "";
  };
  EXPECT_EQ(field(MakeHello("p", 0, 0, 0)), "");
  EXPECT_EQ(field(MakeHello("p", 5, 3, 3)), "");
  EXPECT_EQ(field(MakeHello(std::string(128, 'p'), 1, 0, 0)), "");
  EXPECT_EQ(field(MakeHello("", 1, 0, 0)), "hello.producer_id");
  EXPECT_EQ(field(MakeHello("a b", 1, 0, 0)), "hello.producer_id");
  EXPECT_EQ(field(MakeHello("a\n", 1, 0, 0)), "hello.producer_id");
  EXPECT_EQ(field(MakeHello(std::string(129, 'p'), 1, 0, 0)),
            "hello.producer_id");
  EXPECT_EQ(field(MakeHello("p", -1, 0, 0)), "hello.epoch");
  EXPECT_EQ(field(MakeHello("p", 1, -1, 0)), "hello.first_sequence");
  EXPECT_EQ(field(MakeHello("p", 1, 3, 2)), "hello.last_sequence");
  EXPECT_EQ(field(MakeHello("p", 1, 0, -1)), "hello.last_sequence");
  EXPECT_EQ(field(MakeHello("p", 1, 0, std::numeric_limits<int64_t>::max())),
            "hello.last_sequence");
}

}  // namespace
}  // namespace attache::testing
