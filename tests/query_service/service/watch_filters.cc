#include "tests/query_service/service/watch_filters.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"

namespace attache::testing {
namespace {

template <typename Items, typename F>
bool Any(const Items& items, F holds) {
  return std::any_of(items.begin(), items.end(), holds);
}

RandomFilter ById(const std::string& id) {
  return {absl::StrCat("record_id = \"", id, "\""),
          [id](const v1::TripRecord& r) { return r.record_id() == id; }};
}

RandomFilter Restriction(RandomRecords& random) {
  static const char* const kCountries[] = {"BR", "PE", "BE", "US"};
  const std::string country = kCountries[random.Below(4)];
  switch (random.Below(7)) {
    case 0:
      return {absl::StrCat("visits.country_code:\"", country, "\""),
              [country](const v1::TripRecord& r) {
                return Any(r.visits(), [&](const auto& visit) {
                  return visit.country_code() == country;
                });
              }};
    case 1:
      return {absl::StrCat("travelers.country_code:\"", country, "\""),
              [country](const v1::TripRecord& r) {
                return Any(r.travelers(), [&](const auto& traveler) {
                  return traveler.country_code() == country;
                });
              }};
    case 2:
      return {"status = CANCELLED", [](const v1::TripRecord& r) {
                return r.status() == v1::TRIP_STATUS_CANCELLED;
              }};
    case 3:
      return {"labels.desk = \"a\"", [](const v1::TripRecord& r) {
                const auto desk = r.labels().find("desk");
                return desk != r.labels().end() && desk->second == "a";
              }};
    case 4:
      return {"sectors.sector_id:\"energy\"", [](const v1::TripRecord& r) {
                return Any(r.sectors(), [](const auto& sector) {
                  return sector.sector_id().rfind("energy", 0) == 0;
                });
              }};
    case 5:
      return {"extraction.confidence >= 0.5", [](const v1::TripRecord& r) {
                return r.extraction().confidence() >= 0.5F;
              }};
    default:
      return ById(absl::StrCat("b", random.Below(6), "#1"));
  }
}

}  // namespace

RandomFilter RandomWatchFilter(RandomRecords& random) {
  const auto atom = [&random] { return Restriction(random); };
  switch (random.Below(5)) {
    case 0:
      return {"", [](const v1::TripRecord&) { return true; }};
    case 1: {
      RandomFilter a = atom();
      return {absl::StrCat("NOT ", a.text),
              [a](const v1::TripRecord& r) { return !a.holds(r); }};
    }
    case 2: {
      RandomFilter a = atom();
      RandomFilter b = atom();
      return {absl::StrCat(a.text, " AND NOT ", b.text),
              [a, b](const v1::TripRecord& r) {
                return a.holds(r) && !b.holds(r);
              }};
    }
    case 3: {
      RandomFilter a = atom();
      RandomFilter b = atom();
      return {
          absl::StrCat(a.text, " OR ", b.text),
          [a, b](const v1::TripRecord& r) { return a.holds(r) || b.holds(r); }};
    }
    default:
      return atom();
  }
}

}  // namespace attache::testing
