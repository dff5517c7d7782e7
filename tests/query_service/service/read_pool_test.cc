#include "query_service/service/read_pool.h"

#include <atomic>
#include <future>

#include "absl/time/clock.h"
#include "common/error.h"
#include "gtest/gtest.h"

namespace attache::testing {
namespace {

void ExpectBusy(const absl::Status& status) {
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  const auto details = DetailsOf(status);
  ASSERT_TRUE(details.has_value()) << status;
  EXPECT_EQ(details->reason, "RATE_LIMITED");
  EXPECT_TRUE(details->retry_delay.has_value());
}

// A pool of one thread, which is held until Release.
class ReadPoolTest : public ::testing::Test {
 protected:
  void Hold(ReadPool& pool) {
    pool.Run([this](const absl::Status& /*turn*/) {
      started_.set_value();
      released_.wait();
    });
    started_.get_future().wait();  // from here on others wait
  }
  void Release() { release_.set_value(); }

 private:
  std::promise<void> started_;
  std::promise<void> release_;
  const std::shared_future<void> released_ = release_.get_future().share();
};

TEST_F(ReadPoolTest, RefusesWhatWouldWaitBehindTooManyAndTakesItLater) {
  ReadPool pool({.threads = 1, .max_waiting = 2});
  Hold(pool);
  std::atomic<int> ran = 0;
  std::promise<void> last;
  pool.Run([&](const absl::Status& turn) { ran += turn.ok() ? 1 : 100; });
  pool.Run([&](const absl::Status& turn) {
    ran += turn.ok() ? 1 : 100;
    last.set_value();
  });
  absl::Status refused;
  pool.Run([&](const absl::Status& turn) { refused = turn; });
  ExpectBusy(refused);
  EXPECT_EQ(pool.waiting(), 2u);
  Release();
  last.get_future().wait();
  EXPECT_EQ(ran, 2);
  std::promise<absl::Status> again;
  pool.Run([&](const absl::Status& turn) { again.set_value(turn); });
  EXPECT_TRUE(again.get_future().get().ok());
  EXPECT_EQ(pool.waiting(), 0u);
}

TEST_F(ReadPoolTest, RefusesWhatHasWaitedForTooLong) {
  ReadPool pool({.threads = 1, .max_wait = absl::Milliseconds(20)});
  Hold(pool);
  std::promise<absl::Status> late;
  pool.Run([&](const absl::Status& turn) { late.set_value(turn); });
  absl::SleepFor(absl::Milliseconds(50));
  Release();
  ExpectBusy(late.get_future().get());
}

}  // namespace
}  // namespace attache::testing
