// An index, and the same records in a map, for the oracles of what it answers.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_INDEX_AND_PLAIN_H_
#define ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_INDEX_AND_PLAIN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "query_service/index/trip_index.h"
#include "tests/query_service/support/plain_filter.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {

// Many small segments that merge often.
inline constexpr MergePolicy kEager{.fan_in = 2, .max_deleted_share = 0.3};

struct IndexAndPlain {
  explicit IndexAndPlain(MergePolicy policy = {});

  // Replaces what each of the briefings holds; at times by nothing.
  void Write(const std::vector<std::string>& briefings, RandomRecords& random);

  TripIndex index;
  PlainRecords plain;
  int64_t revision = 0;
};

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_INDEX_AND_PLAIN_H_
