// Filters as text, through parser, binder, planner, executor and pager, against
// plain code over a map of records.
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "query_service/convert/bind_filter.h"
#include "query_service/index/trip_index.h"
#include "query_service/query/pager.h"
#include "tests/query_service/support/full_records.h"
#include "tests/query_service/support/plain_filter.h"
#include "tests/query_service/support/random_filter.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {
namespace {

struct NamedOrder {
  const char* name;
  Order order;
};
constexpr NamedOrder kNamedOrders[] = {
    {"start_date desc", Order::kStartDesc},
    {"start_date", Order::kStartAsc},
    {"publish_time desc", Order::kPublishDesc},
    {"publish_time", Order::kPublishAsc},
};

class FilterOracle : public ::testing::Test {
 protected:
  // Many small segments that merge often.
  FilterOracle()
      : index_(TestVocabulary(), {.fan_in = 2, .max_deleted_share = 0.3}) {}

  // Replaces what some briefings hold; at times by nothing.
  void Write(int briefings) {
    std::vector<BriefingRecords> writes;
    for (int i = 0; i < briefings; ++i) {
      const std::string id = absl::StrCat("b", random_.Below(60));
      const bool again = std::any_of(
          writes.begin(), writes.end(),
          [&](const BriefingRecords& w) { return w.briefing_id == id; });
      if (again) continue;
      std::erase_if(plain_, [&](const auto& entry) {
        return entry.first.rfind(id + "#", 0) == 0;
      });
      std::vector<v1::TripRecord> records;
      for (int n = random_.Below(4); n > 0; --n) {
        records.push_back(FullRecord(id, n, random_));
        plain_[records.back().record_id()] = records.back();
      }
      writes.push_back(ToBriefing(id, records));
    }
    ASSERT_TRUE(index_.Apply(writes, ++revision_).ok());
  }

  // All pages of what the filter finds.
  void ExpectAnswer(const RandomFilter& filter) {
    SCOPED_TRACE(filter.text);
    const auto snapshot = index_.Pin();
    const NamedOrder& order = kNamedOrders[random_.Below(4)];
    const std::vector<std::string> expected =
        PlainAnswer(plain_, filter.holds, order.name);
    NameResolver resolver(*TestVocabulary(), *snapshot);
    const auto query = ToQuery(filter.text, resolver);
    ASSERT_TRUE(query.ok()) << query.status();
    PageRequest page;
    page.query = *query;
    page.order = order.order;
    page.limit = static_cast<size_t>(1 + random_.Below(40));
    page.max_bytes = SIZE_MAX;
    page.basic = random_.OneIn(2);
    std::vector<std::string> found;
    do {
      const PageResult result = FetchPage(page, *snapshot);
      EXPECT_EQ(result.total, expected.size());
      for (const RecordLocation& at : result.records) {
        found.emplace_back(at.segment->record_id(at.doc));
      }
      page.after = result.next;
    } while (page.after);
    if (found != expected) ReportDifference(found, expected, ToString(*query));
    if (!expected.empty() && expected.size() < plain_.size()) ++telling_;
  }

  void ReportDifference(std::vector<std::string> found,
                        std::vector<std::string> expected,
                        const std::string& query) {
    std::sort(found.begin(), found.end());
    std::sort(expected.begin(), expected.end());
    std::vector<std::string> missing;
    std::vector<std::string> wrong;
    std::set_difference(expected.begin(), expected.end(), found.begin(),
                        found.end(), std::back_inserter(missing));
    std::set_difference(found.begin(), found.end(), expected.begin(),
                        expected.end(), std::back_inserter(wrong));
    ADD_FAILURE() << query << "\nmissing: " << absl::StrJoin(missing, " ")
                  << "\nwrong: " << absl::StrJoin(wrong, " ");
    for (const auto* ids : {&missing, &wrong}) {
      if (ids->empty()) continue;
      ADD_FAILURE() << plain_.at(ids->front()).DebugString();
    }
  }

  RandomRecords random_{11};
  TripIndex index_;
  PlainRecords plain_;
  int64_t revision_ = 0;
  // Filters that some records matched and others did not.
  int telling_ = 0;
};

TEST_F(FilterOracle, FiltersFindWhatPlainCodeFindsWhileRecordsComeAndGo) {
  constexpr uint32_t kFilters = 3000;
  Write(60);
  for (uint32_t seed = 0; seed < kFilters; ++seed) {
    if (seed % 20 == 0) Write(1 + random_.Below(8));
    ExpectAnswer(MakeRandomFilter(seed));
    if (HasFailure()) return;
  }
  // Else nothing much was compared.
  EXPECT_GT(telling_, 1800);
}

}  // namespace
}  // namespace attache::testing
