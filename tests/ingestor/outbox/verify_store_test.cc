#include "ingestor/outbox/verify_store.h"

#include <filesystem>
#include <string>
#include <vector>

#include "common/store/database.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ingestor/outbox/backup_store.h"
#include "ingestor/outbox/store_schema.h"
#include "tests/ingestor/outbox/briefing_store_fixture.h"
#include "tests/support/directory_content.h"

namespace attache::outbox {
namespace {

namespace fs = std::filesystem;
using ::attache::testing::ContentOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

absl::Status GoOn(int64_t, int64_t) { return absl::OkStatus(); }

// Seven writes, of which three are acknowledged: one of a briefing that was
// replaced, one that was overtaken, a withdrawal, a refusal.
class VerifyStoreTest : public BriefingStoreTest {
 protected:
  VerifyStoreTest() {
    Accept(MakeBriefing("a", "lis", 2));
    Accept(MakeBriefing("b", "soto"));
    Accept(MakeBriefing("c", ""));
    v1::RejectedWrite refused;
    refused.set_sequence(2);
    refused.set_briefing_id("b");
    Acknowledge(3, 3, {refused});
    Accept(MakeBriefing("a", "lis soto", 3));
    Accept(MakeBriefing("a", "soto", 4));
    Retract("c");
    Accept(MakeBriefing("d", "lima ruiz"));
  }

