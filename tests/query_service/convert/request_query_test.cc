#include "query_service/convert/request_query.h"

#include <limits>
#include <map>
#include <string>
#include <vector>

#include "common/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query_service/index/trip_index.h"
#include "tests/query_service/support/random_records.h"
#include "tests/support/reason_of.h"

namespace attache::testing {
namespace {

using ::testing::HasSubstr;

class RequestQuery : public ::testing::Test {
 protected:
  RequestQuery() : index_(TestVocabulary()) {
    v1::TripRecord record;
    record.set_record_id("b#1");
    record.mutable_source()->set_language_code("en");
    record.add_objectives()->set_text("Building glacier resilience");
    record.add_objectives()->set_text("Deeper talks");
    EXPECT_TRUE(index_.Apply({{ToBriefing("b", {record})}}, 1).ok());
  }

  template <typename Request>
  absl::StatusOr<Query> Convert(const Request& request) const {
    return ToQuery(request, *TestVocabulary(), *index_.Pin());
  }

  absl::StatusOr<Query> Country(
      const std::string& name,
      v1::CountryRole role = v1::COUNTRY_ROLE_UNSPECIFIED) const {
    v1::ListTripRecordsByCountryRequest request;
    request.set_country(name);
    request.set_role(role);
    return Convert(request);
  }

  absl::StatusOr<Query> Objective(const std::string& value) const {
    v1::ListTripRecordsByObjectiveRequest request;
    request.set_objective(value);
    return Convert(request);
  }

  absl::Status FilterError(const v1::TripFilter& filter) const {
    v1::ListTripRecordsByCountryRequest request;
    request.set_country("BR");
    *request.mutable_filter() = filter;
    return Convert(request).status();
  }

