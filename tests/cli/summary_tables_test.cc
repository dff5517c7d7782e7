#include "cli/summary_tables.h"

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "cli/commands.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace attache::cli {
namespace {

using ::testing::HasSubstr;

v1::Bucket& AddBucket(const std::string& key, const std::string& name,
                      int64_t count, v1::Summary& summary) {
  auto& bucket = *summary.add_buckets();
  bucket.set_key(key);
  bucket.set_display_name(name);
  bucket.set_record_count(count);
  return bucket;
}

v1::SummarizeTripRecordsResponse Sample() {
  v1::SummarizeTripRecordsResponse response;
  response.set_total_size(13);
  auto& countries = *response.add_summaries();
  countries.set_dimension(v1::DIMENSION_COUNTRY);
  auto& total = *AddBucket("BR", "Brazil", 10, countries).add_amount_totals();
  total.set_kind(v1::AMOUNT_KIND_SIGNED);
  total.mutable_low()->set_currency_code("USD");
  total.mutable_low()->set_units(1200000000);
  *total.mutable_high() = total.low();
  total.mutable_high()->set_nanos(5);
  total.set_record_count(2);
  AddBucket("CI", "Côte d'Ivoire", 1, countries);
  countries.set_other_count(2);
  auto& months = *response.add_summaries();
  months.set_dimension(v1::DIMENSION_MONTH);
  AddBucket("2024-11", "2024-11", 13, months);
  return response;
}

std::string Tables(const v1::SummarizeTripRecordsResponse& response,
                   size_t width) {
  std::ostringstream out;
  PrintSummaryTables(out, response, width);
  return out.str();
}

TEST(SummaryTables, AlignCountsAndNameOthers) {
  EXPECT_EQ(Tables(Sample(), 0),
            "COUNTRY        ID  RECORDS  INVESTMENT\n"
            "Brazil         BR       10  USD 1.2 bn signed\n"
            "Côte d'Ivoire  CI        1\n"
            "(others)                 2\n"
            "\n"
            "MONTH    RECORDS\n"
            "2024-11       13\n"
            "\n"
            "13 records\n");
}

TEST(SummaryTables, HaveBarsOnATerminal) {
  EXPECT_EQ(Tables(Sample(), 100),
            "COUNTRY        ID  RECORDS                        INVESTMENT\n"
            "Brazil         BR       10  ████████████████████  USD 1.2 bn "
            "signed\n"
            "Côte d'Ivoire  CI        1  ██\n"
            "(others)                 2\n"
            "\n"
            "MONTH    RECORDS\n"
            "2024-11       13  ████████████████████\n"
            "\n"
            "13 records\n");
}

TEST(SummaryTables, ShowAtLeastASliverOfWhatIsThere) {
  v1::SummarizeTripRecordsResponse response;
  response.set_total_size(1000001);
  auto& summary = *response.add_summaries();
  summary.set_dimension(v1::DIMENSION_STATUS);
  AddBucket("A", "Announced", 1000000, summary);
  AddBucket("B", "Cancelled", 1, summary);
  EXPECT_THAT(Tables(response, 80), HasSubstr("Cancelled        1  ▏\n"));
}

TEST(SummaryTables, SayWhereNothingMatchesOrNothingIsNamed) {
  v1::SummarizeTripRecordsResponse response;
  response.add_summaries()->set_dimension(v1::DIMENSION_COUNTRY);
  EXPECT_EQ(Tables(response, 0), "No records match.\n");
  response.set_total_size(1);
  response.mutable_summaries(0)->set_other_count(1);
  EXPECT_EQ(Tables(response, 0),
            "COUNTRY   ID  RECORDS\n(others)            1\n\n1 record\n");
}

TEST(SummaryTables, WhatARecordSaysCannotDriveTheTerminal) {
  v1::SummarizeTripRecordsResponse response;
  response.set_total_size(1);
  auto& summary = *response.add_summaries();
  summary.set_dimension(v1::DIMENSION_TRAVELER);
  AddBucket("x", "a\x1B[31mb", 1, summary);
  EXPECT_THAT(Tables(response, 80), HasSubstr("a [31mb"));
}

TEST(SummaryCsv, HasExactSumsInRowsOfTheirOwn) {
  std::ostringstream out;
  PrintSummaryCsv(out, Sample());
  EXPECT_EQ(out.str(),
            "dimension,key,name,records,kind,currency,low,high\r\n"
            "country,BR,Brazil,10,,,,\r\n"
            "country,BR,Brazil,2,signed,USD,1200000000,1200000000.000000005\r\n"
            "country,CI,Côte d'Ivoire,1,,,,\r\n"
            "country,,,2,,,,\r\n"
            "month,2024-11,2024-11,13,,,,\r\n"
            "month,,,0,,,,\r\n");
}

// What the command line says of its arguments; "" where it takes them.
std::string Usage(std::vector<std::string> arguments) {
  CLI::App app;
  Addresses addresses;
  Action action;
  AddSummarizeCommand(app, addresses, action);
  std::reverse(arguments.begin(), arguments.end());
  arguments.emplace_back("summarize");
  try {
    app.parse(arguments);
  } catch (const CLI::ParseError& error) {
    return error.what();
  }
  return action ? "" : "no action";
}

TEST(SummarizeCommand, TakesDimensionsRepeatedOrSeparatedByCommas) {
  EXPECT_EQ(Usage({"--by", "country,event", "--by", "month"}), "");
  EXPECT_EQ(Usage({"status = CANCELLED",
                   "--by=traveler,publisher,sector,"
                   "objective,status",
                   "--limit=1000", "--language=pt", "--format=csv"}),
            "");
}

TEST(SummarizeCommand, SaysClearlyWhatIsWrong) {
  EXPECT_THAT(Usage({}), HasSubstr("--by is required"));
  EXPECT_THAT(Usage({"--by", "colour"}), HasSubstr("colour not in {country,"));
  EXPECT_THAT(Usage({"--by", "month,country,month"}),
              HasSubstr("--by: names month twice"));
  EXPECT_THAT(Usage({"--by", "month", "--limit", "0"}), HasSubstr("--limit"));
  EXPECT_THAT(Usage({"--by", "month", "--limit", "1001"}),
              HasSubstr("--limit"));
  EXPECT_THAT(Usage({"--by", "month", "--format", "xml"}),
              HasSubstr("--format"));
  EXPECT_THAT(Usage({"two", "filters", "--by", "month"}), HasSubstr("filters"));
}

}  // namespace
}  // namespace attache::cli
