// TripFilter as a query.
#ifndef ATTACHE_QUERY_SERVICE_CONVERT_FILTER_QUERY_H_
#define ATTACHE_QUERY_SERVICE_CONVERT_FILTER_QUERY_H_

#include "absl/status/statusor.h"
#include "attache/v1/trip_query_service.pb.h"
#include "query_service/convert/name_resolver.h"
#include "query_service/query/query.h"

namespace attache {

// All that is set must hold; All where nothing is. FIELD_INVALID names the
// field as "filter.statuses[0]"; names as NameResolver has it.
absl::StatusOr<Query> ToQuery(const v1::TripFilter& filter,
                              NameResolver& resolver);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_CONVERT_FILTER_QUERY_H_
