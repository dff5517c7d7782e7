#include "common/store/disk_monitor.h"

#include <condition_variable>
#include <mutex>
#include <vector>

#include "common/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attache::store {
namespace {

using ::testing::ElementsAre;

absl::Status Refusal() {
  return MakeError(v1::ERROR_REASON_DISK_REFUSES_WRITES, "full");
}

// A disk that does as it is told, and what was said of it.
class Disk {
 public:
  absl::Status TryWrite() {
    const std::scoped_lock lock(mutex_);
    ++tries_;
    news_.notify_all();
    return status_;
  }
  void OnChanged(const absl::Status& status) {
    const std::scoped_lock lock(mutex_);
    said_.push_back(status.code());
    news_.notify_all();
  }
  void Set(absl::Status status) {
    const std::scoped_lock lock(mutex_);
    status_ = std::move(status);
  }
  void AwaitSaid(size_t count) {
    std::unique_lock lock(mutex_);
    news_.wait(lock, [&] { return said_.size() >= count; });
  }
  // Until as many more tries have begun.
  void AwaitTries(int count) {
    std::unique_lock lock(mutex_);
    const int enough = tries_ + count;
    news_.wait(lock, [&] { return tries_ >= enough; });
  }
  std::vector<absl::StatusCode> said() {
    const std::scoped_lock lock(mutex_);
    return said_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable news_;
  absl::Status status_;
  int tries_ = 0;
  std::vector<absl::StatusCode> said_;
};

class DiskMonitorTest : public ::testing::Test {
 protected:
  void Start(absl::Duration interval, absl::Duration while_refusing) {
    monitor_.Start(
        [this] { return disk_.TryWrite(); },
        [this](const absl::Status& status) { disk_.OnChanged(status); },
        {.interval = interval, .interval_while_refusing = while_refusing});
  }

  Disk disk_;
  DiskMonitor monitor_;
};

constexpr absl::StatusCode kRefused = absl::StatusCode::kUnavailable;
constexpr absl::Duration kSoon = absl::Milliseconds(1);

TEST_F(DiskMonitorTest, NoticesByItselfThatTheDiskIsFullAndIsNotAnyMore) {
  Start(kSoon, kSoon);
  disk_.AwaitTries(2);
  EXPECT_THAT(disk_.said(), ElementsAre());
  disk_.Set(Refusal());
  disk_.AwaitSaid(1);
  disk_.AwaitTries(3);
  EXPECT_THAT(disk_.said(), ElementsAre(kRefused));
  disk_.Set(absl::OkStatus());
  disk_.AwaitSaid(2);
  disk_.AwaitTries(3);
  EXPECT_THAT(disk_.said(), ElementsAre(kRefused, absl::StatusCode::kOk));
}

TEST_F(DiskMonitorTest, TakesTheWordOfOthersThatTheDiskRefuses) {
  Start(absl::InfiniteDuration(), kSoon);
  disk_.Set(Refusal());
  monitor_.Report(Refusal());
  disk_.AwaitSaid(1);
  // Only a write of its own shows that it is over.
  monitor_.Report(absl::OkStatus());
  disk_.AwaitTries(3);
  EXPECT_THAT(disk_.said(), ElementsAre(kRefused));
  disk_.Set(absl::OkStatus());
  disk_.AwaitSaid(2);
  EXPECT_THAT(disk_.said(), ElementsAre(kRefused, absl::StatusCode::kOk));
}

TEST_F(DiskMonitorTest, TakesAnyErrorOfItsOwnForOne) {
  disk_.Set(absl::InternalError("damaged"));
  Start(kSoon, kSoon);
  disk_.AwaitSaid(1);
  disk_.AwaitTries(3);
  EXPECT_THAT(disk_.said(), ElementsAre(absl::StatusCode::kInternal));
}

TEST_F(DiskMonitorTest, TakesNoOtherErrorOfAnothersWriteForOne) {
  Start(kSoon, kSoon);
  monitor_.Report(absl::InternalError("damaged"));
  disk_.AwaitTries(3);
  EXPECT_THAT(disk_.said(), ElementsAre());
}

TEST_F(DiskMonitorTest, StopsAlsoWhereItNeverStarted) {
  monitor_.Report(Refusal());
  monitor_.Stop();
  EXPECT_THAT(disk_.said(), ElementsAre());
}

}  // namespace
}  // namespace attache::store
