// How many of the matching records are in each bucket, from postings alone.
#ifndef ATTACHE_QUERY_SERVICE_QUERY_SUMMARIZE_H_
#define ATTACHE_QUERY_SERVICE_QUERY_SUMMARIZE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "query_service/query/grouping.h"
#include "query_service/query/matches.h"
#include "query_service/query/money_sum.h"

namespace attache {

struct InvestmentTotal {
  int kind = 0;  // AmountKind
  std::string currency_code;
  MoneySum low;
  MoneySum high;
  uint64_t record_count = 0;  // with such an investment

  bool operator==(const InvestmentTotal&) const = default;
};

struct Bucket {
  std::string key;
  uint64_t record_count = 0;
  // The spelling that most of the records have, the first by its bytes where
  // several are as frequent; empty unless asked for.
  std::string name;
  // By kind, then currency; empty unless asked for.
  std::vector<InvestmentTotal> totals;

  bool operator==(const Bucket&) const = default;
};

struct Summary {
  std::vector<Bucket> buckets;
  // Matching records that are in none of them.
  uint64_t other_count = 0;
};

// The `limit` largest buckets, the largest first, ties by key; those that no
// matching record is in are left out. A record counts once in a bucket, and an
// investment adds once to its totals.
// O(terms of the field + postings), whatever the number of matches; no record
// is parsed.
Summary Summarize(const Matches& matches, const Grouping& grouping,
                  size_t limit);

// The size of every bucket that a matching record is in.
absl::flat_hash_map<std::string, uint64_t> CountByBucket(
    const Matches& matches, const Grouping& grouping);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_QUERY_SUMMARIZE_H_
