// From what a text says of a date to the day that it means: years, months and
// weekdays supplied from the day of publication. Pure functions.
#ifndef ATTACHE_INGESTOR_PASSES_FIND_DATES_RESOLVE_H_
#define ATTACHE_INGESTOR_PASSES_FIND_DATES_RESOLVE_H_

#include <optional>

#include "common/civil_date.h"

namespace attache {

// What the words around a date tell of its place in time.
enum class DateTense : uint8_t {
  kUnknown,
  kPast,
  kFuture,
  kStrictlyPast,    // "last", "ago"
  kStrictlyFuture,  // "next"
};

// The range with its missing years supplied: the nearest to `publish_day` in
// the sense of `tense`. A wrong tense makes a date only less near, since texts
// speak of a trip under way in every tense; a strict one excludes it. Where
// `weekday` is not 0, years in which the start falls on it come first. Years
// that are stated stay. REQUIRES: both ends valid or empty.
DateRange SupplyYears(DateRange range, DayNumber publish_day, DateTense tense,
                      int weekday);

// The day with that weekday (1 Monday) nearest to `anchor` in the sense of
// `tense`; `anchor` itself counts unless the tense is strict.
DayNumber NearestWeekday(int weekday, DayNumber anchor, DateTense tense);

// The nearest date with that day of the month; nullopt where there is none
// within half a year.
std::optional<PartialDate> NearestDayOfMonth(int day, DayNumber anchor,
                                             DateTense tense);

// The same, on that weekday; nullopt where none is within 60 days.
std::optional<PartialDate> NearestDayOnWeekday(int day, int weekday,
                                               DayNumber anchor,
                                               DateTense tense);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_FIND_DATES_RESOLVE_H_
