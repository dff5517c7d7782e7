#include "tests/query_service/support/random_filter/record_fields.h"

#include <functional>
#include <string>

#include "tests/query_service/support/random_filter/kinds.h"

// Messages stand behind those that they consist of. What stands twice is tried
// twice as often.
namespace attache::testing::random_filter {

template <>
const Makers<google::protobuf::Timestamp>& Fields() {
  using M = google::protobuf::Timestamp;
  static const Makers<M> kFields = {
      Field("seconds", &M::seconds, Integers({1699920000, 1700006400})),
      Field("nanos", &M::nanos, Integers({0, 1, 2})),
  };
  return kFields;
}

template <>
const Makers<v1::PartialDate>& Fields() {
  using M = v1::PartialDate;
  static const Makers<M> kFields = {
      Field("year", &M::year, Integers({2024, 2025})),
      Field("month", &M::month, Integers({1, 2, 3})),
      Field("day", &M::day, Integers({0, 10, 20})),
  };
  return kFields;
}

template <>
const Makers<v1::DateRange>& Fields() {
  using M = v1::DateRange;
  static const Makers<M> kFields = {
      Field("start", &M::start, &M::has_start, Dates()),
      Field("start", &M::start, &M::has_start, Dates()),
      Field("end", &M::end, &M::has_end, Dates()),
      Field("start", &M::start, &M::has_start),
      Field("end", &M::end, &M::has_end),
      Field("text", &M::text, Written()),
  };
  return kFields;
}

template <>
const Makers<v1::Source>& Fields() {
  using M = v1::Source;
  static const Makers<M> kFields = {
      Field("briefing_id", &M::briefing_id,
            Ids({"b1", "b2", "b3", "b30"}, {"b1*", "*2"})),
      Field("uri", &M::uri,
            Ids({"https://a.example/b1"}, {"https:*", "*example/b*"})),
      Field("title", &M::title, Written()),
      Field("publisher", &M::publisher, Publishers()),
      Field("publish_time", &M::publish_time, &M::has_publish_time, Times()),
      Field("publish_time", &M::publish_time, &M::has_publish_time, Times()),
      Field("publish_time", &M::publish_time, &M::has_publish_time),
      Field("language_code", &M::language_code, Languages()),
      Field("media_type", &M::media_type,
            Ids({"text/html", "text/plain"}, {"text*"})),
      Field("version", &M::version, Integers({0, 1, 2, 3})),
  };
  return kFields;
}

template <>
const Makers<v1::Traveler>& Fields() {
  using M = v1::Traveler;
  static const Makers<M> kFields = {
      Field("name", &M::name, Written()),
      Field("role", &M::role, Written()),
      Field("country_code", &M::country_code, Countries()),
      Field("organization", &M::organization, Written()),
      Field("role_id", &M::role_id, RoleIds()),
      Field("confidence", &M::confidence),
  };
  return kFields;
}

template <>
const Makers<v1::CountryVisit>& Fields() {
  using M = v1::CountryVisit;
  static const Makers<M> kFields = {
      Field("country_code", &M::country_code, Countries()),
      Field("places", &M::places, Written()),
      Field("dates", &M::dates, &M::has_dates),
      Field("dates", &M::dates, &M::has_dates),
      Field("confidence", &M::confidence),
  };
  return kFields;
}

template <>
const Makers<v1::CountryMention>& Fields() {
  using M = v1::CountryMention;
  static const Makers<M> kFields = {
      Field("country_code", &M::country_code, Countries()),
      Field("mention_count", &M::mention_count, Integers({0, 1, 2, 3})),
  };
  return kFields;
}

template <>
const Makers<v1::RegionMention>& Fields() {
  using M = v1::RegionMention;
  static const Makers<M> kFields = {
      Field("region_id", &M::region_id, Regions()),
      Field("text", &M::text, Written()),
  };
  return kFields;
}

template <>
const Makers<v1::Event>& Fields() {
  using M = v1::Event;
  static const Makers<M> kFields = {
      Field("name", &M::name, Written()),
      Field("series_id", &M::series_id, Series()),
      Field("country_code", &M::country_code, Countries()),
      Field("dates", &M::dates, &M::has_dates),
      Field("confidence", &M::confidence),
  };
  return kFields;
}

template <>
const Makers<v1::Meeting>& Fields() {
  using M = v1::Meeting;
  static const Makers<M> kFields = {
      Field("counterpart", &M::counterpart, Written()),
      Field("role", &M::role, Written()),
      Field("country_code", &M::country_code, Countries()),
      Field("organization", &M::organization, Written()),
      Field("role_id", &M::role_id, RoleIds()),
      Field("confidence", &M::confidence),
  };
  return kFields;
}

template <>
const Makers<v1::Objective>& Fields() {
  using M = v1::Objective;
  static const Makers<M> kFields = {
      Field("objective_id", &M::objective_id, Objectives()),
      Field("text", &M::text, Written()),
      Field("description", &M::description, Written()),
      Field("anticipated_impact", &M::anticipated_impact, Written()),
      Field("country_codes", &M::country_codes, Countries()),
      Field("sector_ids", &M::sector_ids, Sectors()),
      Field("confidence", &M::confidence),
  };
  return kFields;
}

template <>
const Makers<v1::Money>& Fields() {
  using M = v1::Money;
  static const Makers<M> kFields = {
      Field("currency_code", &M::currency_code,
            Ids({"USD", "EUR", "usd"}, {"*D", "E*"})),
      Field("units", &M::units, Integers({-7, 0, 1, 500000})),
      Field("nanos", &M::nanos, Integers({0, 500000000})),
  };
  return kFields;
}

template <>
const Makers<v1::Amount>& Fields() {
  using M = v1::Amount;
  static const Makers<M> kFields = {
      Field("low", &M::low, &M::has_low, Sums()),
      Field("high", &M::high, &M::has_high, Sums()),
      Field("low", &M::low, &M::has_low),
      Field("high", &M::high, &M::has_high),
      Field("approximate", &M::approximate),
      Field("kind", &M::kind, AmountKinds()),
      Field("text", &M::text, Written()),
  };
  return kFields;
}

template <>
const Makers<v1::SectorEngagement>& Fields() {
  using M = v1::SectorEngagement;
  static const Makers<M> kFields = {
      Field("sector_id", &M::sector_id, Sectors()),
      Field("text", &M::text, Written()),
      Field("description", &M::description, Written()),
      Field("investment", &M::investment, &M::has_investment),
      Field("key_players", &M::key_players, Written()),
      Field("country_codes", &M::country_codes, Countries()),
      Field("confidence", &M::confidence),
  };
  return kFields;
}

template <>
const Makers<v1::Commitment>& Fields() {
  using M = v1::Commitment;
  static const Makers<M> kFields = {
      Field("text", &M::text, Written()),
      Field("description", &M::description, Written()),
      Field("amount", &M::amount, &M::has_amount),
      Field("country_codes", &M::country_codes, Countries()),
      Field("sector_ids", &M::sector_ids, Sectors()),
      Field("confidence", &M::confidence),
  };
  return kFields;
}

template <>
const Makers<v1::FocusArea>& Fields() {
  using M = v1::FocusArea;
  static const Makers<M> kFields = {
      Field("text", &M::text, Written()),
      Field("expected_outcomes", &M::expected_outcomes, Written()),
      Field("description", &M::description, Written()),
      Field("country_codes", &M::country_codes, Countries()),
      Field("sector_ids", &M::sector_ids, Sectors()),
      Field("confidence", &M::confidence),
  };
  return kFields;
}

template <>
const Makers<v1::TableRow>& Fields() {
  using M = v1::TableRow;
  static const Makers<M> kFields = {
      Field("cells", &M::cells, Written()),
  };
  return kFields;
}

template <>
const Makers<v1::Table>& Fields() {
  using M = v1::Table;
  static const Makers<M> kFields = {
      Field("section_title", &M::section_title, Written()),
      Field("header", &M::header, Written()),
      Field("rows", &M::rows),
  };
  return kFields;
}

template <>
const Makers<v1::Evidence>& Fields() {
  using M = v1::Evidence;
  static const Makers<M> kFields = {
      Field("begin_byte", &M::begin_byte, Integers({0, 1, 2})),
      Field("quote", &M::quote, Written()),
      Field("in_title", &M::in_title),
  };
  return kFields;
}

template <>
const Makers<v1::Issue>& Fields() {
  using M = v1::Issue;
  static const Makers<M> kFields = {
      Field("code", &M::code,
            Ids({"TABLE_WIDTH_MISMATCH", "AMBIGUOUS_PLACE"}, {"TABLE*"})),
      Field("message", &M::message, Written()),
      Field("end_byte", &M::end_byte, Integers({0, 1})),
  };
  return kFields;
}

template <>
const Makers<v1::Extraction>& Fields() {
  using M = v1::Extraction;
  static const Makers<M> kFields = {
      Field("parser_version", &M::parser_version, Ids({"1.0", "1.1"}, {"1*"})),
      Field("confidence", &M::confidence),
      Field("confidence", &M::confidence),
      Field("coverage", &M::coverage),
      Field("issues", &M::issues),
  };
  return kFields;
}

namespace {

// One label, which may be empty; or all keys.
std::function<Strings(const v1::TripRecord&)> Label(const std::string& key) {
  return [key](const v1::TripRecord& r) {
    const auto found = r.labels().find(key);
    return found == r.labels().end() ? Strings() : Strings{found->second};
  };
}

Strings LabelKeys(const v1::TripRecord& r) {
  Strings keys;
  for (const auto& [key, value] : r.labels()) keys.push_back(key);
  return keys;
}

}  // namespace

template <>
const Makers<v1::TripRecord>& Fields() {
  using M = v1::TripRecord;
  static const Makers<M> kFields = {
      Field("record_id", &M::record_id,
            Ids({"b1#1", "b1#2", "b20#1", "b3#3"}, {"b1*", "*#2", "*"})),
      Field("source", &M::source, &M::has_source),
      Field("source", &M::source, &M::has_source),
      Field("title", &M::title, Written()),
      Field("status", &M::status, Statuses()),
      Field("travelers", &M::travelers),
      Field("visits", &M::visits),
      Field("visits", &M::visits),
      Field("mentioned_countries", &M::mentioned_countries),
      Field("regions", &M::regions),
      Field("dates", &M::dates, &M::has_dates),
      Field("dates", &M::dates, &M::has_dates),
      Field("events", &M::events),
      Field("meetings", &M::meetings),
      Field("objectives", &M::objectives),
      Field("sectors", &M::sectors),
      Field("commitments", &M::commitments),
      Field("focus_areas", &M::focus_areas),
      Field("amounts", &M::amounts),
      Field("extraction", &M::extraction, &M::has_extraction),
      Values<M, std::string>(
          "labels", LabelKeys,
          Ids({"desk", "tier", "my key", "none"}, {"t*", "*k*"}, {":"})),
      Values<M, std::string>("labels.desk", Label("desk"),
                             Ids({"a", "b", "c", ""}, {"a*", "*"})),
      Values<M, std::string>("labels.\"tier\"", Label("tier"),
                             Ids({"", "x"}, {"*"})),
      Values<M, std::string>("labels.\"my key\"", Label("my key"),
                             Ids({"a*b", "axb"}, {"a*b", "*b"})),
      Field("revision", &M::revision, Integers({0, 1, 2, 3})),
      Field("index_time", &M::index_time, &M::has_index_time, Times()),
      Field("tables", &M::tables),
      Field("evidence", &M::evidence),
  };
  return kFields;
}

}  // namespace attache::testing::random_filter
