#include "common/metrics/registry.h"

#include <string>

#include "common/metrics/process_metrics.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/scrape.h"

namespace attache::metrics {
namespace {

using ::attache::testing::PromtoolFindings;
using ::attache::testing::ValueOf;
using ::testing::HasSubstr;

TEST(Registry, CountsAndObserves) {
  Registry registry;
  Counter counter =
      registry.AddCounter("attache_things_total", "Things.", {{"kind", "a"}});
  counter.Increment();
  counter.Increment(2);
  // The same once more.
  registry.AddCounter("attache_things_total", "Things.", {{"kind", "a"}})
      .Increment();
  registry.AddCounter("attache_things_total", "Things.", {{"kind", "b"}});
  Histogram histogram =
      registry.AddHistogram("attache_wait_seconds", "Waits.", {0.1, 1});
  histogram.Observe(0.5);
  histogram.Observe(absl::Milliseconds(50));

  const std::string text = registry.Text();
  EXPECT_EQ(ValueOf(text, R"(attache_things_total{kind="a"})"), 4);
  EXPECT_EQ(ValueOf(text, R"(attache_things_total{kind="b"})"), 0);
  EXPECT_EQ(ValueOf(text, R"(attache_wait_seconds_bucket{le="0.1"})"), 1);
  EXPECT_EQ(ValueOf(text, R"(attache_wait_seconds_bucket{le="+Inf"})"), 2);
  EXPECT_EQ(ValueOf(text, "attache_wait_seconds_sum"), 0.55);
  EXPECT_THAT(text, HasSubstr("# TYPE attache_things_total counter\n"));
  EXPECT_EQ(PromtoolFindings(text), "");
}

TEST(Registry, ReadsItsSourcesWhenItIsAsked) {
  Registry registry;
  double depth = 1;
  registry.AddSource([&depth](Samples& samples) {
    samples.Gauge("attache_depth", "Depth.", depth, {{"queue", "a"}});
    samples.Gauge("attache_depth", "Depth.", 7, {{"queue", "b"}});
    samples.Counter("attache_seen_total", "Seen.", 3);
  });
  EXPECT_EQ(ValueOf(registry.Text(), R"(attache_depth{queue="a"})"), 1);
  depth = 2;
  const std::string text = registry.Text();
  EXPECT_EQ(ValueOf(text, R"(attache_depth{queue="a"})"), 2);
  EXPECT_EQ(ValueOf(text, R"(attache_depth{queue="b"})"), 7);
  EXPECT_EQ(ValueOf(text, "attache_seen_total"), 3);
  EXPECT_THAT(text, HasSubstr("# TYPE attache_seen_total counter\n"));
  EXPECT_EQ(PromtoolFindings(text), "");
}

TEST(Registry, TellsOfTheProcess) {
  Registry registry;
  AddProcessMetrics(registry, "1.2.3");
  const std::string text = registry.Text();
  EXPECT_EQ(ValueOf(text, R"(attache_build_info{version="1.2.3"})"), 1);
  EXPECT_GT(ValueOf(text, "process_start_time_seconds"), 1.7e9);
  EXPECT_GT(ValueOf(text, "process_cpu_seconds_total"), 0);
  EXPECT_GT(ValueOf(text, "process_resident_memory_bytes"), 1e6);
  EXPECT_GE(ValueOf(text, "process_open_fds"), 3);
  EXPECT_GE(ValueOf(text, "process_max_fds"),
            ValueOf(text, "process_open_fds"));
  EXPECT_EQ(PromtoolFindings(text), "");
}

TEST(Promtool, WouldFindWhatIsWrong) {
  EXPECT_THAT(PromtoolFindings("# HELP things Things.\n# TYPE things counter\n"
                               "things 1\n"),
              HasSubstr("_total"));
}

}  // namespace
}  // namespace attache::metrics
