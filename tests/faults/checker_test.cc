// The judge is judged: right histories pass, and each way to be wrong is found.
#include "tests/faults/checker.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attache::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = Violation::Kind;

// Records of one history, on the briefing "b" unless told otherwise.
class Checker : public ::testing::Test {
 protected:
  size_t Submit(int64_t version, int trips = 1,
                const std::string& briefing_id = "b") {
    return history_.Begin({.kind = Operation::Kind::kSubmit,
                           .briefing_id = briefing_id,
                           .version = version,
                           .trips = trips,
                           .record_ids = {}});
  }
  size_t Retract() {
    return history_.Begin({.kind = Operation::Kind::kRetract,
                           .briefing_id = "b",
                           .record_ids = {}});
  }
  void Acknowledge(size_t number, int64_t revision = 0) {
    const int trips = history_.operations()[number].trips;
    const std::string id = history_.operations()[number].briefing_id;
    std::vector<std::string> ids;
    for (int i = 1; i <= trips; ++i) ids.push_back(absl::StrCat(id, "#", i));
    history_.Acknowledge(number, revision, ids);
  }
  void AcknowledgedSubmit(int64_t version, int trips = 1,
                          int64_t revision = 0) {
    Acknowledge(Submit(version, trips), revision);
  }

  static SeenRecord Record(int number, int64_t version,
                           const std::string& briefing_id = "b") {
    return {absl::StrCat(briefing_id, "#", number), briefing_id, version};
  }
  void See(int64_t revision, std::vector<SeenRecord> records) {
    history_.AddRead({.begun = history_.Now(),
                      .revision = revision,
                      .records = std::move(records)});
  }
  // The kinds of what is wrong when the index ends up with `records`.
  std::vector<Kind> CheckLast(std::vector<SeenRecord> records,
                              int64_t revision = 1000) {
    const Moment now = history_.Now();
    const Read last{.begun = now,
                    .ended = now,
                    .revision = revision,
                    .records = std::move(records)};
    std::vector<Kind> kinds;
    for (const Violation& violation :
         Check(history_.operations(), history_.reads(), last)) {
      kinds.push_back(violation.kind);
    }
    return kinds;
  }

  History history_;
};

TEST_F(Checker, PassesWhatWasAcknowledgedInItsLastVersion) {
  AcknowledgedSubmit(1);
  AcknowledgedSubmit(2, 2, 7);
  See(7, {Record(1, 2), Record(2, 2)});
  EXPECT_THAT(CheckLast({Record(2, 2), Record(1, 2)}), IsEmpty());
}

TEST_F(Checker, PassesReadsThatAreBehindAnAcknowledgementWithoutRevision) {
  AcknowledgedSubmit(1, 1, 3);
  AcknowledgedSubmit(2);
  See(3, {Record(1, 1)});
  Acknowledge(Retract());
  See(4, {Record(1, 2)});
  EXPECT_THAT(CheckLast({}), IsEmpty());
}

TEST_F(Checker, FindsALostBriefing) {
  AcknowledgedSubmit(1);
  EXPECT_THAT(CheckLast({}), ElementsAre(Kind::kLost));
}

TEST_F(Checker, FindsABriefingLostThatWasRetractedBefore) {
  AcknowledgedSubmit(1);
  Acknowledge(Retract());
  AcknowledgedSubmit(2);
  EXPECT_THAT(CheckLast({}), ElementsAre(Kind::kLost));
}

TEST_F(Checker, FindsABriefingLostAtTheRevisionThatHoldsIt) {
  AcknowledgedSubmit(1, 1, 5);
  See(6, {});
  EXPECT_THAT(CheckLast({Record(1, 1)}), ElementsAre(Kind::kLost));
}

TEST_F(Checker, FindsADoubledRecord) {
  AcknowledgedSubmit(1);
  EXPECT_THAT(CheckLast({Record(1, 1), Record(1, 1)}),
              ElementsAre(Kind::kDoubled));
}

TEST_F(Checker, FindsABriefingThatWasTakenTwice) {
  AcknowledgedSubmit(1);
  EXPECT_THAT(CheckLast({Record(1, 1), Record(2, 1)}),
              ElementsAre(Kind::kDoubled));
}

TEST_F(Checker, FindsAStaleVersion) {
  AcknowledgedSubmit(1);
  AcknowledgedSubmit(2);
  EXPECT_THAT(CheckLast({Record(1, 1)}), ElementsAre(Kind::kStale));
}

TEST_F(Checker, FindsAVersionThatCameBack) {
  AcknowledgedSubmit(1);
  // Of unknown outcome, but it was seen.
  history_.GiveUp(Submit(2), false);
  See(5, {Record(1, 2)});
  EXPECT_THAT(CheckLast({Record(1, 1)}), ElementsAre(Kind::kStale));
}

TEST_F(Checker, FindsAnOldVersionWhereTheNewOneGivesNoTrip) {
  AcknowledgedSubmit(1);
  AcknowledgedSubmit(2, 0);
  EXPECT_THAT(CheckLast({Record(1, 1)}), ElementsAre(Kind::kStale));
  EXPECT_THAT(CheckLast({}), IsEmpty());
}

