// What the contract says of lists, as plain code over parsed records: the
// oracle that the index is held against. Slow, and shares nothing with it but
// the vocabulary and Snowball.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_PLAIN_FILTER_H_
#define ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_PLAIN_FILTER_H_

#include <map>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "attache/v1/trip_record.pb.h"
#include "tests/query_service/support/random_records.h"

namespace attache::testing {

// By record id.
using PlainRecords = std::map<std::string, v1::TripRecord>;

// The ids of all records that match, in an order of PageOptions.order_by.
std::vector<std::string> PlainAnswer(
    const PlainRecords& records,
    absl::FunctionRef<bool(const v1::TripRecord&)> matches,
    const std::string& order_by);

// The ids of all records that the request matches, in the order it asks for.
// REQUIRES: values as RandomRecords::Request makes them (ids, no names).
std::vector<std::string> PlainAnswer(const PlainRecords& records,
                                     const ListRequest& request);

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_PLAIN_FILTER_H_