  void Damage(const std::string& sql) {
    Close();
    auto database = *store::Database::Open(options_.path, StoreSchema());
    const absl::Status status =
        database->Execute("PRAGMA foreign_keys = OFF; " + sql);
    ASSERT_TRUE(status.ok()) << status;
  }
  void Close() {
    reader_.reset();
    store_.reset();
  }
  std::vector<std::string> Faults(const std::string& directory) {
    const auto content = ContentOf(directory);
    const auto found = VerifyStore(directory);
    EXPECT_TRUE(found.ok()) << found.status();
    EXPECT_EQ(ContentOf(directory), content);
    return found.ok() ? found->faults() : std::vector<std::string>{"error"};
  }
  std::vector<std::string> Faults() {
    Close();
    return Faults(directory_.path());
  }
};

TEST_F(VerifyStoreTest, ASoundStoreIsCountedUp) {
  Close();
  const auto found = VerifyStore(directory_.path());
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_THAT(found->faults(), IsEmpty());
  EXPECT_THAT(found->facts(), Contains(Pair("briefings", 4)));
  EXPECT_THAT(found->facts(), Contains(Pair("accepted writes", 7)));
  EXPECT_THAT(found->facts(), Contains(Pair("waiting writes", 4)));
  EXPECT_THAT(found->facts(), Contains(Pair("rejected briefings", 1)));
}

TEST_F(VerifyStoreTest, IsSoundInTheMiddleOfAResyncAndAfterARewind) {
  Change([](BriefingStore& store, absl::Time now) {
    return store.StartResync(now);
  });
  EXPECT_THAT(Faults(), IsEmpty());
  Reopen();
  Change([](BriefingStore& store, absl::Time now) {
    return store.Rewind(5, now);
  });
  EXPECT_THAT(Faults(), IsEmpty());
  Reopen();
  Change([](BriefingStore& store, absl::Time now) {
    return store.Rewind(50, now);
  });
  Accept(MakeBriefing("a", "new", 9));
  EXPECT_THAT(Faults(), IsEmpty());
}

TEST_F(VerifyStoreTest, ANewStoreAndOneWithAllAcknowledgedAreSound) {
  Acknowledge(7, 7);
  EXPECT_THAT(Faults(), IsEmpty());
  for (const auto& [name, bytes] : ContentOf(directory_.path())) {
    fs::remove(directory_.file(name));
  }
  Reopen();
  EXPECT_THAT(Faults(), IsEmpty());
}

TEST_F(VerifyStoreTest, WhatACrashLeavesIsSound) {
  const std::string crashed = directory_.file("crashed");
  fs::create_directory(crashed);
  for (const char* name : {"ingestor.db", "ingestor.db-wal"}) {
    fs::copy_file(directory_.file(name), crashed + "/" + name);
  }
  EXPECT_THAT(Faults(crashed), IsEmpty());
}

TEST_F(VerifyStoreTest, IsRefusedWhileAnIngestorRuns) {
  const auto lock = store::DirectoryLock::Acquire(directory_.path());
  const auto found = VerifyStore(directory_.path());
  EXPECT_TRUE(absl::IsFailedPrecondition(found.status()));
  EXPECT_THAT(found.status().message(), HasSubstr("stop that process first"));
}

TEST_F(VerifyStoreTest, ABackupIsTheSameProducerWithAnotherKey) {
  const testing::TempDirectory copy;
  const auto backup = BackUpStore(directory_.path(), copy.path(), GoOn);
  ASSERT_TRUE(backup.ok()) << backup.status();
  EXPECT_EQ(backup->last_sequence, 7);
  EXPECT_EQ(backup->acknowledged_sequence, 3);
  EXPECT_THAT(Faults(copy.path()), IsEmpty());
  const StoreState state = store_->state();
  const std::vector<std::string> pending = Pending();
  EXPECT_THAT(ContentOf(copy.path())["ingestor.db"],
              Not(HasSubstr(state.token_key)));
  options_.path = copy.file("ingestor.db");
  Reopen();
  EXPECT_EQ(store_->state().producer_id, state.producer_id);
  EXPECT_NE(store_->state().token_key, state.token_key);
  EXPECT_EQ(Pending(), pending);
  EXPECT_EQ(OutcomeOf(MakeBriefing("d", "lima ruiz")),
            v1::INGEST_OUTCOME_UNCHANGED);
}

struct Fault {
  const char* sql;
  const char* said;
};

void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.sql; }

class StoreFault : public VerifyStoreTest,
                   public ::testing::WithParamInterface<Fault> {};

TEST_P(StoreFault, IsSaid) {
  Damage(GetParam().sql);
  EXPECT_THAT(Faults(), Contains(HasSubstr(GetParam().said)));
}

INSTANTIATE_TEST_SUITE_P(
    All, StoreFault,
    ::testing::Values(
        Fault{"DELETE FROM state", "there are 0 states instead of one"},
        Fault{"UPDATE state SET producer_id = ''", "the producer has no id"},
        Fault{"UPDATE state SET token_key = x'00'", "has 1 bytes instead"},
        Fault{"UPDATE state SET acknowledged_sequence = 8",
              "sequence 8 is acknowledged, and 7 is the last"},
        Fault{"UPDATE state SET resync_until = 4",
              "sent again up to sequence 4, and 3 is acknowledged"},
        Fault{"UPDATE state SET sendable_sequence = 8",
              "sequence 8 may have been sent, and 7 is the last"},
        Fault{"DELETE FROM outbox WHERE sequence IN (5, 6)",
              "the outbox does not hold sequences 5 to 6"},
        Fault{"DELETE FROM outbox WHERE sequence = 4",
              "the outbox does not hold sequences 4 to 4"},
        Fault{"DELETE FROM outbox WHERE sequence = 7",
              "the outbox does not hold sequences 7 to 7"},
        Fault{"UPDATE state SET acknowledged_sequence = 5",
              "the outbox holds sequence 4, which is acknowledged"},
        Fault{"UPDATE state SET last_sequence = 6",
              "the outbox holds sequence 7, which is beyond the last, 6"},
        Fault{"UPDATE outbox SET size = 5 WHERE sequence = 4",
              "write 4 of the outbox takes"},
        Fault{"UPDATE outbox SET overtaken_bytes = NULL WHERE sequence = 4",
              "write 4 of the outbox is the latest of its briefing, and the "
              "briefing names 5"},
        Fault{"DELETE FROM outbox WHERE sequence = 7",
              "briefing d: its write 7 is neither acknowledged nor in the"},
        Fault{"UPDATE briefings SET write_sequence = 0 WHERE briefing_id = 'b'",
              "briefing b was never written"},
        Fault{"UPDATE briefings SET write_sequence = 7",
              "4 briefings were written by sequence 7"},
        Fault{"DELETE FROM writes WHERE briefing = 1",
              "briefing a has no write"},
        Fault{"DELETE FROM documents WHERE briefing = 1",
              "briefing a has no text"},
        Fault{"INSERT INTO documents VALUES (3, x'')",
              "briefing c is retracted and has a text"},
        Fault{"UPDATE trips SET number = 9 WHERE number = 2",
              "trip 9 was numbered, and 3 is the next number"},
        Fault{
            "UPDATE documents SET briefing_bytes = x'ffff' WHERE briefing = 1",
            "briefing a: its text cannot be read"},
        Fault{"UPDATE documents SET briefing_bytes = (SELECT briefing_bytes "
              "FROM documents WHERE briefing = 2) WHERE briefing = 1",
              "briefing a: its text is of briefing b"},
        Fault{"UPDATE briefings SET fingerprint = zeroblob(32) WHERE id = 1",
              "briefing a: its text is not the one that was accepted"},
        Fault{"UPDATE writes SET write_bytes = x'ffff' WHERE briefing = 1",
              "briefing a: its write cannot be read"},
        Fault{"UPDATE writes SET write_bytes = (SELECT write_bytes FROM writes "
              "WHERE briefing = 2) WHERE briefing = 1",
              "briefing a: its write is of briefing b"},
        Fault{"UPDATE briefings SET version = 3 WHERE id = 1",
              "briefing a: its write is of version 4, and the briefing of 3"},
        Fault{"UPDATE briefings SET next_number = 2 WHERE id = 4",
              "briefing d: its write holds the record d#2, which is not one"},
        Fault{"UPDATE briefings SET result = x'ffff' WHERE id = 2",
              "briefing b: its answer cannot be read"},
        Fault{"UPDATE outbox SET overtaken_bytes = x'ffff' WHERE sequence = 4",
              "write 4 of the outbox cannot be read"},
        Fault{"UPDATE rejected SET briefing_bytes = x'ffff'",
              "rejected briefing 1 cannot be read"},
        Fault{"DELETE FROM briefings WHERE id = 2",
              "of table documents belongs to no row of briefings"}));

}  // namespace
}  // namespace attache::outbox
