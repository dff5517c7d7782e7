// Numbers, times, dates and sums of money.
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "attache/v1/trip_record.pb.h"
#include "common/civil_date.h"
#include "common/money.h"
#include "common/status_macros.h"
#include "google/protobuf/timestamp.pb.h"
#include "query_service/convert/field_test.h"
#include "query_service/filter/parse_filter.h"

namespace attache {
namespace {

// A span of values, both ends in it; a single value is a span of one. The field
// compares with it as "Partial dates compare as the interval" has it: equal is
// within, before is before all of it, not after is no later than its end.
template <typename T>
struct Span {
  T first;
  T last;
};

template <typename T>
bool Compare(Comparator comparator, const Span<T>& held,
             const Span<T>& wanted) {
  switch (comparator) {
    case Comparator::kLt:
      return held.last < wanted.first;
    case Comparator::kLe:
      return held.last <= wanted.last;
    case Comparator::kGt:
      return held.first > wanted.last;
    case Comparator::kGe:
      return held.first >= wanted.first;
    default:
      return wanted.first <= held.first && held.last <= wanted.last;
  }
}

template <typename T>
bool Compare(Comparator comparator, const T& held, const Span<T>& wanted) {
  return Compare(comparator, Span<T>{held, held}, wanted);
}

// The values of a column of single values that Compare lets pass.
Query RangeOf(Column column, Comparator comparator,
              const Span<ColumnValue>& wanted) {
  const auto below = [](ColumnValue value) {
    // Minor parts are non-negative 32-bit numbers.
    return value.minor > 0 ? ColumnValue{value.major, value.minor - 1}
                           : ColumnValue{value.major - 1, INT32_MAX};
  };
  const auto above = [](ColumnValue value) {
    return value.minor < INT32_MAX ? ColumnValue{value.major, value.minor + 1}
                                   : ColumnValue{value.major + 1, 0};
  };
  switch (comparator) {
    case Comparator::kLt:
      return Query::Range(column, ColumnValue::Lowest(), below(wanted.first));
    case Comparator::kLe:
      return Query::Range(column, ColumnValue::Lowest(), wanted.last);
    case Comparator::kGt:
      return Query::Range(column, above(wanted.last), ColumnValue::Highest());
    case Comparator::kGe:
      return Query::Range(column, wanted.first, ColumnValue::Highest());
    default:
      return Query::Range(column, wanted.first, wanted.last);
  }
}

absl::StatusOr<BoundTest> BindInteger(const FieldRequest& request) {
  int64_t wanted = 0;
  if (!absl::SimpleAtoi(request.value.text, &wanted)) {
    return ValueError(request.value, "is no whole number",
                      "a whole number such as 3");
  }
  return BoundTest{
      [wanted, comparator = request.comparator](const FieldValue& value) {
        return Compare(comparator, value.Integer(),
                       Span<int64_t>{wanted, wanted});
      },
      Query::All()};
}

absl::StatusOr<BoundTest> BindNumber(const FieldRequest& request) {
  // The fields are floats, and 0.8 is to equal the float next to it.
  float wanted = 0;
  if (!absl::SimpleAtof(request.value.text, &wanted) ||
      !std::isfinite(wanted)) {
    return ValueError(request.value, "is no number", "a number such as 0.75");
  }
  BoundTest bound{
      [wanted, comparator = request.comparator](const FieldValue& value) {
        return Compare(comparator, static_cast<float>(value.Number()),
                       Span<float>{wanted, wanted});
      },
      Query::All()};
  if (request.field.name == "extraction.confidence") {
    ColumnValue value = ConfidenceValue(wanted);
    if (wanted > 1) ++value.major;  // above all that there are
    bound.query = Query::And(
        {RangeOf(Column::kConfidence, request.comparator, {value, value}),
         // 0 stands where none was given.
         Query::Range(Column::kConfidence, {1, 0}, ColumnValue::Highest())});
    bound.exact = true;
  }
  return bound;
}

absl::StatusOr<BoundTest> BindBool(const FieldRequest& request) {
  ATTACHE_RETURN_IF_ERROR(RequireEquality(request));
  bool wanted = false;
  const std::string text = absl::AsciiStrToLower(request.value.text);
  if (text == "true") {
    wanted = true;
  } else if (text != "false") {
    return ValueError(request.value, "is neither true nor false",
                      "true or false");
  }
  return BoundTest{
      [wanted](const FieldValue& value) { return value.Bool() == wanted; },
      Query::All()};
}

std::optional<DayInterval> ParseDay(const std::string& text) {
  const auto date = ParsePartialDate(text);
  // Parts that are not known are left out: there is no month 0.
  return date && ToString(*date) == text ? IntervalOf(*date) : std::nullopt;
}

constexpr int64_t kSecondsPerDay = 86400;
constexpr int32_t kLastNano = 999999999;

// "2024-11-05T10:00:00Z" is an instant, a partial date all of its days in UTC.
std::optional<Span<ColumnValue>> ParseTime(const std::string& text) {
  if (const auto days = ParseDay(text)) {
    return Span<ColumnValue>{
        {int64_t{days->first} * kSecondsPerDay, 0},
        {(int64_t{days->last} + 1) * kSecondsPerDay - 1, kLastNano}};
  }
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, text, &time, &error) ||
      time == absl::InfiniteFuture() || time == absl::InfinitePast()) {
    return std::nullopt;
  }
  const int64_t seconds = absl::ToUnixSeconds(time);
  const auto nanos = static_cast<int32_t>(
      absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds)));
  return Span<ColumnValue>{{seconds, nanos}, {seconds, nanos}};
}

