// What filters ask of numbers, times, dates and sums of money.
#include "gtest/gtest.h"
#include "tests/query_service/convert/filter_records.h"

namespace attache::testing {
namespace {

TEST(BindFilter, NumbersAndTruthValuesCompareWhereTheyAreSet) {
  const FilterRecords records({
      {"a", R"(extraction { confidence: 0.25 coverage: 1 }
               mentioned_countries { country_code: "BR" mention_count: 3 }
               source { version: -2 } amounts { approximate: true })"},
      {"b", R"(extraction { confidence: 0.8 }
               mentioned_countries { country_code: "PE" mention_count: 5 }
               source { version: 9007199254740993 } amounts { text: "x" })"},
      {"c", R"(extraction { confidence: 1 } source { version: 2 })"},
      {"d", R"(extraction { parser_version: "1" } revision: 7)"},
  });
  ExpectFound(
      records,
      {
          {"extraction.confidence = 0.8", "b"},
          {"extraction.confidence:0.8", "b"},
          {"extraction.confidence >= 0.8", "b c"},
          {"extraction.confidence > 0.8", "c"},
          {"extraction.confidence < 0.8", "a"},
          {"extraction.confidence <= 0.8", "a b"},
          {"extraction.confidence != 0.8", "a c d"},
          {"extraction.confidence > 0", "a b c"},
          {"extraction.confidence >= 0", "a b c"},
          {"extraction.confidence >= \"-1\"", "a b c"},
          {"extraction.confidence < 0", ""},
          {"extraction.confidence = 0", ""},
          {"extraction.confidence != 0", "a b c d"},
          {"extraction.confidence <= 1", "a b c"},
          {"extraction.confidence >= 1", "c"},
          {"extraction.confidence < 1.5", "a b c"},
          {"extraction.confidence = 1.5", ""},
          {"extraction.confidence > 1", ""},
          {"extraction.confidence = \"2.5e-1\"", "a"},
          {"extraction:(confidence >= 0.8)", "b c"},
          {"extraction:(confidence < 0.5 AND coverage = 1)", "a"},
          {"extraction.confidence:(0.25 OR 1)", "a c"},
          {"extraction.confidence:*", "a b c"},
          {"extraction.coverage > 0.99", "a"},
          {"mentioned_countries.mention_count > 3", "b"},
          {"mentioned_countries.mention_count >= 3", "a b"},
          {"mentioned_countries.mention_count != 3", "b c d"},
          {"mentioned_countries:(mention_count != 3)", "b"},
          {"mentioned_countries:(country_code = BR mention_count < 4)", "a"},
          {"source.version < 0", "a"},
          {"source.version = \"-2\"", "a"},
          {"source.version = -2", "a"},
          {"source.version = 9007199254740993", "b"},
          {"source.version = 9007199254740992", ""},
          {"source.version:(2 OR 3)", "c"},
          {"revision = 7", "d"},
          {"revision <= 7", "d"},
          {"amounts.approximate = true", "a"},
          {"amounts.approximate:TRUE", "a"},
          {"amounts.approximate = false", "b"},
          {"amounts.approximate != true", "b c d"},
          {"amounts:(approximate != true)", "b"},
          {"amounts.approximate:*", "a b"},
      });
}

TEST(BindFilter, TimesCompareWithInstantsAndWithWholeDaysMonthsAndYears) {
  const FilterRecords records({
      {"p1", R"(source { publish_time { seconds: 1730764800 } })"},
      {"p2", R"(source { publish_time { seconds: 1730851199
                                        nanos: 999999999 } })"},
      {"p3", R"(source { publish_time { seconds: 1730851200 } }
                index_time { seconds: 1730851200 })"},
      {"p4", R"(source { publish_time { seconds: 1730419199 } })"},
      {"p5", R"(source { title: "no time" })"},
      {"p6", R"(source { publish_time { seconds: -1 nanos: 5 } })"},
  });
  ExpectFound(
      records,
      {
          {"source.publish_time = 2024-11-05", "p1 p2"},
          {"source.publish_time:2024-11-05", "p1 p2"},
          {"source.publish_time > 2024-11-05", "p3"},
          {"source.publish_time >= 2024-11-05", "p1 p2 p3"},
          {"source.publish_time < 2024-11-05", "p4 p6"},
          {"source.publish_time <= 2024-11-05", "p1 p2 p4 p6"},
          {"source.publish_time != 2024-11-05", "p3 p4 p5 p6"},
          {"source.publish_time = 2024-11", "p1 p2 p3"},
          {"source.publish_time < 2024-11", "p4 p6"},
          {"source.publish_time > \"2024-10\"", "p1 p2 p3"},
          {"source.publish_time = 2024", "p1 p2 p3 p4"},
          {"source.publish_time < 1970", "p6"},
          {"source.publish_time = \"2024-11-05T00:00:00Z\"", "p1"},
          {"source.publish_time > \"2024-11-05T00:00:00Z\"", "p2 p3"},
          {"source.publish_time = \"2024-11-05T02:00:00+02:00\"", "p1"},
          {"source.publish_time >= \"2024-11-05T23:59:59.999999999Z\"",
           "p2 p3"},
          {"source.publish_time < \"2024-11-05T23:59:59.999999999Z\"",
           "p1 p4 p6"},
          {"source.publish_time != \"2024-11-05T00:00:00Z\"", "p2 p3 p4 p5 p6"},
          {"source.publish_time:*", "p1 p2 p3 p4 p6"},
          {"source:(publish_time >= 2024-11 AND publish_time < 2024-11-06)",
           "p1 p2"},
          {"source.publish_time:(2024-10 OR 2024-11-06)", "p3 p4"},
          {"source.publish_time:(NOT 2024)", "p6"},
          {"source.publish_time.seconds = 1730764800", "p1"},
          {"source.publish_time:(seconds > 0 AND nanos > 0)", "p2"},
          {"index_time >= 2024-11-06", "p3"},
          {"index_time > 2024-11-06", ""},
          {"NOT index_time < 2025", "p1 p2 p4 p5 p6"},
      });
}

