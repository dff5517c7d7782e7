// What a WatchTripRecordsRequest asks for, checked.
#ifndef ATTACHE_QUERY_SERVICE_CONVERT_WATCH_PARAMETERS_H_
#define ATTACHE_QUERY_SERVICE_CONVERT_WATCH_PARAMETERS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "attache/v1/trip_query_service.pb.h"

namespace attache {

inline constexpr absl::Duration kDefaultProgressInterval = absl::Seconds(10);
inline constexpr absl::Duration kShortestProgressInterval =
    absl::Milliseconds(100);

struct WatchParameters {
  std::string filter;
  // 0 begins with what matches now.
  int64_t start_revision = 0;
  // Counts with a start_revision only: who starts afresh may come from another
  // index.
  std::string index_id;
  bool basic = true;
  absl::Duration progress_interval = kDefaultProgressInterval;
};

// FIELD_INVALID where the revision or the interval is negative, or the view is
// none. An interval below the shortest is raised to it. The filter is not
// looked at.
absl::StatusOr<WatchParameters> ToWatchParameters(
    const v1::WatchTripRecordsRequest& request);

// Whether the index `index_id`, which is at `revision`, is the one that
// start_revision was read at. INDEX_REPLACED where the request names another,
// or none and a revision that was not reached: it must be another's. With the
// right index_id such a revision is FIELD_INVALID, for no index said it.
absl::Status CheckStart(const WatchParameters& parameters,
                        absl::string_view index_id, int64_t revision);

// OUT_OF_RANGE INDEX_REPLACED; `index_id` names the index that is served.
absl::Status IndexReplaced(absl::string_view index_id);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_CONVERT_WATCH_PARAMETERS_H_
