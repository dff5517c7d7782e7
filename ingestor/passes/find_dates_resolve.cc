#include "ingestor/passes/find_dates_resolve.h"

#include <cstdlib>
#include <limits>

namespace attache {
namespace {

constexpr int64_t kNever = std::numeric_limits<int64_t>::max();
// How much farther a day on the wrong side of the tense counts.
constexpr int64_t kWrongTense = 3;

// How far [first, last] is from `anchor` under `tense`; kNever where a strict
// tense excludes it.
int64_t Distance(int64_t first, int64_t last, int64_t anchor, DateTense tense) {
  if (first <= anchor && anchor <= last) {
    bool strict = tense == DateTense::kStrictlyPast ||
                  tense == DateTense::kStrictlyFuture;
    return strict && first == last ? kNever : 0;
  }
  bool past = last < anchor;
  int64_t days = past ? anchor - last : first - anchor;
  switch (tense) {
    case DateTense::kUnknown:
      return days;
    case DateTense::kPast:
      return past ? days : days * kWrongTense;
    case DateTense::kFuture:
      return past ? days * kWrongTense : days;
    case DateTense::kStrictlyPast:
      return past ? days : kNever;
    case DateTense::kStrictlyFuture:
      return past ? kNever : days;
  }
  return days;
}

bool IsStrict(DateTense tense) {
  return tense == DateTense::kStrictlyPast ||
         tense == DateTense::kStrictlyFuture;
}

// `range` in the year `year` of its start, or of its end where it has no start.
std::optional<DateRange> InYear(DateRange range, int year) {
  if (!range.start.empty() && range.start.year == 0) range.start.year = year;
  if (!range.end.empty() && range.end.year == 0) {
    range.end.year = range.start.empty() ? year : range.start.year;
    if (!range.start.empty()) {
      PartialDate start = range.start;
      start.year = 0;
      PartialDate end = range.end;
      end.year = 0;
      if (end < start) ++range.end.year;
    }
  }
  if (!range.start.empty() && !IsValid(range.start)) return std::nullopt;
  if (!range.end.empty() && !IsValid(range.end)) return std::nullopt;
  return range;
}

std::optional<PartialDate> NearestWhere(int day, int weekday, DayNumber anchor,
                                        DateTense tense, int within) {
  std::optional<PartialDate> best;
  int64_t best_distance = kNever;
  for (DayNumber at = anchor - within; at <= anchor + within; ++at) {
    PartialDate date = FromDayNumber(at);
    if (date.day != day) continue;
    if (weekday != 0 && WeekdayOf(at) != weekday) continue;
    int64_t distance = Distance(at, at, anchor, tense);
    if (distance < best_distance) {
      best = date;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace

DateRange SupplyYears(DateRange range, DayNumber publish_day, DateTense tense,
                      int weekday) {
  if (range.start.year == 0 && range.end.year != 0 && !range.start.empty()) {
    // "December 30 to January 3, 2024".
    PartialDate end = range.end;
    end.year = 0;
    range.start.year = range.end.year - (end < range.start ? 1 : 0);
    return range;
  }
  int this_year = FromDayNumber(publish_day).year;
  std::optional<DateRange> best;
  int64_t best_distance = kNever;
  bool best_fits = false;
  for (int year = this_year - 2; year <= this_year + 2; ++year) {
    std::optional<DateRange> candidate = InYear(range, year);
    if (!candidate.has_value()) continue;
    PartialDate from =
        candidate->start.empty() ? candidate->end : candidate->start;
    PartialDate to = candidate->end.empty() ? candidate->start : candidate->end;
    std::optional<DayInterval> first = IntervalOf(from);
    std::optional<DayInterval> last = IntervalOf(to);
    if (!first.has_value() || !last.has_value()) continue;
    int64_t distance = Distance(first->first, last->last, publish_day, tense);
    if (distance == kNever) continue;
    bool fits = weekday != 0 && from.complete() &&
                WeekdayOf(first->first) == weekday && distance < 400;
    if (!best.has_value() || (fits && !best_fits) ||
        (fits == best_fits && distance < best_distance)) {
      best = candidate;
      best_distance = distance;
      best_fits = fits;
    }
  }
  return best.value_or(range);
}

DayNumber NearestWeekday(int weekday, DayNumber anchor, DateTense tense) {
  DayNumber best = anchor;
  int64_t best_distance = kNever;
  for (DayNumber day = anchor - 7; day <= anchor + 7; ++day) {
    if (WeekdayOf(day) != weekday) continue;
    int64_t distance = Distance(day, day, anchor, tense);
    // A weekday is never more than a week away, so that the tense decides.
    bool past = tense == DateTense::kPast;
    bool future = tense == DateTense::kFuture;
    if ((past && day > anchor) || (future && day < anchor)) continue;
    // Ahead before behind where both are as near.
    if (distance < best_distance ||
        (distance == best_distance && distance != kNever && day > anchor)) {
      best = day;
      best_distance = distance;
    }
  }
  return best;
}

std::optional<PartialDate> NearestDayOfMonth(int day, DayNumber anchor,
                                             DateTense tense) {
  // "los próximos días 16 y 17", published on the 16th.
  const bool today = FromDayNumber(anchor).day == day;
  if (today && IsStrict(tense)) return FromDayNumber(anchor);
  return NearestWhere(day, 0, anchor, tense, 183);
}

std::optional<PartialDate> NearestDayOnWeekday(int day, int weekday,
                                               DayNumber anchor,
                                               DateTense tense) {
  // The number settles the day, and a text's "next" may well be its own today.
  DateTense mild = tense;
  if (IsStrict(tense)) {
    mild = tense == DateTense::kStrictlyPast ? DateTense::kPast
                                             : DateTense::kFuture;
  }
  return NearestWhere(day, weekday, anchor, mild, 60);
}

}  // namespace attache
