#include "tests/query_service/support/plain_filter.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/civil_date.h"
#include "tests/query_service/support/plain_words.h"

namespace attache::testing {
namespace {

using Strings = std::vector<std::string>;

Strings Codes(const std::string& place) {
  const Region* region = TestVocabulary()->FindRegion(place);
  return region == nullptr ? Strings{place} : Strings(region->countries);
}

bool RegionWithin(const std::string& inner, const std::string& outer) {
  for (std::string id = inner; !id.empty();) {
    if (id == outer) return true;
    const Region* region = TestVocabulary()->FindRegion(id);
    id = region == nullptr ? "" : region->parent_id;
  }
  return false;
}

template <typename Items, typename F>
bool AnyItem(const Items& items, F satisfies) {
  return std::any_of(items.begin(), items.end(), satisfies);
}

bool Among(const Strings& values, const std::string& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool HasCountry(const v1::TripRecord& r, const std::string& place, int role) {
  const Strings codes = Codes(place);
  const auto listed = [&](const auto& item) {
    return Among(codes, item.country_code());
  };
  const bool visited = AnyItem(r.visits(), listed);
  const bool mentioned = AnyItem(r.mentioned_countries(), listed) ||
                         AnyItem(r.regions(), [&](const auto& region) {
                           return RegionWithin(region.region_id(), place);
                         });
  const bool origin = AnyItem(r.travelers(), listed);
  switch (role) {
    case v1::COUNTRY_ROLE_MENTIONED:
      return mentioned;
    case v1::COUNTRY_ROLE_ORIGIN:
      return origin;
    case v1::COUNTRY_ROLE_ANY:
      return visited || mentioned || origin;
    default:
      return visited;
  }
}

bool HasSector(const v1::TripRecord& r, const std::string& id, bool children) {
  return AnyItem(r.sectors(), [&](const auto& sector) {
    for (std::string at = sector.sector_id(); !at.empty();) {
      if (at == id) return true;
      const VocabularyItem* item = TestVocabulary()->FindSector(at);
      at = item == nullptr || !children ? "" : item->parent_id;
    }
    return false;
  });
}

bool HasObjective(const v1::TripRecord& r, const std::string& value) {
  return AnyItem(r.objectives(), [&](const auto& objective) {
    if (TestVocabulary()->FindObjective(value) != nullptr) {
      return objective.objective_id() == value;
    }
    const auto named = TestVocabulary()->objective_names().Find(value);
    return (named && objective.objective_id() == *named) ||
           PlainHoldsWords(r.source().language_code(), objective.text(), value);
  });
}

std::optional<DayInterval> Interval(const v1::PartialDate& date) {
  return IntervalOf({date.year(), date.month(), date.day()});
}

bool OverlapsTravel(const v1::TripRecord& r, const v1::TripFilter& f) {
  if (!f.has_travel_start() && !f.has_travel_end()) return true;
  auto start = Interval(r.dates().start());
  auto end = Interval(r.dates().end());
  if (!start && !end) return false;
  if (!start) start = end;
  if (!end) end = start;
  const int first = std::min(start->first, end->first);
  const int last = std::max(start->last, end->last);
  return (!f.has_travel_start() || last >= Interval(f.travel_start())->first) &&
         (!f.has_travel_end() || first <= Interval(f.travel_end())->last);
}

bool PublishedWithin(const v1::TripRecord& r, const v1::TripFilter& f) {
  const auto at = [](const google::protobuf::Timestamp& time) {
    return std::make_pair(time.seconds(), time.nanos());
  };
  if (!f.has_published_from() && !f.has_published_until()) return true;
  if (!r.source().has_publish_time()) return false;
  const auto time = at(r.source().publish_time());
  return (!f.has_published_from() || time >= at(f.published_from())) &&
         (!f.has_published_until() || time < at(f.published_until()));
}

std::string AllText(const v1::TripRecord& r) {
  std::string text = r.title();
  for (const auto& t : r.travelers()) absl::StrAppend(&text, " ", t.name());
  for (const auto& o : r.objectives()) absl::StrAppend(&text, " ", o.text());
  for (const auto& table : r.tables()) {
    for (const auto& row : table.rows()) {
      absl::StrAppend(&text, " ", absl::StrJoin(row.cells(), " "));
    }
  }
  return text;
}

bool HasTraveler(const v1::TripRecord& r, const std::string& value) {
  return AnyItem(r.travelers(), [&](const auto& traveler) {
    const Strings held = PlainWords(PlainText(traveler.name()));
    const Strings wanted = PlainWords(PlainText(value));
    return std::all_of(wanted.begin(), wanted.end(),
                       [&](const auto& word) { return Among(held, word); });
  });
}

template <typename Values, typename F>
bool AnyOrUnset(const Values& values, F satisfies) {
  return values.empty() || AnyItem(values, satisfies);
}

bool Passes(const v1::TripRecord& r, const v1::TripFilter& f) {
  const std::string language =
      absl::AsciiStrToLower(r.source().language_code());
  return AnyOrUnset(f.countries(),
                    [&](const auto& v) { return HasCountry(r, v, 0); }) &&
         AnyOrUnset(f.sectors(),
                    [&](const auto& v) { return HasSector(r, v, true); }) &&
         AnyOrUnset(f.objectives(),
                    [&](const auto& v) { return HasObjective(r, v); }) &&
         AnyOrUnset(f.travelers(),
                    [&](const auto& v) { return HasTraveler(r, v); }) &&
         AnyOrUnset(f.event_series(),
                    [&](const auto& v) {
                      return AnyItem(r.events(), [&](const auto& event) {
                        return event.series_id() == v;
                      });
                    }) &&
         AnyOrUnset(f.publishers(),
                    [&](const auto& v) {
                      return PlainKey(r.source().publisher()) == PlainKey(v);
                    }) &&
         AnyOrUnset(f.language_codes(),
                    [&](const auto& v) {
                      const std::string tag = absl::AsciiStrToLower(v);
                      return language == tag ||
                             language.rfind(tag + "-", 0) == 0;
                    }) &&
         AnyOrUnset(f.statuses(),
                    [&](const auto& v) { return r.status() == v; }) &&
         OverlapsTravel(r, f) && PublishedWithin(r, f) &&
         PlainHoldsWords(language, AllText(r), f.text()) &&
         r.extraction().confidence() >= f.min_confidence() &&
         std::all_of(f.labels().begin(), f.labels().end(), [&](const auto& l) {
           const auto held = r.labels().find(l.first);
           return held != r.labels().end() && held->second == l.second;
         });
}

bool IsSubject(const v1::TripRecord& r,
               const v1::ListTripRecordsByCountryRequest& request) {
  return HasCountry(r, request.country(), request.role());
}
bool IsSubject(const v1::TripRecord& r,
               const v1::ListTripRecordsBySectorRequest& request) {
  return HasSector(r, request.sector(), !request.exclude_children());
}
bool IsSubject(const v1::TripRecord& r,
               const v1::ListTripRecordsByObjectiveRequest& request) {
  return HasObjective(r, request.objective());
}

// Sorts before where it comes first: undated last, then the date, then the id.
using SortKey = std::tuple<bool, int64_t, int64_t, std::string>;

SortKey KeyOf(const v1::TripRecord& r, const std::string& order_by) {
  const bool descending = order_by.empty() || absl::EndsWith(order_by, " desc");
  const int64_t sign = descending ? -1 : 1;
  if (absl::StartsWith(order_by, "publish_time")) {
    if (!r.source().has_publish_time()) return {true, 0, 0, r.record_id()};
    const auto& time = r.source().publish_time();
    return {false, sign * time.seconds(), sign * time.nanos(), r.record_id()};
  }
  const auto start = Interval(r.dates().start());
  if (!start) return {true, 0, 0, r.record_id()};
  return {false, sign * start->first, 0, r.record_id()};
}

}  // namespace

Strings PlainAnswer(const PlainRecords& records,
                    absl::FunctionRef<bool(const v1::TripRecord&)> matches,
                    const std::string& order_by) {
  std::vector<SortKey> keys;
  for (const auto& [id, record] : records) {
    if (matches(record)) keys.push_back(KeyOf(record, order_by));
  }
  std::sort(keys.begin(), keys.end());
  Strings ids;
  for (const SortKey& key : keys) ids.push_back(std::get<3>(key));
  return ids;
}

Strings PlainAnswer(const PlainRecords& records, const ListRequest& request) {
  return std::visit(
      [&](const auto& list) {
        return PlainAnswer(
            records,
            [&](const v1::TripRecord& record) {
              return IsSubject(record, list) && Passes(record, list.filter());
            },
            list.page().order_by());
      },
      request);
}

}  // namespace attache::testing
