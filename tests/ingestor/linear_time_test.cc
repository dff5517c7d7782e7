// No text holds a thread for longer than its size warrants: four times as much
// of it takes about four times as long, whatever it is made of, and what is
// found in it does not grow faster either.
#include <algorithm>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "ingestor/parser.h"
#include "ingestor/readers/feed_reader.h"
#include "tests/ingestor/text_shapes.h"
#include "tests/support/document_from_text.h"

namespace attache {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr size_t kSmallBytes = size_t{16} << 10;
#else
constexpr size_t kSmallBytes = size_t{64} << 10;
#endif
constexpr size_t kGrowth = 4;
// The square of it would be 16.
constexpr double kMostTimes = 8;
// Ten times what is promised, so that a slow machine passes and a text that
// makes a hundred bytes of each does not.
constexpr double kMostSecondsForMebibyte = 10;
// Below, a clock's tick or a page fault counts for too much.
constexpr double kLeastSeconds = 0.004;
constexpr int kMostTries = 4;

struct Cost {
  double seconds = 0;
  size_t result_bytes = 0;
};

Cost CostOf(const TextShape& shape, size_t bytes) {
  const std::string text = shape.text(bytes);
  const double start = ProcessorSeconds();
  Cost cost;
  if (shape.media_type == "application/rss+xml") {
    const auto feed = ReadFeed(text);
    EXPECT_TRUE(feed.ok()) << feed.status();
  } else {
    v1::Briefing briefing;
    briefing.set_briefing_id("case");
    briefing.set_media_type(shape.media_type);
    briefing.set_language_code(shape.language);
    briefing.set_content(text);
    briefing.mutable_publish_time()->set_seconds(1700000000);
    // Some hold no text that can be read, which is an answer as well.
    const auto parsed = Parse(briefing, SharedVocabulary());
    if (parsed.ok()) {
      for (const v1::TripRecord& record : parsed->records) {
        cost.result_bytes += record.ByteSizeLong();
      }
    }
  }
  cost.seconds = ProcessorSeconds() - start;
  return cost;
}

class LinearTime : public ::testing::TestWithParam<TextShape> {};

TEST_P(LinearTime, GrowsAsTheTextDoes) {
  const TextShape& shape = GetParam();
  CostOf(shape, 4096);  // what is done once
  size_t bytes = kSmallBytes;
  Cost small = CostOf(shape, bytes);
  while (small.seconds < kLeastSeconds && bytes < kSmallBytes * 16) {
    bytes *= 4;
    small = CostOf(shape, bytes);
  }
  Cost large = CostOf(shape, bytes * kGrowth);
  // What disturbs one measurement passes.
  for (int i = 1; i < kMostTries && large.seconds >= small.seconds * kMostTimes;
       ++i) {
    small.seconds = std::max(small.seconds, CostOf(shape, bytes).seconds);
    large.seconds =
        std::min(large.seconds, CostOf(shape, bytes * kGrowth).seconds);
  }
  const double for_mebibyte =
      large.seconds * (1 << 20) / static_cast<double>(bytes * kGrowth);
  RecordProperty("milliseconds_for_mebibyte",
                 static_cast<int>(for_mebibyte * 1000));
  EXPECT_LT(large.seconds, std::max(small.seconds, kLeastSeconds) * kMostTimes)
      << bytes << " bytes take " << small.seconds << " s, " << kGrowth
      << " times as many " << large.seconds << " s";
#ifdef NDEBUG
  EXPECT_LT(for_mebibyte, kMostSecondsForMebibyte);
#endif
  EXPECT_LE(large.result_bytes,
            small.result_bytes * kGrowth * 2 + (size_t{64} << 10));
}

std::string NameOf(const ::testing::TestParamInfo<TextShape>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Markup, LinearTime,
                         ::testing::ValuesIn(MarkupShapes()), NameOf);
INSTANTIATE_TEST_SUITE_P(Prose, LinearTime, ::testing::ValuesIn(ProseShapes()),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(NearMatches, LinearTime,
                         ::testing::ValuesIn(NearMatchShapes()), NameOf);

}  // namespace
}  // namespace attache
