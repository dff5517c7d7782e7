// SummarizeTripRecords, from the request to the response.
#ifndef ATTACHE_QUERY_SERVICE_CONVERT_SUMMARIES_H_
#define ATTACHE_QUERY_SERVICE_CONVERT_SUMMARIES_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attache/v1/trip_query_service.pb.h"
#include "common/vocabulary/vocabulary.h"
#include "query_service/index/snapshot.h"
#include "query_service/query/stop.h"

namespace attache {

// FIELD_INVALID names what the request asks wrongly, the filter aside.
absl::Status CheckSummarize(const v1::SummarizeTripRecordsRequest& request);

// The answer as of the snapshot; not whole where `stop` (or null) has stopped.
// REQUIRES: CheckSummarize. Errors are those of the filter.
absl::StatusOr<v1::SummarizeTripRecordsResponse> SummarizeRecords(
    const v1::SummarizeTripRecordsRequest& request,
    const Vocabulary& vocabulary, const Snapshot& snapshot,
    const std::shared_ptr<const Stop>& stop = nullptr);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_CONVERT_SUMMARIES_H_
