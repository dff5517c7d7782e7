#include "query_service/query/snapshot_pins.h"

#include <memory>
#include <vector>

#include "absl/time/clock.h"
#include "gtest/gtest.h"

namespace attache {
namespace {

std::shared_ptr<const Snapshot> At(int64_t revision) {
  return std::make_shared<const Snapshot>(revision, 0,
                                          std::vector<SegmentView>());
}

TEST(SnapshotPins, FindsWhatIsKept) {
  SnapshotPins pins;
  pins.Keep(At(3));
  ASSERT_NE(pins.Find(3), nullptr);
  EXPECT_EQ(pins.Find(3)->revision(), 3);
  EXPECT_EQ(pins.Find(4), nullptr);
}

TEST(SnapshotPins, KeepsTheNewestOfOneRevisionOnly) {
  SnapshotPins pins;
  const auto older = At(3);
  const auto newer = At(3);
  pins.Keep(older);
  pins.Keep(newer);
  EXPECT_EQ(pins.size(), 1u);
  EXPECT_EQ(pins.Find(3), newer);
  EXPECT_EQ(older.use_count(), 1);
}

TEST(SnapshotPins, LetsTheLeastRecentlyUsedGo) {
  SnapshotPins pins(absl::Seconds(60), 2);
  pins.Keep(At(1));
  pins.Keep(At(2));
  ASSERT_NE(pins.Find(1), nullptr);
  pins.Keep(At(3));
  EXPECT_NE(pins.Find(1), nullptr);
  EXPECT_EQ(pins.Find(2), nullptr);
  EXPECT_NE(pins.Find(3), nullptr);
}

TEST(SnapshotPins, LetsGoByItselfWhenTheTimeIsOver) {
  SnapshotPins pins(absl::Milliseconds(30));
  const auto snapshot = At(1);
  pins.Keep(snapshot);
  const absl::Time deadline = absl::Now() + absl::Seconds(20);
  while (snapshot.use_count() > 1 && absl::Now() < deadline) {
    absl::SleepFor(absl::Milliseconds(5));
  }
  EXPECT_EQ(snapshot.use_count(), 1);
  EXPECT_EQ(pins.size(), 0u);
}

}  // namespace
}  // namespace attache