absl::StatusOr<BoundTest> BindTime(const FieldRequest& request) {
  const auto wanted = ParseTime(request.value.text);
  if (!wanted) {
    return ValueError(request.value, "is no time",
                      "an RFC 3339 time in quotes such as "
                      "\"2024-11-05T10:00:00Z\", or a date such as 2024-11-05, "
                      "2024-11 or 2024");
  }
  BoundTest bound{[wanted = *wanted,
                   comparator = request.comparator](const FieldValue& value) {
                    google::protobuf::Timestamp time;
                    time.CopyFrom(value.Message());
                    return Compare(comparator,
                                   ColumnValue{time.seconds(), time.nanos()},
                                   wanted);
                  },
                  Query::All()};
  if (request.field.name == "source.publish_time") {
    bound.query = RangeOf(Column::kPublishTime, request.comparator, *wanted);
    bound.exact = true;
  }
  return bound;
}

// What the column of first days says of a comparison with the whole interval:
// all that pass, and where dates are partial others.
Query StartDays(Comparator comparator, const DayInterval& wanted) {
  const ColumnValue first{wanted.first, 0};
  const ColumnValue last{wanted.last, 0};
  return RangeOf(Column::kStartDay, comparator, {first, last});
}

absl::StatusOr<BoundTest> BindDate(const FieldRequest& request) {
  const auto wanted = ParseDay(request.value.text);
  if (!wanted) {
    return ValueError(request.value, "is no date",
                      "a date such as 2024-11-05, 2024-11 or 2024");
  }
  const Span<DayNumber> span{wanted->first, wanted->last};
  BoundTest bound{
      [span, comparator = request.comparator](const FieldValue& value) {
        v1::PartialDate date;
        date.CopyFrom(value.Message());
        const auto held = IntervalOf({date.year(), date.month(), date.day()});
        return held && Compare(comparator,
                               Span<DayNumber>{held->first, held->last}, span);
      },
      Query::All()};
  if (request.field.name == "dates.start") {
    bound.query = StartDays(request.comparator, *wanted);
    // These look at the first day alone.
    bound.exact = request.comparator == Comparator::kGt ||
                  request.comparator == Comparator::kGe;
  }
  return bound;
}

// "1000000 USD", "USD 1000000.50".
std::optional<Money> ParseMoney(absl::string_view text) {
  const std::vector<absl::string_view> parts =
      absl::StrSplit(text, ' ', absl::SkipEmpty());
  if (parts.size() != 2) return std::nullopt;
  const bool code_first = absl::ascii_isalpha(
      static_cast<unsigned char>(parts[0].empty() ? '0' : parts[0][0]));
  const absl::string_view code = parts[code_first ? 0 : 1];
  if (code.size() != 3) return std::nullopt;
  for (const char c : code) {
    if (!absl::ascii_isalpha(static_cast<unsigned char>(c))) {
      return std::nullopt;
    }
  }
  return MoneyFromDecimal(parts[code_first ? 1 : 0], 0,
                          absl::AsciiStrToUpper(code));
}

absl::StatusOr<BoundTest> BindMoney(const FieldRequest& request) {
  const auto wanted = ParseMoney(request.value.text);
  if (!wanted) {
    return ValueError(request.value, "is no sum of money",
                      "a number and a currency code in quotes such as "
                      "\"1000000 USD\"");
  }
  return BoundTest{[wanted = *wanted,
                    comparator = request.comparator](const FieldValue& value) {
                     v1::Money held;
                     held.CopyFrom(value.Message());
                     // Sums in two currencies do not compare.
                     if (held.currency_code() != wanted.currency_code)
                       return false;
                     using Sum = std::pair<int64_t, int32_t>;
                     const Sum sum{wanted.units, wanted.nanos};
                     return Compare(comparator, Sum{held.units(), held.nanos()},
                                    Span<Sum>{sum, sum});
                   },
                   Query::All()};
}

}  // namespace

absl::StatusOr<BoundTest> BindQuantity(const FieldRequest& request) {
  switch (request.field.kind) {
    case FieldKind::kInteger:
      return BindInteger(request);
    case FieldKind::kNumber:
      return BindNumber(request);
    case FieldKind::kBool:
      return BindBool(request);
    case FieldKind::kTime:
      return BindTime(request);
    case FieldKind::kDate:
      return BindDate(request);
    default:
      return BindMoney(request);
  }
}

}  // namespace attache
