// What filters ask of the index: postings and columns where they say all.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/query_service/convert/filter_records.h"

namespace attache::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

class BindFilterShape : public ::testing::Test {
 protected:
  std::string Shape(const std::string& filter) const {
    const auto query = records_.Bind(filter);
    return query.ok() ? ToString(*query) : query.status().ToString();
  }

  const FilterRecords records_{{{"a", R"(title: "x")"}}};
};

TEST_F(BindFilterShape, PostingsAndColumnsAnswerAlone) {
  const FilterCase kCases[] = {
      {"", "all"},
      {"*", "all"},
      {"NOT *", "none"},
      {"visits.country_code = Brasil", "visited:BR"},
      {"visits:(country_code = BR)", "visited:BR"},
      {"visits:(country_code:(BR OR PE))", "visited:BR OR visited:PE"},
      {"visits.country_code = (BR OR PE)", "visited:BR OR visited:PE"},
      {"visits:(country_code = BR OR country_code = PE)",
       "visited:BR OR visited:PE"},
      {"visits.country_code = BR AND visits.country_code = PE",
       "visited:BR AND visited:PE"},
      {"visits.country_code != BR", "NOT visited:BR"},
      {"-visits.country_code:BR", "NOT visited:BR"},
      {"visits.country_code != (BR OR PE)", "NOT (visited:BR OR visited:PE)"},
      {"mentioned_countries.country_code = 604", "mentioned:PE"},
      {"travelers.country_code:USA", "origin:US"},
      {"regions.region_id = \"Indo-Pacific\"", "region:indo_pacific"},
      {"sectors.sector_id = \"Renewable energy\"", "sector:energy_renewable"},
      {"objectives.objective_id = enhance_trade", "objective:enhance_trade"},
      {"events.series_id = \"G-20\"", "event_series:g20"},
      {"source.language_code = PT_br", "language:pt-br"},
      {"source:(language_code = pt)", "language:pt"},
      {"status = cancelled", "status:CANCELLED"},
      {"status != cancelled", "NOT status:CANCELLED"},
      {"status:(CANCELLED OR POSTPONED)",
       "status:CANCELLED OR status:POSTPONED"},
      {"status = UNSPECIFIED", "none"},
      {"status != UNSPECIFIED", "all"},
      {"labels.team = latam", "label:team=latam"},
      {"labels.\"my key\" = \"\"", "label:my key="},
      {"record_id = \"a#1\"", "record:a#1"},
      {"record_id != \"a#1\"", "NOT record:a#1"},
      {"source.publisher = \"Agência Central\"", "publisher:agencia central"},
      {"source.publish_time >= 2024-11",
       "publish_time:[2024-11-01T00:00:00+00:00..]"},
      {"source.publish_time < 2024-11",
       "publish_time:[..2024-11-01T00:00:00+00:00)"},
      {"source.publish_time = 2024-11-05",
       "publish_time:[2024-11-05T00:00:00+00:00.."
       "2024-11-05T23:59:59.999999999+00:00]"},
      {"source:(publish_time = 2024-11-05)",
       "publish_time:[2024-11-05T00:00:00+00:00.."
       "2024-11-05T23:59:59.999999999+00:00]"},
      {"dates.start >= 2024-11-05", "start_day:[2024-11-05..]"},
      {"dates.start > 2024-11-05", "start_day:(2024-11-05..]"},
      {"dates:(start >= 2024-11-05)", "start_day:[2024-11-05..]"},
  };
  for (const FilterCase& c : kCases) {
    EXPECT_EQ(Shape(c.filter), c.found) << c.filter;
  }
  for (const char* filter :
       {"trade", "trade talks", "\"trade\"", "extraction.confidence > 0.5",
        "extraction.confidence = 1", "extraction.confidence > 0",
        "extraction.confidence < 2", "sectors.sector_id = energy",
        "visits.country_code = Africa", "-word visits.country_code = BR"}) {
    EXPECT_THAT(Shape(filter), Not(HasSubstr("check"))) << filter;
  }
}

TEST_F(BindFilterShape, TheIndexNarrowsWhatIsRead) {
  const FilterCase kCases[] = {
      {"source.briefing_id = a",
       "briefing:a AND check {source.briefing_id = a}"},
      {"dates.start = 2024-11-05",
       "start_day:[2024-11-05..2024-11-05] AND check {dates.start = "
       "2024-11-05}"},
      {"dates.start <= 2024-11-05",
       "start_day:[..2024-11-05] AND check {dates.start <= 2024-11-05}"},
      {"visits:(country_code = BR AND confidence > 0.5)",
       "visited:BR AND check {visits:(country_code = BR AND confidence > "
       "0.5)}"},
      {"visits:(country_code = BR AND NOT places:*)",
       "visited:BR AND check {visits:(country_code = BR AND NOT places:*)}"},
      {"visits:(country_code = BR OR places:*)",
       "check {visits:(country_code = BR OR places:*)}"},
      {"visits.places:*", "check {visits.places:*}"},
      {"-visits.places:*", "NOT check {visits.places:*}"},
      // What is negated reads as what it negates.
      {"visits.places  != *", "NOT check {visits.places  = *}"},
  };
  for (const FilterCase& c : kCases) {
    EXPECT_EQ(Shape(c.filter), c.found) << c.filter;
  }
  EXPECT_THAT(Shape("title:trade"),
              MatchesRegex("\\(.*word:en:trade.*\\) AND check .title:trade."));
  EXPECT_THAT(
      Shape("(title = trade)"),
      MatchesRegex("\\(.*word:en:trade.*\\) AND check .title = trade."));
  EXPECT_THAT(Shape("objectives:(text:trade AND confidence > 0.5)"),
              HasSubstr("word:en:trade"));
  EXPECT_THAT(Shape("\"trade talk\""),
              MatchesRegex(".*word:en:trade.* AND .*word:en:talk.* AND check "
                           ".\"trade talk\"."));
  // Not searched by the index.
  EXPECT_EQ(Shape("source.publisher:trade"), "check {source.publisher:trade}");
}

}  // namespace
}  // namespace attache::testing
