#include "ingestor/passes/decide_trip_dates.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "ingestor/passes/date_single_country.h"
#include "ingestor/passes/date_stops.h"
#include "ingestor/passes/date_trip_days.h"
#include "ingestor/passes/date_trip_ends.h"
#include "ingestor/passes/date_trip_starts.h"
#include "ingestor/passes/journey_dates.h"
#include "ingestor/passes/order_weekdays.h"
#include "ingestor/passes/trip_dating.h"

namespace attache {
namespace {

PartialDate DaysLater(const PartialDate& day, int days) {
  return FromDayNumber(ToDayNumber(day) + days);
}

// "a two-day visit": the trip gets its end from its start, or "today concluded
// a two-day visit" the other way round.
void ApplyLengthToWhole(const DateMention& length, bool dates_stops,
                        DatedSpan* whole) {
  if (IsDay(whole->range.end) && whole->range.start.empty() && !dates_stops) {
    whole->range.start = DaysLater(whole->range.end, 1 - length.length_days);
    whole->spans.push_back(length.span);
  }
  if (IsDay(whole->range.start) && whole->range.end.empty()) {
    whole->range.end = DaysLater(whole->range.start, length.length_days - 1);
    whole->spans.push_back(length.span);
  }
}

// "on the last day of a three-day visit", "is wrapping up a four-day mission":
// whether the length is that of something that ends on the day it is told with.
bool IsOfEnd(const TripText& text, const DateMention& length) {
  constexpr uint32_t kNear = 6;  // tokens
  const TokenSpan sentence =
      text.document().sentences[text.SentenceOf(length.span.begin)].tokens;
  for (const CueMatch& over : text.cues().AllIn(Cue::kTripEnd, sentence)) {
    if (over.begin < length.span.begin &&
        length.span.begin <= over.end + kNear) {
      return true;
    }
  }
  const auto& dates = text.findings().dates;
  const auto self = FirstFrom(dates, length.span.begin);
  return self != dates.begin() && std::prev(self)->trip_day < 0 &&
         std::prev(self)->span.end + kNear >= length.span.begin;
}

// Counts the days back from the end, where that is known.
void ApplyClosingLength(const DateMention& length,
                        const std::vector<size_t>& stops, TripDates* dates) {
  DatedSpan& whole = dates->whole;
  if (!IsDay(whole.range.end)) return;
  const PartialDate start = DaysLater(whole.range.end, 1 - length.length_days);
  for (const size_t i : stops) {
    DatedSpan& slot = dates->stops[i];
    if (slot.range.start != whole.range.end) continue;
    slot.range = {start, whole.range.end};
    slot.spans.push_back(length.span);
  }
  if (!whole.range.start.empty() && whole.range.start < whole.range.end) return;
  whole.range.start = start;
  whole.spans.push_back(length.span);
}

// Gives the stops of known start that stand in the sentence of a length, and
// the trip, their ends.
void ApplyLengths(TripDating* trip) {
  const TripText& text = trip->text;
  std::map<uint32_t, std::vector<size_t>> by_sentence;
  for (size_t i = 0; i < trip->stops.size(); ++i) {
    by_sentence[trip->stops[i].sentence].push_back(i);
  }
  const bool dates_stops = std::any_of(
      trip->dates.stops.begin(), trip->dates.stops.end(),
      [](const DatedSpan& stop) { return !stop.range.start.empty(); });
  for (const DateMention& length : text.findings().dates) {
    if (length.length_days < 1 || length.span.empty()) continue;
    const uint32_t sentence = text.SentenceOf(length.span.begin);
    if (!trip->own[sentence]) continue;
    if (length.length_of_trip && IsOfEnd(text, length)) {
      // Of several countries, the last one's stay is shorter than the trip.
      std::vector<size_t> closing = std::exchange(by_sentence[sentence], {});
      if (trip->countries.size() > 1) closing.clear();
      ApplyClosingLength(length, closing, &trip->dates);
    }
    // Each stop needs it once.
    for (const size_t i : std::exchange(by_sentence[sentence], {})) {
      DatedSpan& slot = trip->dates.stops[i];
      if (!IsDay(slot.range.start) || !slot.range.end.empty()) continue;
      slot.range.end = DaysLater(slot.range.start, length.length_days - 1);
      slot.spans.push_back(length.span);
    }
    if (length.length_of_trip) {
      ApplyLengthToWhole(length, dates_stops, &trip->dates.whole);
    }
  }
}

// The days of an itinerary's lines, where nothing else tells those of the trip.
void SetLines(const LaidOutDays& days, TripDating* trip) {
  if (days.first < 0 || days.last < 0) return;
  const std::vector<DateMention>& dates = trip->text.findings().dates;
  const DateMention& last = dates[days.last];
  DateRange& whole = trip->dates.whole.range;
  trip->SetWholeStart(dates[days.first]);
  if (!whole.end.empty()) return;
  whole.end = Later(last.range.start, last.range.end);
  trip->dates.whole.spans.push_back(last.span);
  trip->dates.whole_is_range = true;
}

}  // namespace

TripDates DecideTripDates(const TripText& text, const std::vector<Stop>& stops,
                          const std::vector<bool>& own, const std::string& home,
                          const LaidOutDays& days) {
  TripDating trip(text, stops, own, home);
  if (days.period >= 0) {
    trip.SetWhole(text.findings().dates[days.period]);
    trip.dates.whole_is_range = true;
  }
  DateStops(&trip);
  DateTripEnds(&trip);
  OrderWeekdays(&trip);
  DateTripStarts(&trip);
  DateTripDays(&trip);
  SetLines(days, &trip);
  if (trip.countries.size() == 1) {
    DateSingleCountry(text, stops, own, home, &trip.dates);
  }
  ApplyLengths(&trip);
  return std::move(trip.dates);
}

}  // namespace attache
