// Filters of SearchTripRecords from a seed, each with what the contract says of
// it as plain code over parsed records. Shares nothing with the binding of
// filters but the vocabulary and Snowball.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_RANDOM_FILTER_H_
#define ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_RANDOM_FILTER_H_

#include <cstdint>
#include <functional>
#include <string>

#include "attache/v1/trip_record.pb.h"

namespace attache::testing {

struct RandomFilter {
  std::string text;
  std::function<bool(const v1::TripRecord&)> holds;
};

// About records of FullRecord. The same seed gives the same filter.
RandomFilter MakeRandomFilter(uint32_t seed);

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_RANDOM_FILTER_H_
