#include "query_service/convert/summaries.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query_service/convert/dimension.h"
#include "query_service/index/trip_index.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

v1::SummarizeTripRecordsRequest By(std::vector<int> dimensions) {
  v1::SummarizeTripRecordsRequest request;
  for (const int dimension : dimensions) {
    request.add_dimensions(static_cast<v1::Dimension>(dimension));
  }
  return request;
}

std::string Refusal(const v1::SummarizeTripRecordsRequest& request) {
  const absl::Status status = CheckSummarize(request);
  if (status.ok()) return "";
  EXPECT_EQ(DetailsOf(status)->reason, "FIELD_INVALID");
  return std::string(status.message());
}

TEST(CheckSummarize, NamesWhatIsAskedWrongly) {
  EXPECT_EQ(Refusal(By({v1::DIMENSION_COUNTRY, v1::DIMENSION_SECTOR})), "");
  EXPECT_THAT(Refusal(By({})), HasSubstr("dimensions: "));
  EXPECT_THAT(Refusal(By({v1::DIMENSION_COUNTRY, 0})),
              HasSubstr("dimensions[1]: "));
  EXPECT_THAT(Refusal(By({99})), HasSubstr("dimensions[0]: "));
  EXPECT_THAT(Refusal(By({v1::DIMENSION_MONTH, v1::DIMENSION_STATUS,
                          v1::DIMENSION_MONTH})),
              HasSubstr("dimensions[2]: asks for DIMENSION_MONTH"));
  auto request = By({v1::DIMENSION_COUNTRY});
  request.set_bucket_limit(-1);
  EXPECT_THAT(Refusal(request), HasSubstr("bucket_limit: is negative"));
  request.set_bucket_limit(1001);
  EXPECT_THAT(Refusal(request), HasSubstr("bucket_limit: is 1001"));
  request.set_bucket_limit(1000);
  EXPECT_EQ(Refusal(request), "");
  request.set_min_revision(-1);
  EXPECT_THAT(Refusal(request), HasSubstr("min_revision: "));
}

class SummarizeRecordsTest : public ::testing::Test {
 protected:
  SummarizeRecordsTest() : index_(TestVocabulary()) {}

  void Write(const std::string& briefing, v1::TripRecord record) {
    record.set_record_id(briefing + "#1");
    ASSERT_TRUE(
        index_.Apply({{ToBriefing(briefing, {record})}}, ++revision_).ok());
  }

  v1::SummarizeTripRecordsResponse Answer(
      const v1::SummarizeTripRecordsRequest& request) {
    auto answer = SummarizeRecords(request, *TestVocabulary(), *index_.Pin());
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? *answer : v1::SummarizeTripRecordsResponse();
  }

  static std::vector<std::string> Shown(const v1::Summary& summary) {
    std::vector<std::string> shown;
    for (const auto& bucket : summary.buckets()) {
      shown.push_back(absl::StrCat(bucket.key(), " ", bucket.display_name(),
                                   " ", bucket.record_count()));
    }
    return shown;
  }

  TripIndex index_;
  int64_t revision_ = 0;
};

TEST_F(SummarizeRecordsTest, AnswersInTheOrderAskedWithTotalAndRevision) {
  v1::TripRecord record;
  record.add_visits()->set_country_code("BR");
  Write("a", record);
  Write("b", record);
  record.set_status(v1::TRIP_STATUS_CANCELLED);
  Write("c", record);
  auto request = By({v1::DIMENSION_STATUS, v1::DIMENSION_COUNTRY});
  request.set_filter("NOT status = CANCELLED");
  const auto answer = Answer(request);
  EXPECT_EQ(answer.total_size(), 2);
  EXPECT_EQ(answer.revision(), 3);
  ASSERT_EQ(answer.summaries_size(), 2);
  EXPECT_EQ(answer.summaries(0).dimension(), v1::DIMENSION_STATUS);
  EXPECT_THAT(Shown(answer.summaries(0)),
              ElementsAre("TRIP_STATUS_UNSPECIFIED Not stated 2"));
  EXPECT_THAT(Shown(answer.summaries(1)), ElementsAre("BR Brazil 2"));
}

TEST_F(SummarizeRecordsTest, SaysWhatIsWrongWithTheFilter) {
  auto request = By({v1::DIMENSION_COUNTRY});
  request.set_filter("no_such_field = 3");
  const auto answer =
      SummarizeRecords(request, *TestVocabulary(), *index_.Pin());
  EXPECT_EQ(DetailsOf(answer.status())->reason, "FILTER_INVALID");
}

