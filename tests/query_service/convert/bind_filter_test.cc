// How what filters ask is put together: groups, logic and fields that are not
// set. Each test is a small set of records, and which of them each filter
// finds.
#include "query_service/convert/bind_filter.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/query_service/convert/filter_records.h"

namespace attache::testing {
namespace {

TEST(BindFilter, RestrictionsMayMeetDifferentElementsGroupsOneAlone) {
  const FilterRecords records({
      {"a", R"(visits { country_code: "BR"
                        places: "Brasília" places: "Rio de Janeiro"
                        dates { start { year: 2024 month: 11 day: 4 }
                                end { year: 2024 month: 11 day: 6 } } }
               visits { country_code: "PE"
                        dates { start { year: 2024 month: 10 day: 1 } } })"},
      {"b", R"(visits { country_code: "BR"
                        dates { start { year: 2024 month: 10 } } }
               visits { country_code: "PE"
                        dates { start { year: 2024 month: 11 day: 10 } } })"},
      {"c", R"(visits { country_code: "PE" })"},
      {"d", R"(title: "Nowhere")"},
  });
  ExpectFound(
      records,
      {
          {"visits.country_code = BR", "a b"},
          {"visits.country_code:\"BR\"", "a b"},
          {"visits.country_code = PE AND visits.country_code = BR", "a b"},
          {"visits:(country_code = BR AND dates.start >= 2024-11-01)", "a"},
          {"visits.country_code = BR AND visits.dates.start >= 2024-11-01",
           "a b"},
          {"visits:(country_code = BR dates.start >= 2024-11)", "a"},
          {"visits:(country_code = BR OR dates.start >= 2024-11)", "a b"},
          {"visits:(country_code = PE AND NOT dates:*)", "c"},
          {"visits:(country_code = PE AND -dates:*)", "c"},
          {"visits:(country_code = PE) AND NOT visits.dates:*", "c"},
          {"NOT visits:*", "d"},
          {"visits:(NOT country_code = BR)", "a b c"},
          {"visits:(country_code != BR)", "a b c"},
          {"NOT visits:(country_code = BR)", "c d"},
          {"NOT visits.country_code = BR", "c d"},
          {"-visits.country_code:BR", "c d"},
          {"visits.country_code != BR", "c d"},
          {"visits.country_code:(BR OR US)", "a b"},
          {"visits.country_code = (BR OR US)", "a b"},
          {"visits.country_code != (BR OR US)", "c d"},
          {"visits.country_code != (BR OR PE)", "d"},
          // One value is one country.
          {"visits.country_code:(BR AND PE)", ""},
          {"visits:(country_code = BR AND country_code = PE)", ""},
          {"visits:(country_code = BR country_code = BRA)", "a b"},
          {"visits.country_code:(NOT BR)", "a b c"},
          {"visits:(country_code:(BR OR PE) AND dates.start = 2024-10)", "a b"},
          {"visits.places:rio", "a"},
          {"visits:(places:rio AND country_code:PE)", ""},
          {"visits:(places:rio AND places:brasilia)", "a"},
          {"visits.places:(rio AND brasilia)", ""},
          {"visits.places:rio AND visits.country_code:PE", "a"},
          {"visits:(dates:(start >= 2024-11-05))", "b"},
          {"visits:(dates:(start >= 2024-11 AND end <= 2024-11-06))", "a"},
          {"visits.dates:(start = 2024-10)", "a b"},
          {"visits:(dates.start = 2024-10 AND (country_code = BR))", "b"},
          {"visits:((country_code = BR OR country_code = PE) AND NOT "
           "(dates:* OR places:*))",
           "c"},
          {"visits.dates.start != 2024-10", "c d"},
          {"visits:(dates.start != 2024-10)", "a b c"},
      });
}

TEST(BindFilter, OrBindsTighterThanAndWordsSideBySideTightest) {
  const FilterRecords records({
      {"x", R"(title: "alpha")"},
      {"xy", R"(title: "alpha beta")"},
      {"xz", R"(title: "alpha gamma")"},
      {"y", R"(title: "beta")"},
      {"z", R"(title: "gamma")"},
  });
  ExpectFound(records, {
                           {"", "x xy xz y z"},
                           {"  ", "x xy xz y z"},
                           {"*", "x xy xz y z"},
                           {"alpha", "x xy xz"},
                           {"((alpha))", "x xy xz"},
                           {"alpha AND beta OR gamma", "xy xz"},
                           {"alpha OR beta AND gamma", "xz"},
                           {"gamma AND alpha OR beta", "xz"},
                           {"alpha beta OR gamma", "xy xz z"},
                           {"gamma OR alpha beta", "xy xz z"},
                           {"(alpha AND beta) OR gamma", "xy xz z"},
                           {"beta OR gamma alpha AND alpha", "xy xz"},
                           {"NOT alpha OR gamma", "xz y z"},
                           {"NOT (alpha OR gamma)", "y"},
                           {"-(alpha OR gamma)", "y"},
                           {"-alpha beta", "y"},
                           {"beta -alpha", "y"},
                           {"alpha -beta", "x xz"},
                           {"NOT alpha AND NOT beta", "z"},
                           {"NOT alpha NOT beta", "z"},
                           {"-alpha OR -beta", "x xz y z"},
                           {"alpha AND (beta OR gamma AND alpha)", "xy xz"},
                           {"NOT (NOT alpha)", "x xy xz"},
                           {"(alpha OR beta) (alpha OR gamma)", "x xy xz"},
                           {"alpha and beta", ""},
                       });
}

TEST(BindFilter, AFieldThatIsNotSetFailsEveryComparisonButUnequal) {
  const FilterRecords records(RecordTexts{{"none", ""}});
  for (const char* filter : {"title = x",
                             "title:x",
                             "title:*",
                             "status = CANCELLED",
                             "extraction.confidence >= 0",
                             "extraction.confidence <= 1",
                             "source.publish_time < 9999",
                             "source.publish_time >= 0001",
                             "dates.start <= 9999",
                             "dates.start > 0001",
                             "revision >= 0",
                             "visits.country_code = BR",
                             "visits.dates.start < 2024",
                             "visits:*",
                             "sectors.investment.low >= \"0 USD\"",
                             "labels.team = \"\"",
                             "labels.team < z",
                             "source.uri < z",
                             "source.language_code = en",
                             "amounts.approximate = false",
                             "source.title = \"\"",
                             "title:(NOT x)"}) {
    EXPECT_EQ(records.Find(filter), "") << filter;
  }
  for (const char* filter :
       {"title != x", "status != CANCELLED", "extraction.confidence != 0.5",
        "source.publish_time != 2024", "dates.start != 2024", "revision != 0",
        "visits.country_code != BR", "visits.dates.start != 2024",
        "sectors.investment.low != \"0 USD\"", "labels.team != \"\"",
        "source.uri != z", "amounts.approximate != false", "visits != *"}) {
    EXPECT_EQ(records.Find(filter), "none") << filter;
  }
}

}  // namespace
}  // namespace attache::testing