  TripIndex index_;
};

std::string Metadata(const absl::Status& status, const std::string& key) {
  const auto details = DetailsOf(status);
  if (!details) return "";
  for (const auto& [name, value] : details->metadata) {
    if (name == key) return value;
  }
  return "";
}

TEST_F(RequestQuery, TakesACountryByAnyOfItsCodesAndNames) {
  for (const char* name :
       {"BR", "br", "BRA", "076", "Brazil", "brasil", " BRASIL "}) {
    const auto query = Country(name);
    ASSERT_TRUE(query.ok()) << query.status();
    EXPECT_EQ(ToString(*query), "visited:BR") << name;
  }
}

TEST_F(RequestQuery, ARegionStandsForItsCountriesAndAsMentionForItself) {
  const auto visited = Country("005");
  ASSERT_TRUE(visited.ok()) << visited.status();
  EXPECT_EQ(visited->kind, Query::Kind::kOr);
  EXPECT_THAT(ToString(*visited), HasSubstr("visited:BR"));
  EXPECT_THAT(ToString(*visited), ::testing::Not(HasSubstr("region:005")));
  EXPECT_EQ(*Country("South America"), *visited);
  const auto mentioned = Country("019", v1::COUNTRY_ROLE_MENTIONED);
  EXPECT_THAT(ToString(*mentioned), HasSubstr("mentioned:BR"));
  EXPECT_THAT(ToString(*mentioned), HasSubstr("region:019"));
  EXPECT_THAT(ToString(*mentioned), HasSubstr("region:005"));
}

TEST_F(RequestQuery, NamesTheNearestWhereANameIsUnknown) {
  const absl::Status country = Country("Brazzil").status();
  EXPECT_EQ(ReasonOf(country), "UNKNOWN_COUNTRY");
  EXPECT_EQ(Metadata(country, "value"), "Brazzil");
  EXPECT_THAT(Metadata(country, "nearest"), HasSubstr("Brazil"));
  EXPECT_THAT(std::string(country.message()), HasSubstr("Brazil"));

  v1::ListTripRecordsBySectorRequest sector;
  sector.set_sector("agricultur");
  EXPECT_EQ(ReasonOf(Convert(sector).status()), "UNKNOWN_SECTOR");
  EXPECT_THAT(Metadata(Convert(sector).status(), "nearest"),
              ::testing::ContainsRegex("[Aa]gricultur"));
  EXPECT_EQ(ReasonOf(Country(std::string(100000, 'x')).status()),
            "UNKNOWN_COUNTRY");
}

TEST_F(RequestQuery, AParentSectorCoversItsChildrenUnlessToldNotTo) {
  v1::ListTripRecordsBySectorRequest request;
  request.set_sector("energy");
  EXPECT_THAT(ToString(*Convert(request)), HasSubstr("sector:energy_nuclear"));
  request.set_exclude_children(true);
  EXPECT_EQ(ToString(*Convert(request)), "sector:energy");
}

TEST_F(RequestQuery, AnObjectiveIsAnIdOrWordsOfOneText) {
  EXPECT_EQ(ToString(*Objective("enhance_trade")), "objective:enhance_trade");
  const auto by_words = Objective("resilience of glaciers");
  EXPECT_EQ(ReasonOf(by_words.status()), "UNKNOWN_OBJECTIVE");
  const auto found = Objective("glaciers resilience");
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->kind, Query::Kind::kElement);
  // The words stand in two different objectives.
  EXPECT_EQ(ReasonOf(Objective("glacier talks").status()), "UNKNOWN_OBJECTIVE");
  EXPECT_EQ(ReasonOf(Objective("").status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(Objective("  ").status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(Objective("?!").status()), "FIELD_INVALID");
}

TEST_F(RequestQuery, RefusesWhatAFilterMayNotHold) {
  struct Case {
    const char* field;
    v1::TripFilter filter;
  };
  std::vector<Case> cases;
  const auto add = [&cases](const char* field) -> v1::TripFilter& {
    return cases.emplace_back(Case{field, {}}).filter;
  };
  add("filter.countries[0]").add_countries("");
  add("filter.sectors[0]").add_sectors(" ");
  add("filter.objectives[0]").add_objectives("");
  add("filter.travelers[0]").add_travelers("");
  add("filter.event_series[0]").add_event_series("");
  add("filter.event_series[0]").add_event_series("no such series");
  add("filter.publishers[0]").add_publishers("");
  add("filter.language_codes[0]").add_language_codes("");
  add("filter.statuses[0]").add_statuses(v1::TRIP_STATUS_UNSPECIFIED);
  add("filter.statuses[0]").add_statuses(static_cast<v1::TripStatus>(77));
  add("filter.text").set_text("...");
  add("filter.min_confidence").set_min_confidence(1.5F);
  add("filter.min_confidence").set_min_confidence(-0.1F);
  add("filter.min_confidence")
      .set_min_confidence(std::numeric_limits<float>::quiet_NaN());
  (*add("filter.labels").mutable_labels())[""] = "x";
  add("filter.travel_start").mutable_travel_start()->set_month(13);
  auto& yearless = *add("filter.travel_end").mutable_travel_end();
  yearless.set_month(2);
  yearless.set_day(3);
  auto& backward = add("filter.travel_end");
  backward.mutable_travel_start()->set_year(2025);
  backward.mutable_travel_end()->set_year(2024);
  add("filter.published_from").mutable_published_from()->set_nanos(-1);
  auto& empty = add("filter.published_until");
  empty.mutable_published_from()->set_seconds(5);
  empty.mutable_published_until()->set_seconds(5);
  auto& many = add("filter.countries");
  for (int i = 0; i < 101; ++i) many.add_countries("BR");
  auto& long_text = add("filter.text");
  for (int i = 0; i < 65; ++i) long_text.mutable_text()->append("word ");
  for (const Case& bad : cases) {
    const absl::Status status = FilterError(bad.filter);
    EXPECT_EQ(ReasonOf(status), "FIELD_INVALID") << bad.filter.DebugString();
    EXPECT_EQ(Metadata(status, "field"), bad.field)
        << bad.filter.DebugString() << status;
  }
}

TEST_F(RequestQuery, NamesTheFilterFieldOfAnUnknownName) {
  v1::TripFilter filter;
  filter.add_countries("PE");
  filter.add_countries("Perru");
  const absl::Status status = FilterError(filter);
  EXPECT_EQ(ReasonOf(status), "UNKNOWN_COUNTRY");
  EXPECT_THAT(std::string(status.message()), HasSubstr("filter.countries[1]"));
}

TEST_F(RequestQuery, RefusesARoleThatIsNone) {
  EXPECT_EQ(Metadata(Country("BR", static_cast<v1::CountryRole>(9)).status(),
                     "field"),
            "role");
}

TEST(PageParameters, HaveDefaultsAndLimits) {
  v1::PageOptions page;
  const auto defaults = ToPageParameters(page);
  ASSERT_TRUE(defaults.ok());
  EXPECT_EQ(defaults->limit, 50u);
  EXPECT_EQ(defaults->order, Order::kStartDesc);
  EXPECT_TRUE(defaults->basic);
  EXPECT_TRUE(defaults->count);
  page.set_page_size(1000);
  EXPECT_EQ(ToPageParameters(page)->limit, 1000u);
  page.set_page_size(1001);
  EXPECT_THAT(std::string(ToPageParameters(page).status().message()),
              HasSubstr("at most 1000"));
  page.set_page_size(-1);
  EXPECT_EQ(Metadata(ToPageParameters(page).status(), "field"),
            "page.page_size");
}

TEST(PageParameters, KnowFourOrders) {
  const std::map<std::string, Order> orders = {
      {"", Order::kStartDesc},
      {"start_date desc", Order::kStartDesc},
      {" start_date   desc ", Order::kStartDesc},
      {"start_date", Order::kStartAsc},
      {"publish_time desc", Order::kPublishDesc},
      {"publish_time", Order::kPublishAsc}};
  v1::PageOptions page;
  for (const auto& [text, order] : orders) {
    page.set_order_by(text);
    EXPECT_EQ(ToPageParameters(page)->order, order) << text;
  }
  for (const char* bad : {"title", "start_date up", "start_date, publish_time",
                          "start_datedesc"}) {
    page.set_order_by(bad);
    EXPECT_EQ(Metadata(ToPageParameters(page).status(), "field"),
              "page.order_by")
        << bad;
  }
}

TEST(PageParameters, RefuseAViewThatIsNoneAndANegativeRevision) {
  v1::PageOptions page;
  page.set_view(static_cast<v1::RecordView>(7));
  EXPECT_EQ(Metadata(ToPageParameters(page).status(), "field"), "page.view");
  page.set_view(v1::RECORD_VIEW_FULL);
  EXPECT_FALSE(ToPageParameters(page)->basic);
  page.set_min_revision(-1);
  EXPECT_EQ(Metadata(ToPageParameters(page).status(), "field"),
            "page.min_revision");
}

}  // namespace
}  // namespace attache::testing
