#include "query_service/service/trip_reader.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/query_service/support/random_records.h"
#include "tests/support/reason_of.h"

namespace attache::testing {
namespace {

using ::testing::HasSubstr;

v1::TripRecord ToBrazil(const std::string& id, int day,
                        size_t table_bytes = 0) {
  v1::TripRecord record;
  record.set_record_id(id);
  record.add_visits()->set_country_code("BR");
  record.add_sectors()->set_sector_id("energy_renewable");
  auto& start = *record.mutable_dates()->mutable_start();
  start.set_year(2024);
  start.set_month(5);
  start.set_day(day);
  record.add_tables()->set_section_title(std::string(table_bytes, 'x'));
  return record;
}

template <typename Response>
Response Parsed(const absl::StatusOr<std::string>& bytes) {
  Response response;
  EXPECT_TRUE(bytes.ok()) << bytes.status();
  EXPECT_TRUE(bytes.ok() && response.ParseFromString(*bytes));
  return response;
}

class TripReaderTest : public ::testing::Test {
 protected:
  TripReaderTest() : index_(TestVocabulary()) {
    for (int i = 0; i < 25; ++i) Write(i, absl::StrCat("b", i));
  }

  void Write(int i, const std::string& briefing, size_t table_bytes = 0) {
    ASSERT_TRUE(
        index_
            .Apply({{ToBriefing(briefing, {ToBrazil(briefing + "#1", 1 + i % 28,
                                                    table_bytes)})}},
                   ++revision_)
            .ok());
  }

  ReaderContext Context(absl::Duration lifetime = absl::Seconds(60)) {
    return {.page_token_key = std::string(32, 'k'),
            .index_id = [this] { return index_id_; },
            .disk_bytes = [] { return int64_t{4096}; },
            .version = "1.2.3",
            .start_time = absl::FromUnixMillis(1500),
            .pins = {.lifetime = lifetime}};
  }

  static v1::ListTripRecordsByCountryRequest Brazil(int page_size) {
    v1::ListTripRecordsByCountryRequest request;
    request.set_country("Brazil");
    request.mutable_page()->set_page_size(page_size);
    return request;
  }