TEST_F(Checker, FindsWhatWasRetracted) {
  AcknowledgedSubmit(1);
  Acknowledge(Retract());
  EXPECT_THAT(CheckLast({Record(1, 1)}), ElementsAre(Kind::kNotRetracted));
}

TEST_F(Checker, FindsWhatWasRetractedLaterInTheSameStream) {
  const auto in_stream = [&](Operation::Kind kind, int64_t place) {
    return history_.Begin({.kind = kind,
                           .briefing_id = "b",
                           .version = 1,
                           .trips = 1,
                           .stream = 9,
                           .place = place,
                           .record_ids = {}});
  };
  const size_t submit = in_stream(Operation::Kind::kSubmit, 1);
  const size_t retract = in_stream(Operation::Kind::kRetract, 2);
  Acknowledge(submit);
  Acknowledge(retract);
  EXPECT_THAT(CheckLast({Record(1, 1)}), ElementsAre(Kind::kNotRetracted));
}

TEST_F(Checker, AllowsEitherOrderOfWhatOverlaps) {
  const size_t submit = Submit(1);
  const size_t retract = Retract();
  Acknowledge(retract);
  Acknowledge(submit);
  EXPECT_THAT(CheckLast({Record(1, 1)}), IsEmpty());
  EXPECT_THAT(CheckLast({}), IsEmpty());
}

TEST_F(Checker, AllowsAnUnknownOutcomeEitherWay) {
  AcknowledgedSubmit(1);
  history_.GiveUp(Submit(2, 2), false);
  EXPECT_THAT(CheckLast({Record(1, 1)}), IsEmpty());
  EXPECT_THAT(CheckLast({Record(1, 2), Record(2, 2)}), IsEmpty());
}

TEST_F(Checker, AllowsAnUnknownRetractionEitherWay) {
  AcknowledgedSubmit(1);
  history_.GiveUp(Retract(), false);
  EXPECT_THAT(CheckLast({Record(1, 1)}), IsEmpty());
  EXPECT_THAT(CheckLast({}), IsEmpty());
}

TEST_F(Checker, AnUnknownOutcomeIsOverruledByALaterAcknowledgement) {
  history_.GiveUp(Retract(), false);
  AcknowledgedSubmit(1);
  EXPECT_THAT(CheckLast({}), ElementsAre(Kind::kLost));
}

TEST_F(Checker, WhatLingersMayStillTakeEffectLater) {
  history_.GiveUp(Retract(), true);
  AcknowledgedSubmit(1);
  EXPECT_THAT(CheckLast({}), IsEmpty());
}

TEST_F(Checker, WhatWasRefusedHasNotHappened) {
  AcknowledgedSubmit(1);
  history_.Refuse(Submit(2));
  EXPECT_THAT(CheckLast({Record(1, 2)}), ElementsAre(Kind::kNeverSubmitted));
}

TEST_F(Checker, FindsHalfABriefing) {
  AcknowledgedSubmit(1, 2);
  EXPECT_THAT(CheckLast({Record(1, 1)}), ElementsAre(Kind::kHalf));
}

TEST_F(Checker, FindsHalfABriefingThatNobodyAcknowledged) {
  history_.GiveUp(Submit(1, 2), false);
  EXPECT_THAT(CheckLast({Record(2, 1)}), ElementsAre(Kind::kHalf));
}

TEST_F(Checker, FindsRecordsOfTwoVersions) {
  AcknowledgedSubmit(1, 2);
  AcknowledgedSubmit(2, 2);
  EXPECT_THAT(CheckLast({Record(1, 1), Record(2, 2)}),
              ElementsAre(Kind::kHalf));
}

TEST_F(Checker, FindsWhatNobodySubmitted) {
  AcknowledgedSubmit(1);
  EXPECT_THAT(CheckLast({Record(1, 1), Record(1, 1, "other")}),
              ElementsAre(Kind::kNeverSubmitted));
}

TEST_F(Checker, FindsAVersionBeforeItWasSubmitted) {
  See(5, {Record(1, 1)});
  AcknowledgedSubmit(1);
  EXPECT_THAT(CheckLast({Record(1, 1)}), ElementsAre(Kind::kNeverSubmitted));
}

TEST_F(Checker, FindsOtherRecordsThanWereAcknowledged) {
  AcknowledgedSubmit(1);
  EXPECT_THAT(CheckLast({Record(2, 1)}), ElementsAre(Kind::kOtherRecords));
}

TEST_F(Checker, FindsARevisionThatWentBack) {
  See(9, {});
  See(8, {});
  EXPECT_THAT(CheckLast({}), ElementsAre(Kind::kRevisionWentBack));
}

TEST_F(Checker, FindsARevisionBelowOneThatWasAcknowledged) {
  AcknowledgedSubmit(1, 1, 9);
  EXPECT_THAT(CheckLast({Record(1, 1)}, 8),
              ElementsAre(Kind::kRevisionWentBack));
}

TEST_F(Checker, FindsTwoStatesOfOneRevision) {
  history_.GiveUp(Submit(1), false);
  See(9, {});
  See(9, {Record(1, 1)});
  EXPECT_THAT(CheckLast({Record(1, 1)}), ElementsAre(Kind::kRevisionDiffers));
}

}  // namespace
}  // namespace attache::testing
