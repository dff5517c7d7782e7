#include <cstdlib>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/query_service/support/random_filter/kinds.h"

namespace attache::testing::random_filter {
namespace {

// Days as numbers that are in their order: 20240229.
struct Days {
  int first = 0;
  int last = 0;
};

int DaysIn(int year, int month) {
  if (month == 2) return year % 4 == 0 ? 29 : 28;  // 1901 to 2099
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::optional<Days> DaysOf(int year, int month, int day) {
  if (year == 0) return std::nullopt;
  if (month == 0) return Days{year * 10000 + 101, year * 10000 + 1231};
  const int base = year * 10000 + month * 100;
  if (day == 0) return Days{base + 1, base + DaysIn(year, month)};
  if (day > DaysIn(year, month)) return std::nullopt;
  return Days{base + day, base + day};
}

// How a span compares with another.
template <typename V>
bool CompareSpans(const std::string& comparator, V first, V last,
                  V wanted_first, V wanted_last) {
  if (comparator == "<") return last < wanted_first;
  if (comparator == "<=") return last <= wanted_last;
  if (comparator == ">") return first > wanted_last;
  if (comparator == ">=") return first >= wanted_first;
  return wanted_first <= first && last <= wanted_last;
}

struct Date {
  int year = 0;
  int month = 0;
  int day = 0;
  std::string ToString() const {
    std::string text = absl::StrCat(year);
    if (month != 0) absl::StrAppendFormat(&text, "-%02d", month);
    if (day != 0) absl::StrAppendFormat(&text, "-%02d", day);
    return text;
  }
};

Date RandomDate(Dice& dice, int year, int first_month, int months) {
  Date date{year, 0, 0};
  if (dice.OneIn(5)) return date;
  date.month = first_month + dice.Below(months);
  if (!dice.OneIn(3)) date.day = 1 + dice.Below(DaysIn(date.year, date.month));
  return date;
}

// Seconds of 2023-11-01T00:00:00Z.
constexpr int64_t kNovember2023 = 1698796800;
constexpr int64_t kDay = 86400;

// The month's first second; of October 2023 to January 2024.
int64_t MonthBegins(int month) {
  switch (month) {
    case 10:
      return kNovember2023 - 31 * kDay;
    case 11:
      return kNovember2023;
    case 12:
      return kNovember2023 + 30 * kDay;
    default:
      return kNovember2023 + 61 * kDay;
  }
}

using Instant = std::pair<int64_t, int32_t>;

Part<google::protobuf::Timestamp> TimePart(const std::string& text,
                                           const std::string& comparator,
                                           Instant first, Instant last) {
  return InAnyLanguage<google::protobuf::Timestamp>(
      text, [=](const google::protobuf::Timestamp& held) {
        const Instant at(held.seconds(), held.nanos());
        return CompareSpans(comparator, at, at, first, last);
      });
}

}  // namespace

Kind<v1::PartialDate> Dates() {
  return {
      kAllComparators, [](Dice& dice, const std::string& comparator) {
        const Date date = RandomDate(dice, 2024 + dice.Below(2), 1, 4);
        const Days wanted = *DaysOf(date.year, date.month, date.day);
        return InAnyLanguage<v1::PartialDate>(
            dice.OneIn(2) ? date.ToString()
                          : absl::StrCat("\"", date.ToString(), "\""),
            [=](const v1::PartialDate& held) {
              const auto days = DaysOf(held.year(), held.month(), held.day());
              return days && CompareSpans(comparator, days->first, days->last,
                                          wanted.first, wanted.last);
            });
      }};
}

Kind<google::protobuf::Timestamp> Times() {
  return {kAllComparators, [](Dice& dice, const std::string& comparator) {
            if (dice.OneIn(2)) {
              // Noon and midnight west and east of Greenwich.
              const int day = 10 + dice.Below(19);
              const int hour = 12 * dice.Below(2);
              const int east = dice.Below(5) - 2;
              const int nanos = dice.Below(3);
              const int64_t seconds =
                  kNovember2023 + (day - 1) * kDay + (hour - east) * 3600;
              std::string text =
                  absl::StrFormat("2023-11-%02dT%02d:00:00", day, hour);
              if (nanos > 0) absl::StrAppendFormat(&text, ".%09d", nanos);
              absl::StrAppend(&text, east == 0
                                         ? std::string("Z")
                                         : absl::StrFormat("%c%02d:00",
                                                           east < 0 ? '-' : '+',
                                                           std::abs(east)));
              return TimePart(absl::StrCat("\"", text, "\""), comparator,
                              {seconds, nanos}, {seconds, nanos});
            }
            Date date = RandomDate(dice, 2023, 10, 3);
            if (date.month == 0) {
              // 2023 ends as January begins.
              return TimePart("2023", comparator,
                              {MonthBegins(1) - 365 * kDay, 0},
                              {MonthBegins(1) - 1, 999999999});
            }
            int64_t first = MonthBegins(date.month);
            int64_t end = MonthBegins(date.month + 1);
            if (date.day > 0) {
              first += (date.day - 1) * kDay;
              end = first + kDay;
            }
            return TimePart(date.ToString(), comparator, {first, 0},
                            {end - 1, 999999999});
          }};
}

}  // namespace attache::testing::random_filter
