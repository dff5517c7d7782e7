#include "ingestor/passes/order_weekdays.h"

#include <cstddef>

#include "ingestor/passes/journey_dates.h"

namespace attache {
namespace {

constexpr DayNumber kWeek = 7;

void MoveOn(PartialDate* day) {
  if (IsDay(*day)) *day = FromDayNumber(ToDayNumber(*day) + kWeek);
}

// "left on Monday ... is home on Saturday": a weekday of the end that was read
// as one before the start is the one behind it.
void MoveEndBehindStart(TripDating* trip) {
  DatedSpan& whole = trip->dates.whole;
  PartialDate start = whole.range.start;
  for (const DatedSpan& stop : trip->dates.stops) {
    start = Earlier(start, stop.range.start);
  }
  if (!whole.by_weekday || !IsDay(start) || !IsDay(whole.range.end)) return;
  const DayNumber end = ToDayNumber(whole.range.end);
  if (end < ToDayNumber(start) && end + kWeek >= ToDayNumber(start)) {
    MoveOn(&whole.range.end);
  }
}

}  // namespace

void OrderWeekdays(TripDating* trip) {
  if (!trip->text.document().publish_day) return;
  MoveEndBehindStart(trip);
  const DayNumber today = *trip->text.document().publish_day;
  PartialDate before;  // the latest day told so far
  for (size_t i = 0; i < trip->stops.size(); ++i) {
    const Stop& stop = trip->stops[i];
    DateRange& range = trip->dates.stops[i].range;
    if (!IsDay(range.start) || stop.laid_out) continue;
    const DayNumber day = ToDayNumber(range.start);
    const bool behind = IsDay(before) && ToDayNumber(before) > today &&
                        day <= today && day + kWeek >= ToDayNumber(before);
    const bool ahead =
        stop.tense == Tense::kFuture || stop.tense == Tense::kPresent;
    if (behind && ahead && trip->dates.stops[i].by_weekday) {
      MoveOn(&range.start);
      MoveOn(&range.end);
    }
    before = Later(before, range.start);
  }
}

}  // namespace attache
