#include "ingestor/outbox/sender.h"

#include <filesystem>

#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ingestor/outbox/store_reader.h"
#include "tests/ingestor/outbox/scripted_index.h"
#include "tests/ingestor/outbox/store_fixture.h"

namespace attache::outbox {
namespace {

using ::testing::SizeIs;

class SenderTest : public ::testing::Test {
 protected:
  SenderTest() : options_(TestOptions(directory_)) {}

  // As a process that starts, or starts again.
  void StartIngestor() {
    StopIngestor();
    auto opened = Outbox::Open(options_);
    ASSERT_TRUE(opened.ok()) << opened.status();
    outbox_ = *std::move(opened);
  }
  void StartSender() {
    SenderOptions options;
    options.query_address = index_.address();
    options.store_path = options_.path;
    options.parser_version = "p1";
    options.vocabulary_version = "v1";
    auto started = Sender::Start(options, outbox_.get());
    ASSERT_TRUE(started.ok()) << started.status();
    sender_ = *std::move(started);
  }
  void StopIngestor() {
    sender_.reset();
    outbox_.reset();
  }

  // Starts to accept; the result is there once `done` is notified.
  struct Pending {
    absl::Notification done;
    absl::StatusOr<v1::IngestResult> result;
  };
  std::shared_ptr<Pending> Submitting(const v1::Briefing& briefing,
                                      absl::Duration wait) {
    auto pending = std::make_shared<Pending>();
    AnswerTerms terms;
    terms.indexed = wait > absl::ZeroDuration();
    terms.deadline = absl::Now() + wait;
    outbox_->Accept(Submit(briefing), terms,
                    [pending](absl::StatusOr<v1::IngestResult> result) {
                      pending->result = std::move(result);
                      pending->done.Notify();
                    });
    return pending;
  }
  v1::IngestResult Accept(const v1::Briefing& briefing,
                          absl::Duration wait = absl::ZeroDuration()) {
    const auto pending = Submitting(briefing, wait);
    pending->done.WaitForNotification();
    EXPECT_TRUE(pending->result.ok()) << pending->result.status();
    return pending->result.value_or(v1::IngestResult());
  }
  bool AwaitHeld(size_t count) {
    return index_.Await(
        [&](ScriptedIndex& index) { return index.state.held.size() == count; });
  }
  bool AwaitEmptyOutbox() {
    return index_.Await([&](ScriptedIndex&) {
      const StoreState state = outbox_->state();
      return state.acknowledged_sequence == state.last_sequence &&
             state.resync_until == 0;
    });
  }

