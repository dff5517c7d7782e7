// What a filter of SearchTripRecords means, as a query.
#ifndef ATTACHE_QUERY_SERVICE_CONVERT_BIND_FILTER_H_
#define ATTACHE_QUERY_SERVICE_CONVERT_BIND_FILTER_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query_service/convert/name_resolver.h"
#include "query_service/query/query.h"

namespace attache {

// Restrictions and words that one filter may hold.
inline constexpr size_t kMaxFilterTerms = 1000;

// The filter as a query: postings and columns answer what they can, and narrow
// down what has to be read for the rest (Query::Kind::kCheck). An empty filter
// is All. Errors are those of ParseFilter, FILTER_INVALID where a field is not
// known or a value does not fit it, and those of NameResolver for names.
absl::StatusOr<Query> ToQuery(absl::string_view filter, NameResolver& resolver);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_CONVERT_BIND_FILTER_H_
