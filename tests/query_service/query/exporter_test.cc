#include "query_service/query/exporter.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query_service/query/pager.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr size_t kUnlimited = size_t{1} << 40;

std::vector<std::string> IdsOf(const Exporter::Chunk& chunk) {
  std::vector<std::string> ids;
  for (const RecordLocation& record : chunk.records) {
    ids.emplace_back(record.segment->record_id(record.doc));
  }
  return ids;
}

// What all chunks hold, one behind the other.
std::vector<std::string> ExportAll(std::shared_ptr<const Snapshot> snapshot,
                                   const ExportPlan& plan) {
  Exporter exporter(std::move(snapshot), plan);
  std::vector<std::string> all;
  while (true) {
    const Exporter::Chunk chunk = exporter.Next();
    const std::vector<std::string> ids = IdsOf(chunk);
    EXPECT_TRUE(chunk.last || !ids.empty());
    all.insert(all.end(), ids.begin(), ids.end());
    if (chunk.last) return all;
  }
}

class ExporterTest : public ::testing::Test {
 protected:
  // No merges, so that segments stay as many as writes.
  ExporterTest() : index_(TestVocabulary(), {.fan_in = 1000}) {}

  // One record a briefing, "ID#1", with a title of that many bytes.
  void Write(const std::vector<std::string>& briefing_ids,
             size_t title_bytes = 10) {
    std::vector<BriefingRecords> writes;
    for (const std::string& id : briefing_ids) {
      v1::TripRecord record;
      record.set_record_id(id + "#1");
      record.set_title(std::string(title_bytes, 't'));
      record.add_visits()->set_country_code(ids_.size() % 3 == 0 ? "BR" : "CL");
      record.add_tables()->add_header(std::string(title_bytes, 'h'));
      if (record.visits(0).country_code() == "BR") brazil_.insert(id + "#1");
      writes.push_back(ToBriefing(id, {record}));
      ids_.insert(id + "#1");
    }
    ASSERT_TRUE(index_.Apply(writes, ++revision_).ok());
  }
  void Withdraw(const std::string& briefing_id) {
    ASSERT_TRUE(index_.Apply({{briefing_id, {}}}, ++revision_).ok());
    ids_.erase(briefing_id + "#1");
    brazil_.erase(briefing_id + "#1");
  }

  TripIndex index_;
  int64_t revision_ = 0;
  std::set<std::string> ids_;  // in byte order
  std::set<std::string> brazil_;
};

TEST_F(ExporterTest, AnEmptyIndexIsOneEmptyChunk) {
  Exporter exporter(index_.Pin(), {.max_chunk_bytes = kUnlimited});
  const Exporter::Chunk chunk = exporter.Next();
  EXPECT_TRUE(chunk.last);
  EXPECT_THAT(chunk.records, IsEmpty());
}

TEST_F(ExporterTest, IsInTheByteOrderOfIds) {
  Write({"b", "\u00e9", "a"});
  Write({"B", "a#", "~"});
  EXPECT_THAT(ExportAll(index_.Pin(), {.max_chunk_bytes = kUnlimited}),
              ElementsAre("B#1", "a##1", "a#1", "b#1", "~#1", "\u00e9#1"));
}

TEST_F(ExporterTest, ManySegmentsWithDeletionsResumeFromEveryRecord) {
  for (int write = 0; write < 40; ++write) {
    std::vector<std::string> ids;
    for (int i = 0; i < 1 + write % 4; ++i) {
      ids.push_back(absl::StrCat("b", (write * 37 + i * 11) % 100));
    }
    Write(ids);
  }
  for (const char* id : {"b0", "b37", "b11", "b99"}) {
    if (ids_.contains(absl::StrCat(id, "#1"))) Withdraw(id);
  }
  const auto snapshot = index_.Pin();
  ASSERT_GT(snapshot->views().size(), 20u);
  const std::vector<std::string> whole(ids_.begin(), ids_.end());
  for (const size_t max_bytes : {size_t{1}, size_t{150}, kUnlimited}) {
    EXPECT_EQ(ExportAll(snapshot, {.max_chunk_bytes = max_bytes}), whole);
    for (size_t i = 0; i < whole.size(); ++i) {
      EXPECT_EQ(
          ExportAll(snapshot,
                    {.after = whole[i], .max_chunk_bytes = max_bytes}),
          std::vector<std::string>(
              whole.begin() + static_cast<std::ptrdiff_t>(i) + 1, whole.end()));
    }
  }
  // An id that is gone, or never was, is a place to go on from as well.
  EXPECT_EQ(ExportAll(snapshot, {.after = "b", .max_chunk_bytes = kUnlimited}),
            whole);
}

