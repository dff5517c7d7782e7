// The fields that filters may compare, of a record and all messages within it.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_RANDOM_FILTER_RECORD_FIELDS_H_
#define ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_RANDOM_FILTER_RECORD_FIELDS_H_

#include "attache/v1/trip_record.pb.h"
#include "tests/query_service/support/random_filter/fields.h"

namespace attache::testing::random_filter {

template <>
const Makers<v1::TripRecord>& Fields();

}  // namespace attache::testing::random_filter

#endif  // ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_RANDOM_FILTER_RECORD_FIELDS_H_
