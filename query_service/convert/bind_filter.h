// What a filter of SearchTripRecords means, as a query.
#ifndef ATTACHE_QUERY_SERVICE_CONVERT_BIND_FILTER_H_
#define ATTACHE_QUERY_SERVICE_CONVERT_BIND_FILTER_H_

#include <cstddef>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query_service/convert/name_resolver.h"
#include "query_service/query/query.h"
#include "query_service/query/stop.h"

namespace attache {

// Restrictions that one filter may hold, each counted by the words of its
// value.
inline constexpr size_t kMaxFilterTerms = 1000;

// The filter as a query: postings and columns answer what they can, and narrow
// down what has to be read for the rest (Query::Kind::kCheck). An empty filter
// is All. Errors are those of ParseFilter, FILTER_INVALID where a field is not
// known or a value does not fit it, and those of NameResolver for names. What
// is read of records ends at `stop`, where one is given: who executes the query
// asks it whether the answer is whole.
absl::StatusOr<Query> ToQuery(absl::string_view filter, NameResolver& resolver,
                              std::shared_ptr<const Stop> stop = nullptr);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_CONVERT_BIND_FILTER_H_
