#include "query_service/query/snapshot_pins.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
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
  SnapshotPins pins({.capacity = 2});
  pins.Keep(At(1));
  pins.Keep(At(2));
  ASSERT_NE(pins.Find(1), nullptr);
  pins.Keep(At(3));
  EXPECT_NE(pins.Find(1), nullptr);
  EXPECT_EQ(pins.Find(2), nullptr);
  EXPECT_NE(pins.Find(3), nullptr);
}

TEST(SnapshotPins, LetsGoByItselfWhenTheTimeIsOver) {
  SnapshotPins pins({.lifetime = absl::Milliseconds(30)});
  const auto snapshot = At(1);
  pins.Keep(snapshot);
  const absl::Time deadline = absl::Now() + absl::Seconds(20);
  while (snapshot.use_count() > 1 && absl::Now() < deadline) {
    absl::SleepFor(absl::Milliseconds(5));
  }
  EXPECT_EQ(snapshot.use_count(), 1);
  EXPECT_EQ(pins.size(), 0u);
}

// Blocks until `pins` holds `size`, at most 20 s.
void WaitForSize(const SnapshotPins& pins, size_t size) {
  const absl::Time deadline = absl::Now() + absl::Seconds(20);
  while (pins.size() != size && absl::Now() < deadline) {
    absl::SleepFor(absl::Milliseconds(5));
  }
  EXPECT_EQ(pins.size(), size);
}

TEST(SnapshotPins, AHoldOutlastsTheLifetime) {
  SnapshotPins pins({.lifetime = absl::Milliseconds(30)});
  std::optional<SnapshotPins::Hold> hold(std::in_place, pins, At(1));
  pins.Keep(At(2));
  WaitForSize(pins, 1);
  EXPECT_NE(pins.Find(1), nullptr);
  hold.reset();
  EXPECT_NE(pins.Find(1), nullptr);
  WaitForSize(pins, 0);
}

TEST(SnapshotPins, HoldsTakeNoRoomAndAreCounted) {
  SnapshotPins pins({.capacity = 1});
  std::optional<SnapshotPins::Hold> one(std::in_place, pins, At(1));
  std::optional<SnapshotPins::Hold> again(std::in_place, pins, At(1));
  const SnapshotPins::Hold two(pins, At(2));
  pins.Keep(At(3));
  pins.Keep(At(4));
  EXPECT_NE(pins.Find(1), nullptr);
  EXPECT_NE(pins.Find(2), nullptr);
  EXPECT_EQ(pins.Find(3), nullptr);
  EXPECT_NE(pins.Find(4), nullptr);
  one.reset();
  EXPECT_NE(pins.Find(4), nullptr);
  again.reset();  // the last used of the two that are not held
  EXPECT_NE(pins.Find(1), nullptr);
  EXPECT_EQ(pins.Find(4), nullptr);
}

TEST(SnapshotPins, OptionsThatMakeNoSenseAreRefused) {
  EXPECT_TRUE(CheckPinOptions({}).ok());
  for (const absl::Duration lifetime :
       {absl::ZeroDuration(), absl::Seconds(-1), absl::InfiniteDuration(),
        absl::Hours(25)}) {
    const absl::Status status = CheckPinOptions({.lifetime = lifetime});
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_NE(status.message().find("--page_token_ttl"), std::string::npos);
  }
  for (const int64_t capacity : {0, -3, 10'001}) {
    const absl::Status status = CheckPinOptions({.capacity = capacity});
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_NE(status.message().find("--max_pinned_snapshots"),
              std::string::npos);
  }
}

}  // namespace
}  // namespace attache
