#include "ingestor/outbox/briefing_store.h"

#include "common/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingestor/outbox/briefing_store_fixture.h"

namespace attache::outbox {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(BriefingStoreTest, KeepsItsIdentityAndCountsItsStarts) {
  const StoreState first = store_->state();
  EXPECT_THAT(first.producer_id, HasSubstr("ingestor-"));
  EXPECT_EQ(first.epoch, 1);
  Reopen();
  EXPECT_EQ(store_->state().producer_id, first.producer_id);
  EXPECT_EQ(store_->state().token_key, first.token_key);
  EXPECT_EQ(store_->state().epoch, 2);
}

TEST_F(BriefingStoreTest, CreatesAndReplacesUnderTheSameRecordIds) {
  const Acceptance created = Accept(MakeBriefing("a", "doe roe"));
  EXPECT_EQ(created.result.outcome(), v1::INGEST_OUTCOME_CREATED);
  EXPECT_THAT(created.result.record_ids(), ElementsAre("a#1", "a#2"));
  const Acceptance replaced = Accept(MakeBriefing("a", "poe roe"));
  EXPECT_EQ(replaced.result.outcome(), v1::INGEST_OUTCOME_REPLACED);
  EXPECT_THAT(replaced.result.record_ids(), ElementsAre("a#3", "a#2"));
  EXPECT_THAT(Pending(),
              ElementsAre("1:a a#1=doe a#2=roe", "2:a a#3=poe a#2=roe"));
}

TEST_F(BriefingStoreTest, DoesNothingForTheSameBriefingAgain) {
  Accept(MakeBriefing("a", "doe"));
  const Acceptance again = Accept(MakeBriefing("a", "doe"));
  EXPECT_EQ(again.result.outcome(), v1::INGEST_OUTCOME_UNCHANGED);
  EXPECT_THAT(again.result.record_ids(), ElementsAre("a#1"));
  EXPECT_EQ(again.sequence, 1);
  EXPECT_THAT(Pending(), SizeIs(1));
}

TEST_F(BriefingStoreTest, ParsesTheSameBriefingAgainUnderAnotherVocabulary) {
  Accept(MakeBriefing("a", "doe"));
  options_.vocabulary_version = "v2";
  Reopen();
  EXPECT_EQ(OutcomeOf(MakeBriefing("a", "doe")), v1::INGEST_OUTCOME_REPLACED);
  EXPECT_EQ(OutcomeOf(MakeBriefing("a", "doe")), v1::INGEST_OUTCOME_UNCHANGED);
}

TEST_F(BriefingStoreTest, AnyFieldMakesABriefingAnother) {
  v1::Briefing briefing = MakeBriefing("a", "doe");
  Accept(briefing);
  (*briefing.mutable_labels())["desk"] = "americas";
  EXPECT_EQ(OutcomeOf(briefing), v1::INGEST_OUTCOME_REPLACED);
}

TEST_F(BriefingStoreTest, SendsAnEmptyWriteForABriefingWithoutTrip) {
  Accept(MakeBriefing("a", "doe"));
  const Acceptance none = Accept(MakeBriefing("a", ""));
  EXPECT_EQ(none.result.outcome(), v1::INGEST_OUTCOME_NO_TRIP);
  EXPECT_EQ(OutcomeOf(MakeBriefing("b", "")), v1::INGEST_OUTCOME_NO_TRIP);
  EXPECT_EQ(OutcomeOf(MakeBriefing("b", "")), v1::INGEST_OUTCOME_UNCHANGED);
  EXPECT_THAT(Pending(), ElementsAre("1:a a#1=doe", "2:a", "3:b"));
  EXPECT_THAT(Accept(MakeBriefing("a", "poe")).result.record_ids(),
              ElementsAre("a#2"));
}

TEST_F(BriefingStoreTest, ALowerVersionIsStaleAndOneWithoutVersionIsNot) {
  Accept(MakeBriefing("a", "doe", 5));
  const Acceptance stale = Accept(MakeBriefing("a", "roe", 4));
  EXPECT_EQ(stale.result.outcome(), v1::INGEST_OUTCOME_STALE);
  EXPECT_THAT(stale.result.record_ids(), ElementsAre("a#1"));
  EXPECT_EQ(OutcomeOf(MakeBriefing("a", "roe", 5)),
            v1::INGEST_OUTCOME_REPLACED);
  EXPECT_EQ(OutcomeOf(MakeBriefing("a", "poe")), v1::INGEST_OUTCOME_REPLACED);
  EXPECT_EQ(OutcomeOf(MakeBriefing("a", "doe", 4)), v1::INGEST_OUTCOME_STALE);
}

TEST_F(BriefingStoreTest, WithdrawsAlsoWhatItDoesNotKnow) {
  EXPECT_EQ(Retract("x").result.outcome(), v1::INGEST_OUTCOME_RETRACTED);
  Accept(MakeBriefing("a", "doe"));
  Retract("a");
  EXPECT_THAT(Pending(),
              ElementsAre("1:x withdrawn", "2:a a#1=doe", "3:a withdrawn"));
  auto held = reader_->ReadBriefing("a");
  ASSERT_TRUE(held.ok());
  EXPECT_FALSE(held->has_value());
}

TEST_F(BriefingStoreTest, GivesNoNumberTwiceAcrossARetraction) {
  Accept(MakeBriefing("a", "doe"));
  Retract("a");
  const Acceptance again = Accept(MakeBriefing("a", "poe doe"));
  EXPECT_EQ(again.result.outcome(), v1::INGEST_OUTCOME_CREATED);
  EXPECT_THAT(again.result.record_ids(), ElementsAre("a#2", "a#1"));
}

TEST_F(BriefingStoreTest, LeavesWhatIsHeldWhenANewVersionCannotBeRead) {
  Accept(MakeBriefing("a", "doe"));
  EXPECT_EQ(Accept(MakeBriefing("a", "unreadable")).refusal,
            absl::InvalidArgumentError("cannot be read"));
  EXPECT_EQ(OutcomeOf(MakeBriefing("a", "doe")), v1::INGEST_OUTCOME_UNCHANGED);
}

TEST_F(BriefingStoreTest, RefusesAWriteBeyondTheLastWelcomesLimit) {
  Change([](BriefingStore& store, absl::Time) {
    return store.NoteIndex("index", 1, 100);
  });
  Reopen();
  const absl::Status refusal =
      Accept(MakeBriefing("a", std::string(100, 'x'))).refusal;
  EXPECT_EQ(refusal.code(), absl::StatusCode::kResourceExhausted);
  ASSERT_TRUE(DetailsOf(refusal).has_value());
  EXPECT_EQ(DetailsOf(refusal)->reason, "RECORD_TOO_LARGE");
  EXPECT_THAT(Pending(), IsEmpty());
  EXPECT_EQ(OutcomeOf(MakeBriefing("a", "doe")), v1::INGEST_OUTCOME_CREATED);
}

TEST_F(BriefingStoreTest, ANewReadingIsSentWhereItDiffers) {
  Accept(MakeBriefing("a", "doe"));
  const std::string fingerprint = FingerprintOf(MakeBriefing("a", "doe"));
  options_.parser_version = "p2";
  Reopen();
  const auto take = [&](const std::string& print, const std::string& words) {
    bool changed = false;
    Change([&](BriefingStore& store, absl::Time now) {
      auto taken = store.TakeReading("a", print,
                                     *ReadWords(MakeBriefing("a", words)), now);
      if (taken.ok()) changed = *taken;
      return taken.status();
    });
    return changed;
  };
  EXPECT_FALSE(take(fingerprint, "doe"));
  EXPECT_EQ(OutcomeOf(MakeBriefing("a", "doe")), v1::INGEST_OUTCOME_UNCHANGED);
  EXPECT_TRUE(take(fingerprint, "doe roe"));
  EXPECT_FALSE(take("of another briefing", "poe"));
  EXPECT_THAT(Pending(), ElementsAre("1:a a#1=doe", "2:a a#1=doe a#2=roe"));
}

TEST_F(BriefingStoreTest, KeepsRejectedBriefingsWithinBounds) {
  options_.max_rejected_count = 3;
  options_.max_rejected_bytes = 400'000;
  Reopen();
  const auto reject = [&](const std::string& id, size_t size) {
    Change([&](BriefingStore& store, absl::Time now) {
      return store.RecordRejected(MakeBriefing(id, std::string(size, 'x')),
                                  ToItemStatus(FieldError("f", "bad")), now);
    });
  };
  const auto ids = [&] {
    std::vector<std::string> ids;
    const std::vector<RejectedEntry> entries =
        reader_->ListRejected(0, 100).value();
    for (const RejectedEntry& entry : entries) {
      ids.push_back(entry.rejected.briefing().briefing_id());
    }
    return ids;
  };
  for (const char* id : {"a", "b", "c", "d"}) reject(id, 10);
  EXPECT_THAT(ids(), ElementsAre("d", "c", "b"));
  reject("e", 250'000);
  reject("f", 250'000);
  EXPECT_THAT(ids(), ElementsAre("f"));
  reject("g", 300'000);
  EXPECT_EQ(
      reader_->ListRejected(0, 1).value().front().rejected.briefing().content(),
      "");
  Reopen();
  reject("h", 250'000);
  EXPECT_THAT(ids(), ElementsAre("h", "g"));
}

TEST_F(BriefingStoreTest, AGroupThatFailsChangesNothing) {
  Accept(MakeBriefing("a", "doe"));
  const StoreState before = store_->state();
  const absl::Status status = store_->Group([&] {
    EXPECT_TRUE(
        store_->Accept(Submit(MakeBriefing("b", "roe")), absl::Now()).ok());
    return absl::UnavailableError("the disk is gone");
  });
  EXPECT_EQ(status, absl::UnavailableError("the disk is gone"));
  EXPECT_EQ(store_->state(), before);
  EXPECT_THAT(Pending(), ElementsAre("1:a a#1=doe"));
}

}  // namespace
}  // namespace attache::outbox
