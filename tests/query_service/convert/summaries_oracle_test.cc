// Summaries against plain code over a map of records.
#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "query_service/convert/summaries.h"
#include "tests/query_service/support/index_and_plain.h"
#include "tests/query_service/support/plain_summary.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {
namespace {

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

struct Summaries : IndexAndPlain {
  using IndexAndPlain::IndexAndPlain;

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
};

TEST(SummariesOracle, CountAsPlainCodeWouldWhileRecordsComeAndGo) {
  RandomRecords random(5);
  Summaries summaries(kEager);
  summaries.ExpectAnswers(random);
  for (int round = 0; round < 120; ++round) {
    std::vector<std::string> ids;
    for (int i = random.Below(round % 10 == 0 ? 60 : 6); i >= 0; --i) {
      const std::string id = absl::StrCat("briefing-", random.Below(200));
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    }
    summaries.Write(ids, random);
    summaries.ExpectAnswers(random);
    if (HasFatalFailure()) return;
  }
  summaries.index.WaitForMerges();
  summaries.ExpectAnswers(random);
}

TEST(SummariesOracle, CountAsPlainCodeWouldInSegmentsWithBitmaps) {
  RandomRecords random(6);
  Summaries summaries;
  std::vector<std::string> ids;
  for (int i = 0; i < 4000; ++i) ids.push_back(absl::StrCat("b", i));
  summaries.Write(ids, random);
  summaries.ExpectAnswers(random);
  summaries.Write({"b1", "b3000", "new"}, random);
  summaries.ExpectAnswers(random);
}

}  // namespace
}  // namespace attache::testing
