#include "common/metrics/metrics_server.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/scrape.h"

namespace attache::metrics {
namespace {

using ::attache::testing::Scrape;
using ::attache::testing::ValueOf;
using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(MetricsServer, IsScrapedOverHttp) {
  Registry registry;
  Counter counter = registry.AddCounter("attache_things_total", "Things.");
  const auto server = MetricsServer::Start("127.0.0.1:0", registry);
  ASSERT_TRUE(server.ok()) << server.status();
  counter.Increment();
  EXPECT_EQ(ValueOf(Scrape((*server)->address()), "attache_things_total"), 1);
  counter.Increment();
  EXPECT_EQ(ValueOf(Scrape((*server)->address()), "attache_things_total"), 2);
}

TEST(MetricsServer, SaysWhichFlagCannotBeHad) {
  Registry registry;
  const auto first = MetricsServer::Start("127.0.0.1:0", registry);
  ASSERT_TRUE(first.ok()) << first.status();
  const auto second = MetricsServer::Start((*first)->address(), registry);
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(
      std::string(second.status().message()),
      AllOf(HasSubstr("--metrics_listen"),
            HasSubstr("another process listens on " + (*first)->address())));
  const auto nonsense = MetricsServer::Start("nonsense", registry);
  EXPECT_EQ(nonsense.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(nonsense.status().message()),
              HasSubstr("--metrics_listen"));
}

TEST(StartAtFlag, DoesWithoutWhereItIsSwitchedOff) {
  Registry registry;
  const auto server = StartAtFlag("", "127.0.0.1:9464", registry);
  ASSERT_TRUE(server.ok()) << server.status();
  EXPECT_EQ(*server, nullptr);
}

TEST(StartAtFlag, DoesWithoutADefaultThatIsTakenButFailsOtherwise) {
  Registry registry;
  const auto first = MetricsServer::Start("127.0.0.1:0", registry);
  ASSERT_TRUE(first.ok()) << first.status();
  const std::string& taken = (*first)->address();
  const auto by_default = StartAtFlag(taken, taken, registry);
  ASSERT_TRUE(by_default.ok()) << by_default.status();
  EXPECT_EQ(*by_default, nullptr);
  EXPECT_EQ(StartAtFlag(taken, "127.0.0.1:9464", registry).status().code(),
            absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace attache::metrics
