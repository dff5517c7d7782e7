#include "query_service/watch/history_holds.h"

#include "gtest/gtest.h"

namespace attache {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1000);

TEST(HistoryHolds, KeepsFromTheLowestHoldWhileItLasts) {
  HistoryHolds holds(10, absl::Seconds(30));
  EXPECT_EQ(holds.Lowest(kStart), 10);
  holds.Hold(1, 15, kStart);
  holds.Hold(2, 12, kStart + absl::Seconds(5));
  holds.Raise(20);
  EXPECT_EQ(holds.Lowest(kStart), 12);
  holds.Advance(2, 18);
  EXPECT_EQ(holds.Lowest(kStart), 15);
  EXPECT_EQ(holds.Lowest(kStart + absl::Seconds(30)), 18);
  // Its time goes on from when it began.
  holds.Advance(2, 19);
  EXPECT_EQ(holds.Lowest(kStart + absl::Seconds(35)), 20);
}

TEST(HistoryHolds, KeepsNothingForWhoComesFromBelowTheFloor) {
  HistoryHolds holds(10, absl::Seconds(30));
  holds.Hold(1, 9, kStart);
  EXPECT_EQ(holds.Lowest(kStart), 10);
  holds.Advance(1, 5);
  EXPECT_EQ(holds.Lowest(kStart), 10);
}

TEST(HistoryHolds, ForgetsWhoIsReleased) {
  HistoryHolds holds(10, absl::Seconds(30));
  holds.Hold(1, 10, kStart);
  holds.Raise(50);
  EXPECT_EQ(holds.Lowest(kStart), 10);
  holds.Release(1);
  EXPECT_EQ(holds.Lowest(kStart), 50);
}

}  // namespace
}  // namespace attache
