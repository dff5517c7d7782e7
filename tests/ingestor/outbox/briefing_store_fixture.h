// A BriefingStore, and a reader beside it.
#ifndef ATTACHE_TESTS_INGESTOR_OUTBOX_BRIEFING_STORE_FIXTURE_H_
#define ATTACHE_TESTS_INGESTOR_OUTBOX_BRIEFING_STORE_FIXTURE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "ingestor/outbox/briefing_store.h"
#include "ingestor/outbox/store_reader.h"
#include "tests/ingestor/outbox/store_fixture.h"
#include "tests/support/temp_directory.h"

namespace attache::outbox {

class BriefingStoreTest : public ::testing::Test {
 protected:
  BriefingStoreTest() : options_(TestOptions(directory_)) { Reopen(); }

  void Reopen() {
    reader_.reset();
    store_.reset();
    auto opened = BriefingStore::Open(options_);
    ASSERT_TRUE(opened.ok()) << opened.status();
    store_ = *std::move(opened);
    auto reader = StoreReader::Open(options_.path);
    ASSERT_TRUE(reader.ok()) << reader.status();
    reader_ = *std::move(reader);
  }

  Acceptance Accept(const v1::Briefing& briefing) {
    Acceptance acceptance;
    Change([&](BriefingStore& store, absl::Time now) {
      auto accepted = store.Accept(Submit(briefing), now);
      if (accepted.ok()) acceptance = *accepted;
      return accepted.status();
    });
    return acceptance;
  }
  v1::IngestOutcome OutcomeOf(const v1::Briefing& briefing) {
    return Accept(briefing).result.outcome();
  }
  Acceptance Retract(const std::string& id) {
    Acceptance acceptance;
    Change([&](BriefingStore& store, absl::Time now) {
      auto accepted = store.Retract(id, "", now);
      if (accepted.ok()) acceptance = *accepted;
      return accepted.status();
    });
    return acceptance;
  }
  void Acknowledge(int64_t sequence, int64_t revision = 1,
                   const std::vector<v1::RejectedWrite>& rejected = {}) {
    Change([&](BriefingStore& store, absl::Time now) {
      return store.Acknowledge(sequence, revision, rejected, now);
    });
  }
  template <typename Body>
  void Change(Body body) {
    const absl::Status status =
        store_->Group([&] { return body(*store_, absl::Now()); });
    ASSERT_TRUE(status.ok()) << status;
  }

  // "sequence:briefing_id record_id..." of what is pending.
  std::vector<std::string> Pending() {
    std::vector<std::string> lines;
    auto pending =
        reader_->ReadPending(store_->state().acknowledged_sequence, 1000, 1e9);
    EXPECT_TRUE(pending.ok()) << pending.status();
    for (const PendingWrite& write : *pending) {
      v1::RecordWrite message;
      EXPECT_TRUE(message.ParseFromString(write.bytes));
      std::string& line = lines.emplace_back(
          absl::StrCat(write.sequence, ":", message.briefing_id()));
      for (const v1::TripRecord& record : message.records()) {
        absl::StrAppend(&line, " ", record.record_id(), "=",
                        record.travelers(0).name());
      }
      if (message.withdrawn()) line += " withdrawn";
      if (message.version() != 0)
        absl::StrAppend(&line, "@", message.version());
    }
    return lines;
  }

  testing::TempDirectory directory_;
  StoreOptions options_;
  std::unique_ptr<BriefingStore> store_;
  std::unique_ptr<StoreReader> reader_;
};

}  // namespace attache::outbox

#endif  // ATTACHE_TESTS_INGESTOR_OUTBOX_BRIEFING_STORE_FIXTURE_H_
