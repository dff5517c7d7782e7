#include "ingestor/passes/date_stay.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "ingestor/passes/journey_dates.h"

namespace attache {
namespace {

// Whether a clause of its own, or some other country, stands between.
bool IsParted(const TripDating& trip, TokenSpan a, TokenSpan b) {
  constexpr uint32_t kFarthest = 80;  // tokens
  const uint32_t begin = std::min(a.end, b.end);
  const uint32_t end = std::max(a.begin, b.begin);
  if (end - begin > kFarthest) return true;
  std::string country;
  for (uint32_t at = begin; at < end; ++at) {
    if (trip.text.cues().Is(Cue::kRelative, at) ||
        trip.text.cues().Is(Cue::kArrive, at)) {
      return true;
    }
    const PlaceMention* place = trip.text.PlaceAt(at);
    if (place == nullptr || place->country_code.empty() || place->inside_name ||
        place->kind == PlaceKind::kDemonym ||
        trip.text.EventAt(at) != nullptr) {
      continue;
    }
    if (!country.empty() && place->country_code != country) return true;
    country = place->country_code;
    if (!trip.countries.contains(country) && country != trip.home) return true;
  }
  return false;
}

// "on June 15 and 16", "today and tomorrow", "on 21 May he will meet X, and
// on 22 May he will tour Y": days of one stay that were read apart.
void JoinDays(const TripDating& trip,
              const std::vector<const DateMention*>& dates,
              const DateMention& date, DatedSpan* slot) {
  constexpr DayNumber kLongestSpanOfDays = 10;
  if (!slot->range.end.empty() || !IsDay(slot->range.start)) return;
  PartialDate first = slot->range.start;
  PartialDate last = slot->range.start;
  for (const DateMention* other : dates) {
    if (other == &date || other->is_range || !IsDay(other->range.start) ||
        IsParted(trip, date.span, other->span)) {
      continue;
    }
    const DayNumber apart =
        ToDayNumber(other->range.start) - ToDayNumber(slot->range.start);
    const bool adjoins =
        other->span.end + 1 == date.span.begin &&
        trip.text.cues().Is(Cue::kConjunction, other->span.end);
    if (apart < 0 && apart >= (adjoins ? -1 : -kLongestSpanOfDays) &&
        !(other->relative && !date.relative)) {
      first = Earlier(first, other->range.start);
    } else if (apart > 0 && apart <= kLongestSpanOfDays) {
      last = Later(last, other->range.start);
    } else {
      continue;
    }
    slot->spans.push_back(other->span);
  }
  slot->range.start = first;
  if (last != first) slot->range.end = last;
}

// "leaves today for Geneva, where she stays until May 22"; "arrived on Monday
// for a visit that lasts until Friday", the one behind that Monday.
void JoinEnd(const std::vector<const DateMention*>& dates, DatedSpan* slot) {
  constexpr DayNumber kWeek = 7;
  for (const DateMention* other : dates) {
    if (!slot->range.end.empty() || !other->range.start.empty() ||
        !IsDay(slot->range.start)) {
      continue;
    }
    PartialDate end = other->range.end;
    if (other->by_weekday && IsDay(end) && end < slot->range.start) {
      end = FromDayNumber(ToDayNumber(end) + kWeek);
    }
    if (end < slot->range.start) continue;
    slot->range.end = end;
    slot->spans.push_back(other->span);
  }
}

}  // namespace

const DateMention& NearestDate(const TripDating& trip,
                               const std::vector<const DateMention*>& dates,
                               size_t first, size_t last) {
  const DateMention* best = nullptr;
  uint32_t distance = 0;
  const bool begins = std::any_of(
      dates.begin(), dates.end(),
      [](const DateMention* date) { return !date->range.start.empty(); });
  for (const DateMention* date : dates) {
    // "until May 22" only ends what something else begins.
    if (date->range.start.empty() && begins) continue;
    for (size_t i = first; i < last; ++i) {
      const TokenSpan place = trip.PlaceSpan(trip.stops[i]);
      uint32_t apart =
          date->span.begin >= place.end
              ? date->span.begin - place.end
              : place.begin - std::min(place.begin, date->span.end);
      if (date->is_range) apart /= 3;
      if (best == nullptr || apart < distance) {
        best = date;
        distance = apart;
      }
    }
  }
  // "met X on Thursday in Rabat, who is there from 20 to 24 April".
  for (const DateMention* date : dates) {
    if (date->is_range && IsDay(date->range.start) && IsDay(date->range.end) &&
        !best->is_range && IsDay(best->range.start) &&
        date->range.start <= best->range.start &&
        best->range.start <= date->range.end) {
      return *date;
    }
  }
  return *best;
}

void DateStay(const std::vector<const DateMention*>& dates,
              const DateMention& date, size_t stop, TripDating* trip) {
  trip->SetStop(stop, date);
  JoinDays(*trip, dates, date, &trip->dates.stops[stop]);
  JoinEnd(dates, &trip->dates.stops[stop]);
}

}  // namespace attache