TEST_F(ExporterTest, HoldsOnlyWhatMatches) {
  for (int write = 0; write < 9; ++write) {
    Write({absl::StrCat("x", write), absl::StrCat("a", write)});
  }
  EXPECT_EQ(
      ExportAll(index_.Pin(), {.query = Query::Term(TermField::kVisited, "BR"),
                               .max_chunk_bytes = 100}),
      std::vector<std::string>(brazil_.begin(), brazil_.end()));
  EXPECT_THAT(
      ExportAll(index_.Pin(), {.query = Query::None(), .max_chunk_bytes = 1}),
      IsEmpty());
}

TEST_F(ExporterTest, ALargeSegmentIsPutInOrderAsFarAsItIsRead) {
  std::vector<std::string> ids;
  for (int i = 0; i < 20'000; ++i) {
    ids.push_back(absl::StrCat("b", (i * 7919) % 20'011));
  }
  Write(ids);
  const std::vector<std::string> whole(ids_.begin(), ids_.end());
  EXPECT_EQ(ExportAll(index_.Pin(), {.max_chunk_bytes = 10'000}), whole);
  EXPECT_EQ(ExportAll(index_.Pin(),
                      {.after = whole[12'345], .max_chunk_bytes = kUnlimited}),
            std::vector<std::string>(whole.begin() + 12'346, whole.end()));
}

TEST_F(ExporterTest, ChunksKeepToTheirBytesUnlessOneRecordIsLarger) {
  Write({"a", "b", "c"}, 400);
  Write({"d"}, 5000);
  Write({"e"}, 400);
  for (const bool basic : {false, true}) {
    const size_t max_bytes = basic ? 1000 : 2000;
    Exporter exporter(index_.Pin(),
                      {.basic = basic, .max_chunk_bytes = max_bytes});
    const Exporter::Chunk first = exporter.Next();
    EXPECT_THAT(IdsOf(first), ElementsAre("a#1", "b#1"));
    size_t bytes = 0;
    for (const RecordLocation& record : first.records) {
      bytes += BytesInResponse(record.segment->wire(record.doc, basic).size());
    }
    EXPECT_LE(bytes, max_bytes);
    EXPECT_THAT(IdsOf(exporter.Next()), ElementsAre("c#1"));
    EXPECT_THAT(IdsOf(exporter.Next()), ElementsAre("d#1"));
    const Exporter::Chunk last = exporter.Next();
    EXPECT_THAT(IdsOf(last), ElementsAre("e#1"));
    EXPECT_TRUE(last.last);
  }
}

TEST_F(ExporterTest, ShowsOneRevisionWhateverIsWrittenMeanwhile) {
  Write({"a", "b", "c"});
  Write({"d", "e"});
  const std::vector<std::string> before(ids_.begin(), ids_.end());
  Exporter exporter(index_.Pin(), {.max_chunk_bytes = 1});
  std::vector<std::string> all = IdsOf(exporter.Next());
  Withdraw("b");
  Write({"a0", "c"});
  while (all.size() < before.size()) {
    const Exporter::Chunk chunk = exporter.Next();
    for (const std::string& id : IdsOf(chunk)) all.push_back(id);
    EXPECT_EQ(chunk.last, all.size() == before.size());
  }
  EXPECT_EQ(all, before);
}

}  // namespace
}  // namespace attache::testing