TEST_F(SummarizeRecordsTest, AParentCountsEachRecordOfItsChildrenOnce) {
  v1::TripRecord record;
  record.add_sectors()->set_sector_id("energy_renewable");
  record.add_sectors()->set_sector_id("energy_nuclear");
  record.add_sectors()->set_sector_id("energy");
  auto& investment = *record.mutable_sectors(0)->mutable_investment();
  investment.mutable_low()->set_units(3);
  investment.mutable_low()->set_currency_code("USD");
  auto& commitment = *record.add_commitments();
  commitment.add_sector_ids("energy_renewable");
  commitment.add_sector_ids("energy_nuclear");
  commitment.mutable_amount()->mutable_high()->set_units(4);
  commitment.mutable_amount()->mutable_high()->set_currency_code("USD");
  Write("a", record);
  const auto answer = Answer(By({v1::DIMENSION_SECTOR}));
  const auto& buckets = answer.summaries(0).buckets();
  ASSERT_EQ(buckets.size(), 3);
  EXPECT_EQ(buckets[0].key(), "energy");
  for (const auto& bucket : buckets) {
    EXPECT_EQ(bucket.record_count(), 1);
    ASSERT_EQ(bucket.amount_totals_size(), 1);
    const auto& total = bucket.amount_totals(0);
    const bool engaged = bucket.key() != "energy_nuclear";
    EXPECT_EQ(total.low().units(), engaged ? 3 : 0) << bucket.key();
    EXPECT_EQ(total.high().units(), engaged ? 7 : 4) << bucket.key();
    EXPECT_EQ(total.record_count(), 1);
  }
}

TEST_F(SummarizeRecordsTest, AYearAloneIsNotItsFirstMonth) {
  const auto write = [this](const std::string& briefing, int year, int month,
                            int day) {
    v1::TripRecord record;
    auto& start = *record.mutable_dates()->mutable_start();
    start.set_year(year);
    start.set_month(month);
    start.set_day(day);
    Write(briefing, record);
  };
  write("a", 2024, 1, 1);
  write("b", 2024, 1, 0);
  write("c", 2024, 0, 0);
  write("d", 0, 1, 1);
  write("e", 0, 0, 0);
  const auto answer = Answer(By({v1::DIMENSION_MONTH}));
  EXPECT_THAT(Shown(answer.summaries(0)),
              ElementsAre("2024-01 2024-01 2", "2024 2024 1"));
  EXPECT_EQ(answer.summaries(0).other_count(), 2);
}

TEST_F(SummarizeRecordsTest, NamesAreInTheLanguageAskedFor) {
  v1::TripRecord record;
  record.add_visits()->set_country_code("DE");
  record.add_visits()->set_country_code("Q1");
  record.set_status(v1::TRIP_STATUS_UNDER_WAY);
  Write("a", record);
  auto request = By({v1::DIMENSION_COUNTRY, v1::DIMENSION_STATUS});
  const auto names = [&](const std::string& language) {
    request.set_language_code(language);
    const auto answer = Answer(request);
    EXPECT_EQ(answer.summaries(0).buckets(1).display_name(), "Q1");
    return absl::StrCat(answer.summaries(0).buckets(0).display_name(), ", ",
                        answer.summaries(1).buckets(0).display_name());
  };
  EXPECT_EQ(names(""), "Germany, Under way");
  EXPECT_EQ(names("pt-BR"), "Alemanha, Em curso");
  EXPECT_EQ(names("ES"), "Alemania, En curso");
  EXPECT_EQ(names("fr_CA"), "Allemagne, En cours");
  EXPECT_EQ(names("xx-YY"), "Germany, Under way");
  EXPECT_EQ(names(std::string(100000, '-')), "Germany, Under way");
}

TEST_F(SummarizeRecordsTest, AStatusOfANewerContractKeepsItsNumber) {
  v1::TripRecord record;
  record.set_status(static_cast<v1::TripStatus>(42));
  Write("a", record);
  EXPECT_THAT(Shown(Answer(By({v1::DIMENSION_STATUS})).summaries(0)),
              ElementsAre("42 42 1"));
}

TEST(DisplayName, ALanguageNamesEveryStatusOrNone) {
  for (const LanguageSettings& language : TestVocabulary()->languages()) {
    if (language.status_names.empty() && language.code != "en") continue;
    EXPECT_EQ(language.status_names.size(), std::size(kTripStatuses))
        << language.code;
  }
  ASSERT_EQ(static_cast<int>(std::size(kTripStatuses)),
            v1::TripStatus_descriptor()->value_count());
  for (int status = 0; status < v1::TripStatus_descriptor()->value_count();
       ++status) {
    const std::string name =
        v1::TripStatus_Name(static_cast<v1::TripStatus>(status));
    EXPECT_NE(DisplayName(v1::DIMENSION_STATUS, name, "pt", *TestVocabulary()),
              name);
  }
}

}  // namespace
}  // namespace attache::testing
