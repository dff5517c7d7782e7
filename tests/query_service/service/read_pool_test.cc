#include "query_service/service/read_pool.h"

#include <atomic>
#include <future>

#include "common/error.h"
#include "gtest/gtest.h"

namespace attache::testing {
namespace {

TEST(ReadPool, RefusesWhatWouldWaitBehindTooManyAndTakesItLater) {
  std::promise<void> release;
  const std::shared_future<void> released = release.get_future().share();
  std::promise<void> started;
  std::promise<void> last;
  std::promise<void> again;
  std::atomic<int> ran = 0;
  ReadPool pool(/*threads=*/1, /*max_waiting=*/2);
  ASSERT_TRUE(pool.Run([&] {
                    started.set_value();
                    released.wait();
                    ++ran;
                  })
                  .ok());
  started.get_future().wait();  // from here on others wait
  ASSERT_TRUE(pool.Run([&] { ++ran; }).ok());
  ASSERT_TRUE(pool.Run([&] {
                    ++ran;
                    last.set_value();
                  })
                  .ok());
  const absl::Status refused = pool.Run([&] { ran += 100; });
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  const auto details = DetailsOf(refused);
  ASSERT_TRUE(details.has_value()) << refused;
  EXPECT_EQ(details->reason, "RATE_LIMITED");
  EXPECT_TRUE(details->retry_delay.has_value());
  EXPECT_EQ(pool.waiting(), 2u);
  release.set_value();
  last.get_future().wait();
  EXPECT_EQ(ran, 3);
  EXPECT_TRUE(pool.Run([&] { again.set_value(); }).ok());
  again.get_future().wait();
  EXPECT_EQ(pool.waiting(), 0u);
}

}  // namespace
}  // namespace attache::testing
