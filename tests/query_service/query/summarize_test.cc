#include "query_service/query/summarize.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query_service/index/trip_index.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SummarizeTest : public ::testing::Test {
 protected:
  SummarizeTest() : index_(TestVocabulary()) {}

  // One briefing a record, each in a segment of its own.
  void Write(const std::string& briefing, v1::TripRecord record) {
    record.set_record_id(briefing + "#1");
    ASSERT_TRUE(
        index_.Apply({{ToBriefing(briefing, {record})}}, ++revision_).ok());
  }

  void WriteVisits(const std::string& briefing,
                   const std::vector<std::string>& codes) {
    v1::TripRecord record;
    for (const auto& code : codes) record.add_visits()->set_country_code(code);
    Write(briefing, record);
  }

  Summary Of(const Grouping& grouping, size_t limit = 20,
             const Query& query = Query::All()) const {
    const auto snapshot = index_.Pin();
    return Summarize(Matches(query, *snapshot), grouping, limit);
  }

  static std::vector<std::string> Shown(const Summary& summary) {
    std::vector<std::string> shown;
    for (const Bucket& bucket : summary.buckets) {
      shown.push_back(absl::StrCat(bucket.key, " ", bucket.record_count));
    }
    return shown;
  }

  TripIndex index_;
  int64_t revision_ = 0;
};

const Grouping kByCountry{.field = TermField::kVisited, .investments = true};
const Grouping kByTraveler{
    .field = TermField::kTravelerName,
    .buckets_of =
        [](absl::string_view value, std::vector<absl::string_view>& keys) {
          keys.push_back(NameKey(value));
        },
    .names = true};

TEST_F(SummarizeTest, OfNothingIsNothing) {
  EXPECT_THAT(Of(kByCountry).buckets, IsEmpty());
  EXPECT_EQ(Of(kByCountry).other_count, 0u);
}

TEST_F(SummarizeTest, LargestFirstTiesByKeyARecordOnceABucket) {
  WriteVisits("a", {"PE", "PE", "BR"});
  WriteVisits("b", {"BR", "AR"});
  WriteVisits("c", {});
  const Summary summary = Of(kByCountry);
  EXPECT_THAT(Shown(summary), ElementsAre("BR 2", "AR 1", "PE 1"));
  EXPECT_EQ(summary.other_count, 1u);
}

TEST_F(SummarizeTest, OthersAreTheRecordsInNoBucketShown) {
  WriteVisits("a", {"BR", "PE"});
  WriteVisits("b", {"BR"});
  WriteVisits("c", {"PE", "KE"});
  WriteVisits("d", {"KE"});
  WriteVisits("e", {"BR", "KE"});
  // Not the sum of the other buckets: a and e are in one that is shown.
  const Summary summary = Of(kByCountry, 1);
  EXPECT_THAT(Shown(summary), ElementsAre("BR 3"));
  EXPECT_EQ(summary.other_count, 2u);
  EXPECT_EQ(Of(kByCountry, 0).other_count, 5u);
}

TEST_F(SummarizeTest, CountsOnlyWhatMatchesAndIsStillThere) {
  WriteVisits("a", {"BR", "PE"});
  WriteVisits("b", {"BR"});
  WriteVisits("b", {"KE"});
  const Summary summary =
      Of(kByCountry, 20, Query::Term(TermField::kVisited, "PE"));
  EXPECT_THAT(Shown(summary), ElementsAre("BR 1", "PE 1"));
  EXPECT_EQ(summary.other_count, 0u);
  EXPECT_THAT(Shown(Of(kByCountry)), ElementsAre("BR 1", "KE 1", "PE 1"));
}

TEST_F(SummarizeTest, SpellingsOfANameAreOneBucketNamedByTheMostFrequent) {
  const auto write = [this](const std::string& briefing,
                            const std::vector<std::string>& names) {
    v1::TripRecord record;
    for (const auto& name : names) record.add_travelers()->set_name(name);
    Write(briefing, record);
  };
  write("a", {"José Lima"});
  write("b", {"Jose Lima", "JOSE LIMA"});
  write("c", {"Jose Lima"});
  write("d", {"Ana", "ANA"});
  const Summary summary = Of(kByTraveler);
  EXPECT_THAT(Shown(summary), ElementsAre("jose lima 3", "ana 1"));
  EXPECT_EQ(summary.buckets[0].name, "Jose Lima");
  // As frequent as each other: the first by its bytes.
  EXPECT_EQ(summary.buckets[1].name, "ANA");
}

TEST_F(SummarizeTest, AnInvestmentAddsOnceToABucketAndItsRecordCountsOnce) {
  v1::TripRecord record;
  record.add_visits()->set_country_code("BR");
  const auto commit = [&record](int64_t units, const char* currency) {
    auto& commitment = *record.add_commitments();
    commitment.add_country_codes("BR");
    commitment.add_country_codes("BR");
    auto& amount = *commitment.mutable_amount();
    amount.set_kind(v1::AMOUNT_KIND_SIGNED);
    amount.mutable_low()->set_units(units);
    amount.mutable_low()->set_currency_code(currency);
  };
  commit(5, "USD");
  commit(7, "USD");
  commit(9, "EUR");
  Write("a", record);
  Write("b", record);
  const Summary summary = Of(kByCountry);
  ASSERT_EQ(summary.buckets.size(), 1u);
  const auto& totals = summary.buckets[0].totals;
  ASSERT_EQ(totals.size(), 2u);
  EXPECT_EQ(totals[0].kind, v1::AMOUNT_KIND_SIGNED);
  EXPECT_EQ(totals[0].currency_code, "EUR");
  EXPECT_EQ(totals[0].low.In("EUR").units, 18);
  EXPECT_EQ(totals[0].record_count, 2u);
  EXPECT_EQ(totals[1].low.In("USD").units, 24);
  EXPECT_EQ(totals[1].high.In("USD").units, 24);
  EXPECT_EQ(totals[1].record_count, 2u);
}

TEST_F(SummarizeTest, CountsEveryBucketWithoutALimit) {
  for (int i = 0; i < 30; ++i) {
    WriteVisits(absl::StrCat("b", i), {absl::StrCat("X", i % 25), "BR"});
  }
  const auto snapshot = index_.Pin();
  const auto counts =
      CountByBucket(Matches(Query::All(), *snapshot), kByCountry);
  EXPECT_EQ(counts.size(), 26u);
  EXPECT_EQ(counts.at("BR"), 30u);
  EXPECT_EQ(counts.at("X3"), 2u);
  EXPECT_EQ(counts.at("X7"), 1u);
}

}  // namespace
}  // namespace attache::testing
