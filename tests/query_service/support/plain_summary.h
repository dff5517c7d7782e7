// What the contract says of summaries, as plain code over parsed records: the
// oracle that they are held against.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_PLAIN_SUMMARY_H_
#define ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_PLAIN_SUMMARY_H_

#include <functional>

#include "attache/v1/trip_query_service.pb.h"
#include "attache/v1/trip_record.pb.h"
#include "tests/query_service/support/plain_filter.h"

namespace attache::testing {

using RecordPredicate = std::function<bool(const v1::TripRecord&)>;

// The answer for the records that `matches` holds for, whatever the request's
// filter says. REQUIRES: language_code "en" or empty.
v1::SummarizeTripRecordsResponse PlainSummary(
    const PlainRecords& records, const RecordPredicate& matches,
    const v1::SummarizeTripRecordsRequest& request, int64_t revision);

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_PLAIN_SUMMARY_H_