  testing::TempDirectory directory_;
  StoreOptions options_;
  ScriptedIndex index_;
  std::unique_ptr<Outbox> outbox_;
  std::unique_ptr<Sender> sender_;
};

TEST_F(SenderTest, DeliversWhatWasAcceptedBeforeAndAfterItConnected) {
  index_.Start();
  StartIngestor();
  Accept(MakeBriefing("a", "doe"));
  StartSender();
  const v1::IngestResult result =
      Accept(MakeBriefing("b", "roe"), absl::Seconds(20));
  EXPECT_EQ(result.durability(), v1::DURABILITY_INDEXED);
  EXPECT_EQ(result.revision(), 2);
  EXPECT_TRUE(sender_->connected());
  ASSERT_TRUE(AwaitHeld(2));
  EXPECT_EQ(index_.With([](ScriptedIndex& index) {
    return index.state.held["b"].records(0).record_id();
  }),
            "b#1");
}

TEST_F(SenderTest, KeepsItsWindowAndSendsInBatches) {
  index_.holds_acks = true;
  index_.window_writes = 5;
  index_.Start();
  StartIngestor();
  for (int i = 0; i < 20; ++i) Accept(MakeBriefing(absl::StrCat(i), "doe"));
  StartSender();
  ASSERT_TRUE(index_.Await(
      [](ScriptedIndex& index) { return index.max_outstanding_seen >= 5; }));
  absl::SleepFor(absl::Milliseconds(100));
  index_.With([](ScriptedIndex& index) {
    EXPECT_EQ(index.max_outstanding_seen, 5);
    EXPECT_GT(index.max_batch, 1);
    return 0;
  });
}

TEST_F(SenderTest, WaitsForAQueryServiceThatComesLate) {
  index_.Start();
  index_.Stop();
  StartIngestor();
  StartSender();
  const v1::IngestResult result =
      Accept(MakeBriefing("a", "doe"), absl::Milliseconds(300));
  EXPECT_EQ(result.durability(), v1::DURABILITY_DURABLE);
  EXPECT_FALSE(sender_->connected());
  index_.Start();
  EXPECT_TRUE(AwaitHeld(1));
  EXPECT_TRUE(AwaitEmptyOutbox());
}

TEST_F(SenderTest, ConnectsAgainAfterTheStreamBroke) {
  index_.Start();
  StartIngestor();
  StartSender();
  Accept(MakeBriefing("a", "doe"), absl::Seconds(20));
  index_.Stop();
  Accept(MakeBriefing("b", "roe"));
  index_.Start();
  EXPECT_TRUE(AwaitHeld(2));
  index_.With([](ScriptedIndex& index) {
    index.end_with = absl::UnavailableError("the disk is full");
    return 0;
  });
  EXPECT_EQ(Accept(MakeBriefing("c", "poe"), absl::Seconds(20)).durability(),
            v1::DURABILITY_INDEXED);
}

TEST_F(SenderTest, TellsWhoWaitsWhatWasRefused) {
  index_.refuses = {{"a", v1::ERROR_REASON_FIELD_INVALID},
                    {"b", v1::ERROR_REASON_VERSION_STALE}};
  index_.Start();
  StartIngestor();
  StartSender();
  const v1::IngestResult refused =
      Accept(MakeBriefing("a", "doe"), absl::Seconds(20));
  EXPECT_EQ(refused.outcome(), v1::INGEST_OUTCOME_REJECTED);
  EXPECT_EQ(refused.status().reason(), "FIELD_INVALID");
  EXPECT_EQ(Accept(MakeBriefing("b", "doe"), absl::Seconds(20)).outcome(),
            v1::INGEST_OUTCOME_STALE);
  auto reader = StoreReader::Open(options_.path);
  ASSERT_TRUE(reader.ok());
  EXPECT_THAT((*reader)->ListRejected(0, 10).value(), SizeIs(2));
}

TEST_F(SenderTest, SendsEverythingAgainToAnIndexThatLostIt) {
  index_.Start();
  StartIngestor();
  StartSender();
  for (int i = 0; i < 600; ++i) Accept(MakeBriefing(absl::StrCat(i), "doe"));
  ASSERT_TRUE(AwaitHeld(600));
  ASSERT_TRUE(AwaitEmptyOutbox());
  index_.Stop();
  index_.state = ScriptedIndex::State();
  index_.state.index_id = "index-2";
  index_.Start();
  EXPECT_TRUE(AwaitHeld(600));
  EXPECT_TRUE(AwaitEmptyOutbox());
  EXPECT_EQ(outbox_->state().index_id, "index-2");
}

TEST_F(SenderTest, GoesOnAboveTheServiceAfterItsOwnRestore) {
  index_.Start();
  StartIngestor();
  StartSender();
  Accept(MakeBriefing("a", "doe"), absl::Seconds(20));
  StopIngestor();
  const std::string copy = directory_.file("copy.db");
  std::filesystem::copy_file(options_.path, copy);
  StartIngestor();
  StartSender();
  Accept(MakeBriefing("b", "roe"), absl::Seconds(20));
  Accept(MakeBriefing("a", "poe"), absl::Seconds(20));
  StopIngestor();
  std::filesystem::copy_file(copy, options_.path,
                             std::filesystem::copy_options::overwrite_existing);
  std::filesystem::remove(options_.path + "-wal");
  std::filesystem::remove(options_.path + "-shm");
  // More than the service knows of, before the first Hello.
  StartIngestor();
  for (int i = 0; i < 5; ++i) Accept(MakeBriefing(absl::StrCat("n", i), "moe"));
  StartSender();
  ASSERT_TRUE(AwaitHeld(7));
  EXPECT_TRUE(index_.Await([](ScriptedIndex& index) {
    return index.state.held["a"].records(0).travelers(0).name() == "doe";
  }));
  EXPECT_TRUE(AwaitEmptyOutbox());
  EXPECT_EQ(index_.With([](ScriptedIndex& i) { return i.state.last_sequence; }),
            outbox_->state().last_sequence);
}

TEST_F(SenderTest, TakesAHigherEpochWhenItsDirectoryWasRestored) {
  index_.state.epoch = 40;
  index_.Start();
  StartIngestor();
  StartSender();
  EXPECT_EQ(Accept(MakeBriefing("a", "doe"), absl::Seconds(20)).durability(),
            v1::DURABILITY_INDEXED);
  EXPECT_EQ(outbox_->state().epoch, 41);
}

TEST_F(SenderTest, StopsWhenAnotherProcessTakesItsIdentity) {
  index_.Start();
  StartIngestor();
  StartSender();
  Accept(MakeBriefing("a", "doe"), absl::Seconds(20));
  index_.With([](ScriptedIndex& index) {
    index.end_with =
        MakeError(v1::ERROR_REASON_PRODUCER_TAKEN_OVER, "taken over");
    return 0;
  });
  Accept(MakeBriefing("b", "roe"));
  ASSERT_TRUE(
      index_.Await([&](ScriptedIndex&) { return !sender_->connected(); }));
  absl::SleepFor(absl::Milliseconds(700));
  EXPECT_FALSE(sender_->connected());
  EXPECT_EQ(index_.With([](ScriptedIndex& i) { return i.hellos.size(); }), 1u);
}

TEST_F(SenderTest, AWriteThatBecameTooLargeIsRefusedAndHoldsNothingUp) {
  index_.Start();
  index_.max_write_bytes = 2000;
  StartIngestor();
  Accept(MakeBriefing("large", std::string(3000, 'x')));
  const auto waits = Submitting(MakeBriefing("large", std::string(3001, 'x')),
                                absl::Seconds(20));
  StartSender();
  EXPECT_EQ(Accept(MakeBriefing("b", "roe"), absl::Seconds(20)).durability(),
            v1::DURABILITY_INDEXED);
  waits->done.WaitForNotification();
  ASSERT_TRUE(waits->result.ok());
  EXPECT_EQ(waits->result->outcome(), v1::INGEST_OUTCOME_REJECTED);
  EXPECT_EQ(waits->result->status().reason(), "RECORD_TOO_LARGE");
  EXPECT_TRUE(AwaitHeld(1));
}

TEST_F(SenderTest, AWelcomeTellsTheTrueReasonWhereTheAckWasLost) {
  index_.Start();
  index_.max_write_bytes = 2000;
  index_.loses_next_ack = true;
  StartIngestor();
  const auto waits = Submitting(MakeBriefing("large", std::string(3000, 'x')),
                                absl::Seconds(20));
  StartSender();
  waits->done.WaitForNotification();
  ASSERT_TRUE(waits->result.ok());
  EXPECT_EQ(waits->result->outcome(), v1::INGEST_OUTCOME_REJECTED);
  EXPECT_EQ(waits->result->status().reason(), "RECORD_TOO_LARGE");
}

TEST_F(SenderTest, EndsAtOnceWhileItWaitsOrSends) {
  index_.holds_acks = true;
  index_.Start();
  StartIngestor();
  Accept(MakeBriefing("a", "doe"));
  StartSender();
  ASSERT_TRUE(index_.Await(
      [](ScriptedIndex& index) { return index.max_outstanding_seen == 1; }));
  const absl::Time start = absl::Now();
  StopIngestor();
  EXPECT_LT(absl::Now() - start, absl::Seconds(5));
}

}  // namespace
}  // namespace attache::outbox