TEST(BindFilter, PartialDatesCompareAsTheirIntervals) {
  const FilterRecords records({
      {"d1", R"(dates { start { year: 2024 month: 11 day: 5 } })"},
      {"d2", R"(dates { start { year: 2024 month: 11 } })"},
      {"d3", R"(dates { start { year: 2024 } })"},
      {"d4", R"(dates { start { month: 11 day: 5 } })"},
      {"d5", R"(title: "undated")"},
      {"d6", R"(dates { start { year: 2024 month: 11 day: 30 }
                        end { year: 2024 month: 12 day: 2 } })"},
      {"d7", R"(dates { start { year: 2024 month: 2 day: 30 } })"},
  });
  ExpectFound(
      records,
      {
          {"dates.start = 2024-11-05", "d1"},
          {"dates.start = \"2024-11-05\"", "d1"},
          {"dates.start:2024-11", "d1 d2 d6"},
          {"dates.start = 2024", "d1 d2 d3 d6"},
          {"dates.start != 2024-11", "d3 d4 d5 d7"},
          {"dates.start < 2024-11-05", ""},
          {"dates.start < 2024-12", "d1 d2 d6"},
          {"dates.start < 2025", "d1 d2 d3 d6"},
          {"dates.start <= 2024-11-05", "d1"},
          {"dates.start <= 2024-11", "d1 d2 d6"},
          {"dates.start <= 2024-11-30", "d1 d2 d6"},
          {"dates.start <= 2024-12", "d1 d2 d3 d6"},
          {"dates.start > 2024-11-05", "d6"},
          {"dates.start > 2024-10", "d1 d2 d6"},
          {"dates.start > 2023", "d1 d2 d3 d6"},
          {"dates.start > 2024-11", ""},
          {"dates.start >= 2024-11-01", "d1 d2 d6"},
          {"dates.start >= 2024-11-02", "d1 d6"},
          {"dates.start >= 2024-01", "d1 d2 d3 d6"},
          {"dates.end >= 2024-12", "d6"},
          {"dates.end:*", "d6"},
          {"dates.end != 2024", "d1 d2 d3 d4 d5 d7"},
          {"dates.start:*", "d1 d2 d3 d4 d6 d7"},
          {"dates.start.year = 2024", "d1 d2 d3 d6 d7"},
          {"dates.start.month = 11", "d1 d2 d4 d6"},
          {"dates.start:(month = 11 AND day = 5)", "d1 d4"},
          {"dates:(start >= 2024-11 AND end < 2025)", "d6"},
          {"dates.start:(2024-11-05 OR 2024-11-30)", "d1 d6"},
          {"dates.start >= (2024-11-05 AND 2024-11-06)", "d6"},
          {"dates.start > 2024-11-05 OR dates.start < 2024-11-05", "d6"},
      });
}

