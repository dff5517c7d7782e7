// Filters that are refused: where, and what was expected there.
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query_service/convert/bind_filter.h"
#include "tests/query_service/convert/filter_records.h"

namespace attache::testing {
namespace {

using ::testing::HasSubstr;

std::string Metadata(const ErrorDetails& details, const std::string& key) {
  for (const auto& [name, value] : details.metadata) {
    if (name == key) return value;
  }
  return "";
}

struct ErrorCase {
  std::string filter;    // "@" stands before the place, and is left out
  std::string problem;   // a part of it
  std::string expected;  // likewise
  std::string reason = "FILTER_INVALID";
};

class BindFilterErrors : public ::testing::Test {
 protected:
  void ExpectError(const ErrorCase& c) const {
    SCOPED_TRACE(c.filter.substr(0, 200));
    const size_t position = c.filter.find('@');
    ASSERT_NE(position, std::string::npos);
    const absl::Status error =
        records_.Bind(absl::StrReplaceAll(c.filter, {{"@", ""}})).status();
    ASSERT_EQ(error.code(), absl::StatusCode::kInvalidArgument) << error;
    const auto details = DetailsOf(error);
    ASSERT_TRUE(details.has_value());
    EXPECT_EQ(details->reason, c.reason);
    EXPECT_EQ(Metadata(*details, "position"), absl::StrCat(position));
    EXPECT_THAT(Metadata(*details, "expected"), HasSubstr(c.expected));
    const std::string message(error.message());
    EXPECT_TRUE(absl::StartsWith(message,
                                 absl::StrCat("filter, byte ", position, ": ")))
        << message;
    EXPECT_THAT(message, HasSubstr(c.problem));
    if (c.reason == "FILTER_INVALID") {
      EXPECT_THAT(message, HasSubstr("; expected "));
    }
  }
  void ExpectErrors(const std::vector<ErrorCase>& cases) const {
    for (const ErrorCase& c : cases) ExpectError(c);
  }

