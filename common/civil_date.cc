#include "common/civil_date.h"

#include <chrono>
#include <regex>

#include "absl/strings/str_format.h"

namespace attache {
namespace {

constexpr int kAnyLeapYear = 2000;

std::chrono::year_month_day YearMonthDay(int year, int month, int day) {
  return std::chrono::year(year) / month / day;
}

DayNumber DayNumberOf(std::chrono::year_month_day date) {
  return static_cast<DayNumber>(
      std::chrono::sys_days(date).time_since_epoch().count());
}

}  // namespace

bool IsValid(const PartialDate& date) {
  if (date.empty()) return false;
  if (date.year < 0 || date.year > 9999) return false;
  if (date.month < 0 || date.month > 12) return false;
  if (date.month == 0) return date.day == 0;
  if (date.year == 0 && date.day == 0) return false;
  const int year = date.year == 0 ? kAnyLeapYear : date.year;
  return date.day >= 0 && date.day <= DaysInMonth(year, date.month);
}

int DaysInMonth(int year, int month) {
  const std::chrono::year_month_day_last last =
      std::chrono::year(year) / month / std::chrono::last;
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

DayNumber ToDayNumber(const PartialDate& date) {
  return DayNumberOf(YearMonthDay(date.year, date.month, date.day));
}

PartialDate FromDayNumber(DayNumber day) {
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{day}}};
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

int WeekdayOf(DayNumber day) {
  const std::chrono::weekday weekday{
      std::chrono::sys_days{std::chrono::days{day}}};
  return static_cast<int>(weekday.iso_encoding());
}

std::optional<DayInterval> IntervalOf(const PartialDate& date) {
  if (!IsValid(date) || date.year == 0) return std::nullopt;
  const int first_month = date.month == 0 ? 1 : date.month;
  const int last_month = date.month == 0 ? 12 : date.month;
  const int first_day = date.day == 0 ? 1 : date.day;
  const int last_day =
      date.day == 0 ? DaysInMonth(date.year, last_month) : date.day;
  return DayInterval{
      DayNumberOf(YearMonthDay(date.year, first_month, first_day)),
      DayNumberOf(YearMonthDay(date.year, last_month, last_day))};
}

std::string ToString(const PartialDate& date) {
  if (date.empty()) return "";
  if (date.year == 0)
    return absl::StrFormat("--%02d-%02d", date.month, date.day);
  if (date.month == 0) return absl::StrFormat("%04d", date.year);
  if (date.day == 0) return absl::StrFormat("%04d-%02d", date.year, date.month);
  return absl::StrFormat("%04d-%02d-%02d", date.year, date.month, date.day);
}

std::optional<PartialDate> ParsePartialDate(const std::string& text) {
  static const std::regex kForm(
      R"((?:(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?)|(?:--(\d{2})-(\d{2})))");
  std::smatch match;
  if (!std::regex_match(text, match, kForm)) return std::nullopt;
  const auto part = [&](int group) {
    return match[group].matched ? std::stoi(match[group].str()) : 0;
  };
  PartialDate date{part(1), part(2) + part(4), part(3) + part(5)};
  if (!IsValid(date)) return std::nullopt;
  return date;
}

}  // namespace attache
