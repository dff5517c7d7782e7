// Filters of watches at random, each with the same as plain code.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_SERVICE_WATCH_FILTERS_H_
#define ATTACHE_TESTS_QUERY_SERVICE_SERVICE_WATCH_FILTERS_H_

#include "tests/query_service/support/random_filter.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {

// About records of RandomRecords; of one or two restrictions, or of none.
RandomFilter RandomWatchFilter(RandomRecords& random);

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_QUERY_SERVICE_SERVICE_WATCH_FILTERS_H_
