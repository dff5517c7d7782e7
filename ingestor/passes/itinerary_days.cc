#include "ingestor/passes/itinerary_days.h"

#include "common/civil_date.h"
#include "ingestor/passes/itinerary_cells.h"
#include "ingestor/passes/journey_dates.h"

namespace attache {

const DateRange& ItineraryDays::RangeOf(int32_t date) const {
  return text_.findings().dates[date].range;
}

PartialDate ItineraryDays::LastDay(int32_t date) const {
  return Later(RangeOf(date).start, RangeOf(date).end);
}

EntryDays ItineraryDays::DaysOf(TokenSpan span) const {
  return {DayIn(text_, span), LastDayIn(text_, span)};
}

void ItineraryDays::AddStop(uint32_t place, const EntryDays& days) {
  trip_.stops.push_back(LaidOutStop(text_, place, days.first));
  trip_.stops.back().last_date = days.last;
}

void ItineraryDays::AddStopAndAround(const PlaceMention& place,
                                     const EntryDays& days) {
  const auto& places = text_.findings().places;
  const uint32_t index = IndexOf(place);
  AddStop(index, days);
  const uint32_t next = index + 1;
  if (next < places.size() && places[next].country_code == place.country_code &&
      places[next].span.begin == place.span.end + 1) {
    AddStop(next, days);
  }
}

uint32_t ItineraryDays::IndexOf(const PlaceMention& place) const {
  return static_cast<uint32_t>(&place - text_.findings().places.data());
}

void ItineraryDays::Extend(const EntryDays& days) {
  if (days.first < 0) return;
  if (whole_.first < 0 ||
      RangeOf(days.first).start < RangeOf(whole_.first).start) {
    whole_.first = days.first;
  }
  const int32_t last = days.last >= 0 ? days.last : days.first;
  if (whole_.last < 0 || LastDay(whole_.last) < LastDay(last)) {
    whole_.last = last;
  }
}

int ItineraryDays::Length() const {
  if (whole_.first < 0) return 0;
  return ToDayNumber(RangeOf(whole_.last).start) -
         ToDayNumber(RangeOf(whole_.first).start);
}

void ItineraryDays::SetTripDays() {
  if (trip_.days.first >= 0 || whole_.first < 0 ||
      RangeOf(whole_.first).start == LastDay(whole_.last)) {
    return;
  }
  trip_.days.first = whole_.first;
  trip_.days.last = whole_.last;
}

}  // namespace attache