  const FilterRecords records_{{{"a", R"(title: "x")"}}};
};

TEST_F(BindFilterErrors, NoSuchField) {
  ExpectErrors({
      {"@contry = BR", "a record has no field \"contry\"",
       "one of record_id, source, title"},
      {"x AND (y OR @Title = x)", "no field \"Title\"", "title"},
      {"visits.@contry = BR", "visits has no field \"contry\"",
       "one of country_code, places, dates, confidence"},
      {"visits:(@contry = BR)", "visits has no field \"contry\"",
       "country_code"},
      {"visits:(dates:(@begin > 2024))", "visits.dates has no field \"begin\"",
       "one of start, end, text"},
      {"visits:(@visits.country_code = BR)", "visits has no field \"visits\"",
       "country_code"},
      {"-visits.@countryCode:*", "no field \"countryCode\"", "country_code"},
      {"title.@x = 1", "title has no fields", "a comparator after the field"},
      {"status.@name = x", "status has no fields", "a comparator"},
      {"title:(@x = 1)", "title has no fields", "values"},
      {"amounts.low.@amount > 5", "amounts.low has no field", "units"},
      {"dates.start:(@yeer = 2024)", "dates.start has no field \"yeer\"",
       "year, month, day"},
  });
}

TEST_F(BindFilterErrors, FieldsThatNobodyFiltersBy) {
  ExpectErrors({
      {"visits.@evidence:1", "visits.evidence cannot be filtered by",
       "one of country_code"},
      {"visits:(@evidence:*)", "visits.evidence cannot be filtered by",
       "one of country_code"},
      {"dates.@evidence = 1", "cannot be filtered by", "start, end, text"},
      {"source.@content_sha256 = x", "source.content_sha256 cannot",
       "briefing_id"},
      {"-extraction.@text_sha256:*", "extraction.text_sha256 cannot",
       "parser_version"},
  });
}

TEST_F(BindFilterErrors, MessagesHaveFieldsAndNoValue) {
  ExpectErrors({
      {"visits = @BR", "visits has fields of its own and no value",
       "visits.FIELD before the comparator, FIELD one of country_code"},
      {"visits:@\"BR\"", "visits has fields of its own", "visits:(...)"},
      {"dates > @2024", "dates has fields of its own", "dates.FIELD"},
      {"sectors.investment >= @\"5 USD\"", "sectors.investment has fields",
       "low, high"},
      {"visits:(@BR)", "a value alone says nothing of visits",
       "a comparison with one of country_code"},
      {"visits:(country_code = BR AND @rio)", "a value alone", "places"},
      {"sectors:(investment:(@\"5 USD\"))",
       "a value alone says nothing of sectors.investment", "low, high"},
      {"@visits = (country_code = BR)", "visits has fields", "visits:(...)"},
      {"@visits > (country_code = BR)", "visits has fields", "visits:(...)"},
      {"@visits != (country_code = BR)", "visits has fields", "visits:(...)"},
      {"dates.start:(year = 2024 AND @2024)", "a value alone", "year"},
  });
}

TEST_F(BindFilterErrors, ValuesThatDoNotFit) {
  ExpectErrors({
      {"status = @DONE", "\"DONE\" is no value of status",
       "one of ANNOUNCED, UNDER_WAY, CONCLUDED, POSTPONED, CANCELLED"},
      {"status = @\"under way\"", "is no value", "UNDER_WAY"},
      {"status = @C*", "is no value", "ANNOUNCED"},
      {"status = @5", "is no value", "ANNOUNCED"},
      {"amounts.kind = @TRIP_STATUS_CANCELLED", "no value of amounts.kind",
       "POTENTIAL"},
      {"status:(CANCELLED OR @DONE)", "\"DONE\" is no value", "ANNOUNCED"},
      {"source.version = @1.5", "\"1.5\" is no whole number", "a whole number"},
      {"source.version = @many", "is no whole number", "a whole number"},
      {"revision > @\"99999999999999999999\"", "is no whole number",
       "a whole number"},
      {"revision > @*", "is no whole number", "a whole number"},
      {"evidence.begin_byte > @x", "is no whole number", "a whole number"},
      {"extraction.confidence > @high", "\"high\" is no number", "0.75"},
      {"extraction.confidence < @inf", "is no number", "0.75"},
      {"extraction.confidence < @1e99", "is no number", "0.75"},
      {"extraction.confidence = @nan", "is no number", "0.75"},
      {"extraction.confidence = @80%", "is no number", "0.75"},
      {"extraction.confidence = @\"\"", "is no number", "0.75"},
      {"amounts.approximate = @yes", "is neither true nor false",
       "true or false"},
      {"amounts.approximate = @1", "is neither true nor false",
       "true or false"},
      {"title:@\"!!!\"", "holds 0 words", "1 to 64 words"},
      {"title:@\"\"", "holds 0 words", "1 to 64 words"},
      {"title:@\"\\*\"", "holds 0 words", "1 to 64 words"},
      {"x @\"—\"", "holds 0 words", "1 to 64 words"},
      {"x OR @\"\"", "holds 0 words", "1 to 64 words"},
  });
}

TEST_F(BindFilterErrors, DatesTimesAndSumsThatAreNone) {
  ExpectErrors({
      {"dates.start = @2024-02-30", "\"2024-02-30\" is no date",
       "2024-11-05, 2024-11 or 2024"},
      {"dates.start > @2023-02-29", "is no date", "2024-11-05"},
      {"dates.start > @2024-13", "is no date", "2024-11-05"},
      {"dates.start > @2024-00", "is no date", "2024-11-05"},
      {"dates.start > @2024-11-00", "is no date", "2024-11-05"},
      {"index_time > @2024-00", "is no time", "RFC 3339"},
      {"dates.start > @2024-1", "is no date", "2024-11-05"},
      {"dates.start > @0000", "is no date", "2024-11-05"},
      {"dates.start >= @\"--11-05\"", "is no date", "2024-11-05"},
      {"dates.end = @tomorrow", "is no date", "2024-11-05"},
      {"dates.end = @05/11/2024", "is no date", "2024-11-05"},
      {"dates.start = @\"2024-11-05T10:00:00Z\"", "is no date", "2024-11-05"},
      {"dates.start = @\"2024*\"", "is no date", "2024-11-05"},
      {"visits:(dates:(start >= @2024-02-30))", "is no date", "2024-11-05"},
      {"source.publish_time > @yesterday", "is no time", "RFC 3339"},
      {"source.publish_time > @2024-02-30", "is no time", "RFC 3339"},
      {"source.publish_time = @\"2024-11-05 10:00\"", "is no time", "RFC 3339"},
      {"source.publish_time = @\"2024-11-05T10:00:00\"", "is no time", "Z"},
      {"source.publish_time = @\"2024-11-05T25:00:00Z\"", "is no time", "Z"},
      {"source.publish_time < @\"infinite-future\"", "is no time", "RFC 3339"},
      {"amounts.low > @5", "\"5\" is no sum of money", "\"1000000 USD\""},
      {"amounts.low > @\"5 dollars\"", "is no sum of money", "USD"},
      {"amounts.low > @\"1,000 USD\"", "is no sum of money", "USD"},
      {"amounts.low > @\"1 000 USD\"", "is no sum of money", "USD"},
      {"amounts.low > @USD", "is no sum of money", "USD"},
      {"amounts.low > @\"-5 USD\"", "is no sum of money", "USD"},
      {"amounts.low > @\"$5\"", "is no sum of money", "USD"},
      {"amounts.low > @\"1e6 USD\"", "is no sum of money", "USD"},
      {"amounts.low > @\"0.0000000001 USD\"", "is no sum of money", "USD"},
      {"amounts.low > @\"99999999999999999999 USD\"", "is no sum", "USD"},
      {"amounts.low > @\"USD USD\"", "is no sum of money", "USD"},
  });
}

TEST_F(BindFilterErrors, ValuesWithoutAnOrder) {
  ExpectErrors({
      {"title < @x", "values of title have no order that \"<\" could use",
       "\"=\", \"!=\" or \":\""},
      {"title >= @*", "have no order", "\"=\""},
      {"status > @CANCELLED", "values of status have no order", "\"=\""},
      {"visits.country_code > @BR", "have no order", "\"=\""},
      {"visits:(country_code <= @BR)", "visits.country_code have no order",
       "\"=\""},
      {"source.language_code >= @pt", "have no order", "\"=\""},
      {"sectors.sector_id < @energy", "have no order", "\"=\""},
      {"amounts.approximate < @true", "have no order", "\"=\""},
      {"title > (@x OR y)", "have no order", "\"=\""},
  });
}

TEST_F(BindFilterErrors, LabelsAreAMap) {
  ExpectErrors({
      {"labels = @team", "labels is a map", "\":\" and a key, or labels.KEY"},
      {"labels != @team", "labels is a map", "labels.KEY"},
      {"labels > @team", "labels is a map", "labels.KEY"},
      {"labels:(@team = latam)", "labels is a map", "labels.KEY"},
      {"labels.topic.@area = x", "labels.topic has no fields",
       "one with dots goes into quotes"},
      {"labels.team:(@x = y)", "labels.team has no fields", "values"},
  });
}

TEST_F(BindFilterErrors, NamesThatTheVocabularyDoesNotHold) {
  const std::string expected = "an id or a name of the vocabulary";
  ExpectErrors({
      {"visits.country_code = @Brazzil", "no country or region is called",
       expected, "UNKNOWN_COUNTRY"},
      {"x OR visits:(country_code:(BR OR @Brazzil))",
       "\"Brazzil\"; the nearest", expected, "UNKNOWN_COUNTRY"},
      {"sectors.sector_id:@agricultur", "the nearest", expected,
       "UNKNOWN_SECTOR"},
      {"objectives.objective_id = @\"glacier talks\"", "no objective is called",
       expected, "UNKNOWN_OBJECTIVE"},
      {"events.series_id = @\"G-21\"", "no event series is called", expected},
      {"regions.region_id = @Atlantis", "no country or region is called",
       expected, "UNKNOWN_COUNTRY"},
      {"regions.region_id = @Brazil", "\"Brazil\" is a country", "a region"},
      {"visits.country_code = @\"\"", "is empty", expected},
      {"sectors.sector_id = @\" \"", "is empty", expected},
  });
  const auto details =
      DetailsOf(records_.Bind("visits.country_code = Brazzil").status());
  EXPECT_EQ(Metadata(*details, "value"), "Brazzil");
  EXPECT_THAT(Metadata(*details, "nearest"), HasSubstr("Brazil"));
}

TEST_F(BindFilterErrors, TooMuch) {
  std::string words;
  for (size_t i = 0; i < kMaxFilterTerms; ++i) absl::StrAppend(&words, "w ");
  EXPECT_TRUE(records_.Bind(words).ok());
  const std::string most = absl::StrCat("at most ", kMaxFilterTerms);
  ExpectErrors({
      {absl::StrCat(words, "@w"), "the filter is too large", most},
      {absl::StrCat(words, "@title:x"), "the filter is too large", most},
      {absl::StrCat("title:(", words, "@w) y"), "too large", most},
      // The words of a value count as if they stood by themselves.
      {absl::StrCat(words.substr(2), "@\"w w\""), "too large", most},
  });
  const std::string pattern(255, 'a');
  EXPECT_TRUE(records_.Bind(absl::StrCat("title:", pattern, "*")).ok());
  for (const char* field :
       {"title:", "title = ", "record_id = ", "sectors.sector_id = ",
        "source.language_code = ", "labels.team = ", "labels:", ""}) {
    ExpectError({absl::StrCat(field, "@a", pattern, "*"),
                 "is too long for a pattern", "at most 256 bytes"});
    // Without an asterisk it is an ordinary value.
    if (absl::StrContains(field, "sector")) continue;
    EXPECT_TRUE(records_.Bind(absl::StrCat(field, "a", pattern, "a")).ok())
        << field;
  }
  std::string phrase;
  for (int i = 0; i < 64; ++i) absl::StrAppend(&phrase, "w ");
  EXPECT_TRUE(records_.Bind(absl::StrCat("\"", phrase, "\"")).ok());
  ExpectErrors({
      {absl::StrCat("@\"", phrase, "w\""), "holds 65 words", "1 to 64 words"},
      {absl::StrCat("title:@\"", phrase, "w\""), "holds 65 words", "1 to 64"},
  });
}

TEST_F(BindFilterErrors, MistakesOfGrammarComeFirst) {
  ExpectErrors({
      {"contry = BR AND (@", "ends here", "a word"},
      {"source.publish_time > 2024-11-05T10@:00:00Z", "follows a value",
       "goes into quotes"},
  });
}

}  // namespace
}  // namespace attache::testing
