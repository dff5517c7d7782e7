// The values that records are ordered and cut by.
#ifndef ATTACHE_QUERY_SERVICE_INDEX_COLUMNS_H_
#define ATTACHE_QUERY_SERVICE_INDEX_COLUMNS_H_

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace attache {

// Days, instants and confidences alike, so that one code orders them all.
struct ColumnValue {
  int64_t major = 0;
  int32_t minor = 0;

  auto operator<=>(const ColumnValue&) const = default;

  static constexpr ColumnValue Missing() {
    return {std::numeric_limits<int64_t>::max(), 0};
  }
  static constexpr ColumnValue Lowest() {
    return {-std::numeric_limits<int64_t>::max(), 0};
  }
  // Above all values but Missing.
  static constexpr ColumnValue Highest() {
    return {std::numeric_limits<int64_t>::max() - 1, 0};
  }
  bool missing() const { return *this == Missing(); }
};

enum class Column : uint8_t {
  kStartDay,     // DayNumber of the first day that dates.start may stand for
  kFirstDay,     // DayNumber of the first day that the dates may cover
  kLastDay,      // DayNumber of the last day that the dates may cover
  kPublishTime,  // seconds and nanoseconds
  kConfidence,   // see ConfidenceValue
};
inline constexpr size_t kColumns = 5;

// One record's values, indexed by Column.
using ColumnRow = std::array<ColumnValue, kColumns>;

// Confidences compare as their values do; what is not in [0, 1] counts as 0.
ColumnValue ConfidenceValue(float confidence);

// How answers are ordered. Records without the value come last either way;
// ties go by record_id, ascending. Total, for record ids are unique.
enum class Order : uint8_t {
  kStartDesc,  // the order that segments are stored in
  kStartAsc,
  kPublishDesc,
  kPublishAsc,
};
inline constexpr size_t kOrders = 4;

inline constexpr Column ColumnOf(Order order) {
  return order == Order::kStartDesc || order == Order::kStartAsc
             ? Column::kStartDay
             : Column::kPublishTime;
}

// The value under which the smallest comes first in that order.
inline constexpr ColumnValue OrderValue(Order order, ColumnValue value) {
  const bool descending =
      order == Order::kStartDesc || order == Order::kPublishDesc;
  if (!descending || value == ColumnValue::Missing()) return value;
  return {-value.major, -value.minor};
}

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_INDEX_COLUMNS_H_
