#include "query_service/index/trip_index.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {
namespace {

v1::TripRecord Record(const std::string& id, const std::string& title = "") {
  v1::TripRecord record;
  record.set_record_id(id);
  record.set_title(title);
  return record;
}

TEST(TripIndex, StartsEmptyAtRevisionZero) {
  TripIndex index(TestVocabulary());
  EXPECT_EQ(index.Pin()->revision(), 0);
  EXPECT_EQ(index.Pin()->record_count(), 0u);
}

TEST(TripIndex, ReplacesAllThatABriefingHeld) {
  TripIndex index(TestVocabulary());
  ASSERT_TRUE(
      index.Apply({{ToBriefing("a", {Record("a#1"), Record("a#2")})}}, 1).ok());
  ASSERT_TRUE(index.Apply({{ToBriefing("a", {Record("a#3")})}}, 2).ok());
  const auto snapshot = index.Pin();
  EXPECT_EQ(snapshot->record_count(), 1u);
  EXPECT_EQ(snapshot->briefing_count(), 1u);
  EXPECT_FALSE(snapshot->Find("a#1").has_value());
  EXPECT_TRUE(snapshot->Find("a#3").has_value());
  ASSERT_TRUE(index.Apply({{ToBriefing("a", {})}}, 3).ok());
  EXPECT_EQ(index.Pin()->record_count(), 0u);
  EXPECT_EQ(index.Pin()->briefing_count(), 0u);
  EXPECT_TRUE(index.Pin()->views().empty());
}

TEST(TripIndex, TheLastWriteOfABriefingInABatchCounts) {
  TripIndex index(TestVocabulary());
  const std::vector<BriefingRecords> writes = {
      ToBriefing("a", {Record("a#1", "old")}), ToBriefing("b", {Record("b#1")}),
      ToBriefing("a", {Record("a#1", "new")}), ToBriefing("b", {})};
  ASSERT_TRUE(index.Apply(writes, 1).ok());
  const auto snapshot = index.Pin();
  EXPECT_EQ(snapshot->record_count(), 1u);
  const auto found = snapshot->Find("a#1");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->segment->wire(found->doc, false),
            Serialize(Record("a#1", "new")));
}

TEST(TripIndex, ARecordIdPassesToTheBriefingThatWroteItLast) {
  TripIndex index(TestVocabulary());
  ASSERT_TRUE(index.Apply({{ToBriefing("a", {Record("x", "a")})}}, 1).ok());
  ASSERT_TRUE(index.Apply({{ToBriefing("b", {Record("x", "b")})}}, 2).ok());
  EXPECT_EQ(index.Pin()->record_count(), 1u);
  EXPECT_EQ(index.Pin()->briefing_count(), 1u);
  ASSERT_TRUE(index.Apply({{ToBriefing("a", {})}}, 3).ok());
  EXPECT_TRUE(index.Pin()->Find("x").has_value());
}

TEST(TripIndex, AppliesNothingOfABatchWithBytesThatDoNotParse) {
  TripIndex index(TestVocabulary());
  ASSERT_TRUE(index.Apply({{ToBriefing("a", {Record("a#1")})}}, 1).ok());
  const std::vector<BriefingRecords> writes = {
      ToBriefing("a", {}), {"b", {{"b#1", "\x0a\x7fshort"}}}};
  EXPECT_EQ(index.Apply(writes, 2).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(index.Pin()->revision(), 1);
  EXPECT_TRUE(index.Pin()->Find("a#1").has_value());
}

TEST(TripIndex, KeepsTheNumberOfSegmentsSmall) {
  TripIndex index(TestVocabulary());
  for (int i = 0; i < 2000; ++i) {
    const std::string id = absl::StrCat("b", i);
    ASSERT_TRUE(
        index.Apply({{ToBriefing(id, {Record(id + "#1")})}}, i + 1).ok());
  }
  index.WaitForMerges();
  EXPECT_EQ(index.Pin()->record_count(), 2000u);
  EXPECT_EQ(index.Pin()->briefing_count(), 2000u);
  // Up to fan_in - 1 on each of the levels 1, 8, 64, 512.
  EXPECT_LE(index.Pin()->views().size(), 28u);
}

TEST(TripIndex, GivesMemoryBackWhenRecordsGo) {
  TripIndex index(TestVocabulary());
  std::vector<BriefingRecords> writes;
  for (int i = 0; i < 500; ++i) {
    const std::string id = absl::StrCat("b", i);
    writes.push_back(
        ToBriefing(id, {Record(id + "#1", std::string(1000, 'x'))}));
  }
  ASSERT_TRUE(index.Apply(writes, 1).ok());
  const size_t before = index.Pin()->memory_bytes();
  for (size_t i = 0; i < 400; ++i) writes[i].records.clear();
  writes.resize(400);
  ASSERT_TRUE(index.Apply(writes, 2).ok());
  index.WaitForMerges();
  EXPECT_LT(index.Pin()->memory_bytes(), before / 2);
}

}  // namespace
}  // namespace attache::testing
