// Calendar dates of which parts may be unknown, and the days that they may
// stand for. Pure functions on values; proleptic Gregorian calendar.
#ifndef ATTACHE_COMMON_CIVIL_DATE_H_
#define ATTACHE_COMMON_CIVIL_DATE_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace attache {

// Days since 1970-01-01.
using DayNumber = int32_t;

// A part that is 0 is unknown: a year alone, a year and month, or a month and
// day without a year.
struct PartialDate {
  int year = 0;
  int month = 0;
  int day = 0;

  bool empty() const { return year == 0 && month == 0 && day == 0; }
  bool complete() const { return year != 0 && month != 0 && day != 0; }
  // clang-tidy 14 takes what the compiler makes of this for a null pointer.
  // NOLINTNEXTLINE(modernize-use-nullptr)
  auto operator<=>(const PartialDate&) const = default;
};

// Inclusive. Where only one end is known, the other is empty.
struct DateRange {
  PartialDate start;
  PartialDate end;

  bool empty() const { return start.empty() && end.empty(); }
  bool operator==(const DateRange&) const = default;
};

// Inclusive.
struct DayInterval {
  DayNumber first = 0;
  DayNumber last = 0;
  bool operator==(const DayInterval&) const = default;
};

// Years 1 to 9999; a day needs a month; the day exists in that month (29
// February passes where the year is unknown). The empty date is not valid.
bool IsValid(const PartialDate& date);

// REQUIRES: IsValid(date) and date.complete().
DayNumber ToDayNumber(const PartialDate& date);
PartialDate FromDayNumber(DayNumber day);

// 1 Monday to 7 Sunday, as ISO 8601.
int WeekdayOf(DayNumber day);
int DaysInMonth(int year, int month);

// The days that the date may stand for: "2024" is 1 January to 31 December.
// nullopt where the year is unknown or the date is not valid.
std::optional<DayInterval> IntervalOf(const PartialDate& date);

// "2024-11-05", "2024-11", "2024", "--11-05"; empty for the empty date.
std::string ToString(const PartialDate& date);
// The inverse of ToString.
std::optional<PartialDate> ParsePartialDate(const std::string& text);

}  // namespace attache

#endif  // ATTACHE_COMMON_CIVIL_DATE_H_
