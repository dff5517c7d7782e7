// The next records of an answer, in order.
#ifndef ATTACHE_QUERY_SERVICE_QUERY_PAGER_H_
#define ATTACHE_QUERY_SERVICE_QUERY_PAGER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "query_service/index/snapshot.h"
#include "query_service/query/query.h"

namespace attache {

// Where a record stands in an order; total, so that a page goes on exactly
// after it.
struct PageKey {
  ColumnValue value;  // as Segment::OrderValueOf gives it
  std::string record_id;

  bool operator==(const PageKey&) const = default;
};

struct PageRequest {
  Query query;
  Order order = Order::kStartDesc;
  std::optional<PageKey> after;
  size_t limit = 0;
  // The page ends before the record whose bytes would exceed this, unless it
  // is the first. Counts the bytes of `basic` or full records, each with its
  // key and length in a response.
  size_t max_bytes = 0;
  bool basic = true;
  bool count = true;
};

struct PageResult {
  std::vector<RecordLocation> records;
  // The last record's key, where there are more after it.
  std::optional<PageKey> next;
  uint64_t total = 0;  // 0 where it was not to be counted
};

// Executes the query on every segment, then merges as many records as the page
// holds. The locations live as long as the snapshot.
PageResult FetchPage(const PageRequest& request, const Snapshot& snapshot);

// Bytes that a record of that size takes as an element of field 1 of a
// response: key, length and the record.
size_t BytesInResponse(size_t record_bytes);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_QUERY_PAGER_H_