  TripIndex index_;
  int64_t revision_ = 0;
  std::string index_id_ = "index-1";
};

TEST_F(TripReaderTest, PagesShowOneRevisionWhateverIsWrittenMeanwhile) {
  TripReader reader(index_, TestVocabulary(), Context());
  auto request = Brazil(4);
  std::set<std::string> seen;
  int pages = 0;
  std::string token;
  do {
    request.mutable_page()->set_page_token(token);
    request.mutable_page()->set_page_size(3 + pages % 3);
    const auto page =
        Parsed<v1::ListTripRecordsResponse>(reader.ListByCountry(request));
    EXPECT_EQ(page.revision(), 25);
    EXPECT_EQ(page.total_size(), 25);
    for (const auto& record : page.trip_records()) {
      EXPECT_TRUE(seen.insert(record.record_id()).second);
      EXPECT_EQ(record.tables_size(), 0);
    }
    token = page.next_page_token();
    Write(pages, absl::StrCat("b", pages));
    Write(pages, absl::StrCat("new", pages));
    ++pages;
  } while (!token.empty());
  EXPECT_EQ(seen.size(), 25u);
  const auto fresh =
      Parsed<v1::ListTripRecordsResponse>(reader.ListByCountry(Brazil(1000)));
  EXPECT_EQ(fresh.total_size(), 25 + pages);
}

TEST_F(TripReaderTest, AListThatFitsHasNoNextPage) {
  TripReader reader(index_, TestVocabulary(), Context());
  const auto page =
      Parsed<v1::ListTripRecordsResponse>(reader.ListByCountry(Brazil(25)));
  EXPECT_EQ(page.trip_records_size(), 25);
  EXPECT_EQ(page.next_page_token(), "");
  auto request = Brazil(24);
  request.mutable_page()->set_skip_total_size(true);
  const auto uncounted =
      Parsed<v1::ListTripRecordsResponse>(reader.ListByCountry(request));
  EXPECT_EQ(uncounted.total_size(), 0);
  EXPECT_NE(uncounted.next_page_token(), "");
}

TEST_F(TripReaderTest, AnswersAreTheSameBytesAfterARestart) {
  const auto request = Brazil(4);
  const auto first =
      TripReader(index_, TestVocabulary(), Context()).ListByCountry(request);
  TripReader restarted(index_, TestVocabulary(), Context());
  EXPECT_EQ(*first, *restarted.ListByCountry(request));
  // And a token of before goes on, as long as nothing was written.
  auto next = request;
  next.mutable_page()->set_page_token(
      Parsed<v1::ListTripRecordsResponse>(first).next_page_token());
  EXPECT_EQ(Parsed<v1::ListTripRecordsResponse>(restarted.ListByCountry(next))
                .trip_records_size(),
            4);
}

TEST_F(TripReaderTest, RefusesATokenOfAnotherListOrIndex) {
  TripReader reader(index_, TestVocabulary(), Context());
  auto request = Brazil(4);
  request.mutable_page()->set_page_token(
      Parsed<v1::ListTripRecordsResponse>(reader.ListByCountry(request))
          .next_page_token());
  auto other = request;
  other.set_country("PE");
  EXPECT_EQ(ReasonOf(reader.ListByCountry(other).status()),
            "PAGE_TOKEN_INVALID");
  v1::ListTripRecordsBySectorRequest sector;
  sector.set_sector("energy");
  *sector.mutable_page() = request.page();
  EXPECT_EQ(ReasonOf(reader.ListBySector(sector).status()),
            "PAGE_TOKEN_INVALID");
  index_id_ = "index-2";
  EXPECT_EQ(ReasonOf(reader.ListByCountry(request).status()),
            "PAGE_TOKEN_INVALID");
}

TEST_F(TripReaderTest, ATokenExpiresWithItsRevision) {
  TripReader reader(index_, TestVocabulary(), Context(absl::ZeroDuration()));
  auto request = Brazil(4);
  request.mutable_page()->set_page_token(
      Parsed<v1::ListTripRecordsResponse>(reader.ListByCountry(request))
          .next_page_token());
  EXPECT_TRUE(reader.ListByCountry(request).ok()) << "the newest is held";
  Write(1, "b1");
  EXPECT_EQ(ReasonOf(reader.ListByCountry(request).status()), "PAGE_EXPIRED");
}

TEST_F(TripReaderTest, APageEndsBeforeAClientCouldNotReceiveIt) {
  for (int i = 0; i < 12; ++i) Write(i, absl::StrCat("b", i), 900000);
  TripReader reader(index_, TestVocabulary(), Context());
  auto request = Brazil(1000);
  request.mutable_page()->set_view(v1::RECORD_VIEW_FULL);
  std::set<std::string> seen;
  do {
    const auto bytes = reader.ListByCountry(request);
    ASSERT_TRUE(bytes.ok());
    EXPECT_LT(bytes->size(), size_t{4} << 20);
    const auto page = Parsed<v1::ListTripRecordsResponse>(bytes);
    EXPECT_GT(page.trip_records_size(), 0);
    for (const auto& record : page.trip_records()) {
      EXPECT_TRUE(seen.insert(record.record_id()).second);
    }
    request.mutable_page()->set_page_token(page.next_page_token());
  } while (!request.page().page_token().empty());
  EXPECT_EQ(seen.size(), 25u);
}

TEST_F(TripReaderTest, GetsARecordFullOrBasic) {
  TripReader reader(index_, TestVocabulary(), Context());
  v1::GetTripRecordRequest request;
  request.set_record_id("b3#1");
  EXPECT_EQ(*reader.Get(request), Serialize(ToBrazil("b3#1", 4)));
  request.set_view(v1::RECORD_VIEW_BASIC);
  EXPECT_EQ(Parsed<v1::TripRecord>(reader.Get(request)).tables_size(), 0);
  request.set_record_id("none");
  EXPECT_EQ(ReasonOf(reader.Get(request).status()), "RECORD_NOT_FOUND");
  request.set_record_id("");
  EXPECT_EQ(ReasonOf(reader.Get(request).status()), "FIELD_INVALID");
  request.set_record_id("b3#1");
  request.set_min_revision(26);
  EXPECT_EQ(ReasonOf(reader.Get(request).status()), "REVISION_NOT_REACHED");
}

TEST_F(TripReaderTest, GetsABatchInTheOrderAsked) {
  TripReader reader(index_, TestVocabulary(), Context());
  v1::BatchGetTripRecordsRequest request;
  for (const char* id : {"b7#1", "none", "b2#1"}) request.add_record_ids(id);
  const auto batch =
      Parsed<v1::BatchGetTripRecordsResponse>(reader.BatchGet(request));
  ASSERT_EQ(batch.trip_records_size(), 2);
  EXPECT_EQ(batch.trip_records(0).record_id(), "b7#1");
  EXPECT_EQ(batch.trip_records(1).record_id(), "b2#1");
  EXPECT_THAT(batch.missing_record_ids(), ::testing::ElementsAre("none"));
  EXPECT_EQ(batch.revision(), 25);
  request.add_record_ids("");
  EXPECT_EQ(ReasonOf(reader.BatchGet(request).status()), "FIELD_INVALID");
  request.mutable_record_ids()->Clear();
  for (int i = 0; i < 1001; ++i) request.add_record_ids("x");
  EXPECT_THAT(std::string(reader.BatchGet(request).status().message()),
              HasSubstr("at most 1000"));
}

TEST_F(TripReaderTest, NamesTheRecordsThatABatchHasNoRoomFor) {
  for (int i = 0; i < 6; ++i) Write(i, absl::StrCat("b", i), 900000);
  TripReader reader(index_, TestVocabulary(), Context());
  v1::BatchGetTripRecordsRequest request;
  request.set_view(v1::RECORD_VIEW_FULL);
  for (int i = 0; i < 7; ++i)
    request.add_record_ids(absl::StrCat("b", i, "#1"));
  const auto batch =
      Parsed<v1::BatchGetTripRecordsResponse>(reader.BatchGet(request));
  EXPECT_EQ(batch.trip_records_size(), 4);
  EXPECT_THAT(batch.deferred_record_ids(),
              ::testing::ElementsAre("b4#1", "b5#1", "b6#1"));
  EXPECT_EQ(batch.missing_record_ids_size(), 0);
}

TEST_F(TripReaderTest, ListsTheVocabularyWithCounts) {
  const TripReader reader(index_, TestVocabulary(), Context());
  v1::ListVocabularyRequest request;
  request.set_dimension(v1::DIMENSION_SECTOR);
  const auto sectors = reader.ListVocabulary(request);
  ASSERT_TRUE(sectors.ok());
  for (const auto& entry : sectors->entries()) {
    const bool counted =
        entry.id() == "energy" || entry.id() == "energy_renewable";
    EXPECT_EQ(entry.record_count(), counted ? 25 : 0) << entry.id();
    EXPECT_NE(entry.display_name(), "");
  }
  request.set_dimension(v1::DIMENSION_COUNTRY);
  request.set_language_code("xx-YY");
  const auto countries = reader.ListVocabulary(request);
  ASSERT_TRUE(countries.ok());
  const auto brazil =
      std::find_if(countries->entries().begin(), countries->entries().end(),
                   [](const auto& entry) { return entry.id() == "BR"; });
  ASSERT_NE(brazil, countries->entries().end());
  EXPECT_EQ(brazil->display_name(), "Brazil");
  EXPECT_EQ(brazil->record_count(), 25);
  request.set_dimension(v1::DIMENSION_MONTH);
  EXPECT_EQ(ReasonOf(reader.ListVocabulary(request).status()), "FIELD_INVALID");
}

// What reads records once its client is gone ends early, and says so rather
// than give part of an answer.
TEST_F(TripReaderTest, WhatNobodyWaitsForIsCancelled) {
  TripReader reader(index_, TestVocabulary(), Context());
  int asked = 0;
  const auto until = [&asked](int most) {
    asked = 0;
    return std::make_shared<const Stop>(
        [&asked, most] { return ++asked <= most; });
  };
  const std::string filter = "tables.section_title:*x*";
  v1::SearchTripRecordsRequest search;
  search.set_filter(filter);
  EXPECT_TRUE(reader.Search(search, until(1000)).ok());
  EXPECT_GE(asked, 25);  // each record is one
  EXPECT_EQ(reader.Search(search, until(10)).status().code(),
            absl::StatusCode::kCancelled);
  EXPECT_EQ(asked, 11);

  v1::ExplainTripRecordsRequest explain;
  explain.set_filter(filter);
  EXPECT_EQ(reader.Explain(explain, until(10)).status().code(),
            absl::StatusCode::kCancelled);
  v1::SummarizeTripRecordsRequest summarize;
  summarize.add_dimensions(v1::DIMENSION_COUNTRY);
  summarize.set_filter(filter);
  EXPECT_EQ(reader.Summarize(summarize, until(10)).status().code(),
            absl::StatusCode::kCancelled);
  v1::ExportTripRecordsRequest all;
  all.set_filter(filter);
  EXPECT_EQ(reader.Export(all, until(10)).status().code(),
            absl::StatusCode::kCancelled);
}

TEST_F(TripReaderTest, TellsTheStateOfTheIndex) {
  const TripReader reader(index_, TestVocabulary(), Context());
  const auto status = reader.GetIndexStatus();
  EXPECT_EQ(status.revision(), 25);
  EXPECT_EQ(status.record_count(), 25);
  EXPECT_EQ(status.briefing_count(), 25);
  EXPECT_EQ(status.index_id(), "index-1");
  EXPECT_EQ(status.version(), "1.2.3");
  EXPECT_EQ(status.disk_bytes(), 4096);
  EXPECT_GT(status.memory_bytes(), 0);
  EXPECT_EQ(status.start_time().seconds(), 1);
  EXPECT_EQ(status.start_time().nanos(), 500000000);
}

}  // namespace
}  // namespace attache::testing
