// Requests as queries: every rule of the contract about what a list may be
// asked for is checked here.
#ifndef ATTACHE_QUERY_SERVICE_CONVERT_REQUEST_QUERY_H_
#define ATTACHE_QUERY_SERVICE_CONVERT_REQUEST_QUERY_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attache/v1/trip_query_service.pb.h"
#include "common/vocabulary/vocabulary.h"
#include "query_service/index/snapshot.h"
#include "query_service/query/query.h"

namespace attache {

// What the three typed lists ask for. Names resolve through the vocabulary; the
// snapshot is asked only whether an objective's words stand anywhere. Errors
// are those of NameResolver, and FIELD_INVALID.
absl::StatusOr<Query> ToQuery(
    const v1::ListTripRecordsByCountryRequest& request,
    const Vocabulary& vocabulary, const Snapshot& snapshot);
absl::StatusOr<Query> ToQuery(const v1::ListTripRecordsBySectorRequest& request,
                              const Vocabulary& vocabulary,
                              const Snapshot& snapshot);
absl::StatusOr<Query> ToQuery(
    const v1::ListTripRecordsByObjectiveRequest& request,
    const Vocabulary& vocabulary, const Snapshot& snapshot);

// PageOptions, checked.
struct PageParameters {
  size_t limit = 0;
  Order order = Order::kStartDesc;
  bool basic = true;
  bool count = true;
};
absl::StatusOr<PageParameters> ToPageParameters(const v1::PageOptions& page);

// True for BASIC; RECORD_VIEW_UNSPECIFIED stands for `when_unspecified`.
// FIELD_INVALID for a number that the contract does not have.
absl::StatusOr<bool> IsBasic(int view, bool when_unspecified,
                             absl::string_view field);

// FIELD_INVALID where it is negative.
absl::Status CheckMinRevision(int64_t min_revision, absl::string_view field);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_CONVERT_REQUEST_QUERY_H_