TEST(BindFilter, SumsOfMoneyCompareWithinTheirCurrency) {
  const FilterRecords records({
      {"m1", R"(sectors { investment {
                  low { currency_code: "USD" units: 500000 }
                  high { currency_code: "USD" units: 500000 } } })"},
      {"m2", R"(sectors { investment {
                  low { currency_code: "USD" units: 500000
                        nanos: 500000000 } } })"},
      {"m3", R"(sectors { investment {
                  high { currency_code: "EUR" units: 1000000000 } } }
                sectors { investment {
                  low { currency_code: "JPY" units: 3 } } })"},
      {"m4", R"(sectors { text: "no sum" })"},
      {"m5", R"(sectors { investment { low { currency_code: "USD" } } }
                commitments { amount {
                  high { currency_code: "BRL" units: 9000000000000 } } })"},
  });
  ExpectFound(
      records,
      {
          {"sectors.investment.low = \"500000 USD\"", "m1"},
          {"sectors.investment.low = \"USD 500000\"", "m1"},
          {"sectors.investment.low = \"usd 500000.00\"", "m1"},
          {"sectors.investment.low:\"500000 USD\"", "m1"},
          {"sectors.investment.low = \"500000.5 USD\"", "m2"},
          {"sectors.investment.low >= \"500000 USD\"", "m1 m2"},
          {"sectors.investment.low > \"500000 USD\"", "m2"},
          {"sectors.investment.low > \"500000.499999999 USD\"", "m2"},
          {"sectors.investment.low <= \"500000 USD\"", "m1 m5"},
          {"sectors.investment.low < \"500000 USD\"", "m5"},
          {"sectors.investment.low = \"0 USD\"", "m5"},
          {"sectors.investment.low >= \"0 EUR\"", ""},
          {"sectors.investment.low != \"500000 USD\"", "m2 m3 m4 m5"},
          {"sectors:(investment.low != \"500000 USD\")", "m2 m3 m4 m5"},
          {"sectors.investment:(low != \"500000 USD\")", "m2 m3 m5"},
          {"sectors.investment.high >= \"1000000 EUR\"", "m3"},
          {"sectors.investment.high >= \"1000000 USD\"", ""},
          {"sectors.investment.low:(\"3 JPY\" OR \"0 USD\")", "m3 m5"},
          {"sectors:(investment:(low >= \"1 JPY\" AND high:*))", ""},
          {"sectors.investment.low >= \"1 JPY\" AND sectors.investment.high:*",
           "m3"},
          {"commitments.amount.high > \"8999999999999.999 BRL\"", "m5"},
          {"sectors.investment.low.currency_code = USD", "m1 m2 m5"},
          {"sectors.investment.low.units > 4", "m1 m2"},
          {"sectors.investment.low:(currency_code = USD AND nanos > 0)", "m2"},
          {"sectors.investment.low:*", "m1 m2 m3 m5"},
          {"sectors.investment:*", "m1 m2 m3 m5"},
      });
}

}  // namespace
}  // namespace attache::testing
