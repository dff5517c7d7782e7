#include "query_service/index/segment.h"

#include <algorithm>

namespace attache {

std::pair<size_t, size_t> SegmentColumn::Range(ColumnValue low,
                                               ColumnValue high) const {
  const auto begin = std::lower_bound(
      by_value.begin(), by_value.end(), low,
      [this](uint32_t doc, ColumnValue value) { return by_doc[doc] < value; });
  const auto end = std::upper_bound(
      begin, by_value.end(), high,
      [this](ColumnValue value, uint32_t doc) { return value < by_doc[doc]; });
  return {static_cast<size_t>(begin - by_value.begin()),
          static_cast<size_t>(end - by_value.begin())};
}

uint32_t Segment::FirstRankAfter(Order order, ColumnValue value,
                                 absl::string_view id) const {
  uint32_t low = 0;
  uint32_t high = size();
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    const uint32_t doc = DocAt(order, middle);
    const ColumnValue found = OrderValueOf(order, doc);
    const bool after = found != value ? found > value : record_id(doc) > id;
    if (after) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

}  // namespace attache
