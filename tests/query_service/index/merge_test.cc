#include "query_service/index/merge.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "query_service/index/segment_builder.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {
namespace {

SegmentView Segmented(const std::string& prefix, int count,
                      std::vector<uint32_t> deleted = {}) {
  RandomRecords random(static_cast<uint32_t>(count));
  const auto vocabulary = TestVocabulary();
  SegmentBuilder builder(*vocabulary);
  for (int i = 0; i < count; ++i) {
    const std::string id = absl::StrCat(prefix, i);
    EXPECT_TRUE(builder.Add(prefix, id, Serialize(random.Record(id))).ok());
  }
  SegmentView view{std::move(builder).Build(), nullptr};
  if (!deleted.empty()) {
    view.deleted =
        std::make_shared<const Roaring>(deleted.size(), deleted.data());
  }
  return view;
}

bool None(const SegmentView&) { return false; }

TEST(PickMerge, WaitsUntilEnoughAreOfOneSize) {
  const MergePolicy policy{.fan_in = 3};
  std::vector<SegmentView> views = {Segmented("a", 1), Segmented("b", 2),
                                    Segmented("c", 40)};
  EXPECT_TRUE(PickMerge(views, policy, None).empty());
  views.push_back(Segmented("d", 1));
  EXPECT_EQ(PickMerge(views, policy, None).size(), 3u);
  EXPECT_TRUE(PickMerge(views, policy, [&](const SegmentView& view) {
                return view.segment == views[0].segment;
              }).empty());
}

TEST(PickMerge, RewritesWhatIsMostlyGone) {
  const std::vector<SegmentView> views = {Segmented("a", 4),
                                          Segmented("b", 4, {0, 1})};
  EXPECT_EQ(PickMerge(views, {}, None), (std::vector<size_t>{1}));
}

TEST(PickMerge, MakesNoSegmentLargerThanItsLimit) {
  std::vector<SegmentView> views;
  for (int i = 0; i < 4; ++i) views.push_back(Segmented("abcd", 2));
  const size_t bytes = views[0].segment->record_bytes();
  MergePolicy policy{.fan_in = 4};
  policy.max_record_bytes = 2 * bytes;
  EXPECT_EQ(PickMerge(views, policy, None).size(), 2u);
  policy.max_record_bytes = bytes;
  EXPECT_TRUE(PickMerge(views, policy, None).empty());
}

TEST(MergeSegments, KeepsWhatIsLeftAndSaysWhereItWent) {
  const std::vector<SegmentView> sources = {Segmented("a", 30, {3, 7}),
                                            Segmented("b", 20)};
  const MergedSegment merged = MergeSegments(sources);
  ASSERT_EQ(merged.segment->size(), 48u);
  EXPECT_EQ(merged.new_docs[0][3], kGone);
  for (size_t i = 0; i < sources.size(); ++i) {
    const Segment& source = *sources[i].segment;
    for (uint32_t doc = 0; doc < source.size(); ++doc) {
      const uint32_t moved = merged.new_docs[i][doc];
      if (moved == kGone) continue;
      EXPECT_EQ(merged.segment->record_id(moved), source.record_id(doc));
      EXPECT_EQ(merged.segment->briefing_id(moved), source.briefing_id(doc));
      EXPECT_EQ(merged.segment->wire(moved, true), source.wire(doc, true));
      EXPECT_EQ(merged.segment->wire(moved, false), source.wire(doc, false));
    }
  }
}

TEST(MergeSegments, KeepsTheInvestmentsOfEveryRecord) {
  const std::vector<SegmentView> sources = {Segmented("a", 30, {3, 7}),
                                            Segmented("b", 20)};
  const auto merged = MergeSegments(sources).segment;
  std::vector<InvestmentBounds> expected;
  std::vector<uint32_t> parents;
  for (uint32_t doc = 0; doc < merged->size(); ++doc) {
    v1::TripRecord record;
    ASSERT_TRUE(record.ParseFromString(std::string(merged->wire(doc, false))));
    for (const Investment& investment : InvestmentsOf(record)) {
      expected.push_back(investment.bounds);
      parents.push_back(doc);
    }
  }
  EXPECT_GT(expected.size(), 20u);
  EXPECT_EQ(merged->investments(), expected);
  EXPECT_EQ(merged->parents(TermSpace::kInvestment), parents);
}

TEST(MergeSegments, IsNothingWhereNothingIsLeft) {
  const std::vector<SegmentView> sources = {Segmented("a", 2, {0, 1})};
  EXPECT_EQ(MergeSegments(sources).segment, nullptr);
}

}  // namespace
}  // namespace attache::testing
