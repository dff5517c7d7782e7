// Summaries against plain code over a map of records.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "query_service/convert/summaries.h"
#include "query_service/index/trip_index.h"
#include "tests/query_service/support/plain_summary.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {
namespace {

constexpr MergePolicy kEager{.fan_in = 2, .max_deleted_share = 0.3};

bool Visits(const v1::TripRecord& r, const std::string& code) {
  return std::any_of(
      r.visits().begin(), r.visits().end(),
      [&](const auto& visit) { return visit.country_code() == code; });
}

struct Filter {
  std::string text;
  RecordPredicate matches;
};

const std::vector<Filter>& Filters() {
  static const auto* const kFilters = new std::vector<Filter>{
      {"", [](const auto&) { return true; }},
      {"visits.country_code:BR", [](const auto& r) { return Visits(r, "BR"); }},
      {"NOT status = CANCELLED AND visits.country_code:PE",
       [](const auto& r) {
         return r.status() != v1::TRIP_STATUS_CANCELLED && Visits(r, "PE");
       }},
      {"extraction.confidence >= 0.5 OR visits.country_code:KE",
       [](const auto& r) {
         return r.extraction().confidence() >= 0.5F || Visits(r, "KE");
       }},
      {"visits.country_code:FR", [](const auto&) { return false; }},
  };
  return *kFilters;
}

v1::SummarizeTripRecordsRequest Request(const std::string& filter,
                                        RandomRecords& random) {
  v1::SummarizeTripRecordsRequest request;
  request.set_filter(filter);
  for (int dimension = v1::Dimension_MAX; dimension > 0; --dimension) {
    request.add_dimensions(static_cast<v1::Dimension>(dimension));
  }
  // Buckets are few: some cut all of them off but one.
  request.set_bucket_limit(random.Below(5));
  return request;
}

struct Pair {
  explicit Pair(MergePolicy policy) : index(TestVocabulary(), policy) {}

  void Write(const std::vector<std::string>& briefings, RandomRecords& random) {
    std::vector<BriefingRecords> writes;
    for (const std::string& id : briefings) {
      const auto records = random.Briefing(id);
      std::erase_if(plain, [&](const auto& entry) {
        return entry.first.rfind(id + "#", 0) == 0;
      });
      for (const auto& record : records) plain[record.record_id()] = record;
      writes.push_back(ToBriefing(id, records));
    }
    ASSERT_TRUE(index.Apply(writes, ++revision).ok());
  }

  void ExpectAnswers(RandomRecords& random) const {
    const auto snapshot = index.Pin();
    for (const Filter& filter : Filters()) {
      const auto request = Request(filter.text, random);
      const auto answer =
          SummarizeRecords(request, *TestVocabulary(), *snapshot);
      ASSERT_TRUE(answer.ok()) << answer.status();
      ASSERT_EQ(
          answer->DebugString(),
          PlainSummary(plain, filter.matches, request, revision).DebugString())
          << request.DebugString();
    }
  }

  TripIndex index;
  PlainRecords plain;
  int64_t revision = 0;
};

TEST(SummariesOracle, CountAsPlainCodeWouldWhileRecordsComeAndGo) {
  RandomRecords random(5);
  Pair pair(kEager);
  pair.ExpectAnswers(random);
  for (int round = 0; round < 120; ++round) {
    std::vector<std::string> ids;
    for (int i = random.Below(round % 10 == 0 ? 60 : 6); i >= 0; --i) {
      const std::string id = absl::StrCat("briefing-", random.Below(200));
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    }
    pair.Write(ids, random);
    pair.ExpectAnswers(random);
    if (HasFatalFailure()) return;
  }
  pair.index.WaitForMerges();
  pair.ExpectAnswers(random);
}

TEST(SummariesOracle, CountAsPlainCodeWouldInSegmentsWithBitmaps) {
  RandomRecords random(6);
  Pair pair({});
  std::vector<std::string> ids;
  for (int i = 0; i < 4000; ++i) ids.push_back(absl::StrCat("b", i));
  pair.Write(ids, random);
  pair.ExpectAnswers(random);
  pair.Write({"b1", "b3000", "new"}, random);
  pair.ExpectAnswers(random);
}

}  // namespace
}  // namespace attache::testing
