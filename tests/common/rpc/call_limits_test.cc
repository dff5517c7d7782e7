#include "common/rpc/call_limits.h"

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "gtest/gtest.h"
#include "tests/support/reason_of.h"

namespace attache::rpc {
namespace {

using testing::ReasonOf;

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

TEST(CallLimits, CountsTheCallsOfEachClientAndOfAll) {
  CallLimits limits({.max_calls = 3, .max_client_calls = 2});
  auto first = limits.Begin("a", CallKind::kUnary, kNow);
  auto second = limits.Begin("a", CallKind::kUnary, kNow);
  ASSERT_TRUE(first.ok() && second.ok());
  const auto third = limits.Begin("a", CallKind::kUnary, kNow);
  EXPECT_EQ(third.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(third.status()), "RATE_LIMITED");
  EXPECT_TRUE(DetailsOf(third.status())->retry_delay.has_value());
  const auto other = limits.Begin("b", CallKind::kUnary, kNow);
  EXPECT_TRUE(other.ok());
  EXPECT_FALSE(limits.Begin("c", CallKind::kUnary, kNow).ok());
  first->reset();
  EXPECT_TRUE(limits.Begin("a", CallKind::kUnary, kNow).ok());
}

TEST(CallLimits, StreamsCountApart) {
  CallLimits limits(
      {.max_client_calls = 1, .max_streams = 2, .max_client_streams = 1});
  const auto call = limits.Begin("a", CallKind::kUnary, kNow);
  auto stream = limits.Begin("a", CallKind::kStream, kNow);
  ASSERT_TRUE(call.ok() && stream.ok());
  EXPECT_EQ(ReasonOf(limits.Begin("a", CallKind::kStream, kNow).status()),
            "TOO_MANY_STREAMS");
  const auto other = limits.Begin("b", CallKind::kStream, kNow);
  EXPECT_TRUE(other.ok());
  EXPECT_EQ(ReasonOf(limits.Begin("c", CallKind::kStream, kNow).status()),
            "TOO_MANY_STREAMS");
  stream->reset();
  EXPECT_TRUE(limits.Begin("c", CallKind::kStream, kNow).ok());
}

TEST(CallLimits, AClientBeginsSoManyInASecond) {
  CallLimits limits({.client_calls_per_second = 10});
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(limits.Begin("a", CallKind::kUnary, kNow).ok()) << i;
  }
  const auto refused = limits.Begin("a", CallKind::kUnary, kNow);
  EXPECT_EQ(ReasonOf(refused.status()), "RATE_LIMITED");
  // It says when the next may come.
  const absl::Duration wait = *DetailsOf(refused.status())->retry_delay;
  EXPECT_FALSE(
      limits.Begin("a", CallKind::kUnary, kNow + wait - absl::Milliseconds(2))
          .ok());
  EXPECT_TRUE(
      limits.Begin("a", CallKind::kUnary, kNow + wait + absl::Milliseconds(2))
          .ok());
  EXPECT_TRUE(limits.Begin("b", CallKind::kUnary, kNow).ok());
  // A pause saves up no more than a second's.
  int begun = 0;
  while (limits.Begin("a", CallKind::kUnary, kNow + absl::Hours(1)).ok()) {
    ++begun;
  }
  EXPECT_EQ(begun, 10);
  // A clock that goes back gives nothing and takes nothing.
  EXPECT_FALSE(limits.Begin("a", CallKind::kUnary, kNow).ok());
  EXPECT_TRUE(
      limits.Begin("a", CallKind::kUnary, kNow + absl::Seconds(1)).ok());
}

TEST(CallLimits, ForgettingIdleClientsForgivesNobody) {
  CallLimits limits({.max_client_calls = 1, .client_calls_per_second = 2});
  const auto held = limits.Begin("busy", CallKind::kUnary, kNow);
  ASSERT_TRUE(held.ok());
  for (int i = 0; i < 5'000; ++i) {
    ASSERT_TRUE(
        limits.Begin(absl::StrCat("client", i), CallKind::kUnary, kNow).ok());
  }
  EXPECT_FALSE(limits.Begin("busy", CallKind::kUnary, kNow).ok());
  // One of its two tokens went a moment ago.
  EXPECT_TRUE(limits.Begin("client7", CallKind::kUnary, kNow).ok());
  EXPECT_FALSE(limits.Begin("client7", CallKind::kUnary, kNow).ok());
  // Those that have been idle for long take no memory.
  const absl::Time later = kNow + absl::Seconds(10);
  for (int i = 0; i < 6'000; ++i) {
    ASSERT_TRUE(
        limits.Begin(absl::StrCat("later", i), CallKind::kUnary, later).ok());
  }
  EXPECT_LT(limits.clients(), 7'000u);
  EXPECT_FALSE(limits.Begin("busy", CallKind::kUnary, later).ok());
}

TEST(CallLimits, WhatItCountedMayOutliveIt) {
  auto limits = std::make_optional<CallLimits>(CallLimitOptions());
  auto call = limits->Begin("a", CallKind::kUnary, kNow);
  ASSERT_TRUE(call.ok());
  limits.reset();
  call->reset();
}

TEST(CallLimits, CountsForManyThreads) {
  constexpr int kMost = 3;
  CallLimits limits({.max_calls = kMost});
  std::atomic<int> under_way = 0;
  std::atomic<int> most = 0;
  constexpr int kThreads = 8;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      for (int j = 0; j < 5'000; ++j) {
        const auto call =
            limits.Begin(absl::StrCat(i % 4), CallKind::kUnary, kNow);
        if (!call.ok()) continue;
        const int now = ++under_way;
        int seen = most;
        while (now > seen && !most.compare_exchange_weak(seen, now)) {
        }
        --under_way;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(most, kMost);
  EXPECT_GE(most, 1);
  std::vector<std::shared_ptr<void>> all;
  for (int i = 0; i < kMost; ++i) {
    auto call = limits.Begin("a", CallKind::kUnary, kNow);
    ASSERT_TRUE(call.ok()) << i;
    all.push_back(*std::move(call));
  }
  EXPECT_FALSE(limits.Begin("a", CallKind::kUnary, kNow).ok());
}

TEST(CallLimits, LimitsThatLetNobodyInAreRefused) {
  EXPECT_TRUE(CheckCallLimits({}).ok());
  const auto refusal = [](const CallLimitOptions& options) {
    return std::string(CheckCallLimits(options).message());
  };
  EXPECT_EQ(refusal({.max_calls = 0}), "--max_calls must be at least 1");
  EXPECT_EQ(refusal({.max_client_calls = -1}),
            "--max_client_calls must be at least 1");
  EXPECT_EQ(refusal({.max_streams = 0}), "--max_streams must be at least 1");
  EXPECT_EQ(refusal({.max_client_streams = 0}),
            "--max_client_streams must be at least 1");
  EXPECT_EQ(refusal({.client_calls_per_second = -1}),
            "--client_calls_per_second must not be negative");
}

}  // namespace
}  // namespace attache::rpc
