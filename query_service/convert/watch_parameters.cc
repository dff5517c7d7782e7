#include "query_service/convert/watch_parameters.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/status_macros.h"
#include "query_service/convert/request_query.h"

namespace attache {
namespace {

constexpr int32_t kNanosInSecond = 1'000'000'000;

absl::StatusOr<absl::Duration> ToInterval(
    const google::protobuf::Duration& duration) {
  if (duration.seconds() < 0 || duration.nanos() < 0) {
    return FieldError("progress_interval", "is negative");
  }
  if (duration.nanos() >= kNanosInSecond) {
    return FieldError("progress_interval", "has a second or more in its nanos");
  }
  const absl::Duration interval =
      absl::Seconds(duration.seconds()) + absl::Nanoseconds(duration.nanos());
  if (interval == absl::ZeroDuration()) return kDefaultProgressInterval;
  return std::max(interval, kShortestProgressInterval);
}

}  // namespace

absl::StatusOr<WatchParameters> ToWatchParameters(
    const v1::WatchTripRecordsRequest& request) {
  if (request.start_revision() < 0) {
    return FieldError("start_revision", "is negative");
  }
  WatchParameters parameters;
  parameters.filter = request.filter();
  parameters.start_revision = request.start_revision();
  parameters.index_id = request.index_id();
  ATTACHE_ASSIGN_OR_RETURN(parameters.basic,
                           IsBasic(request.view(), true, "view"));
  ATTACHE_ASSIGN_OR_RETURN(parameters.progress_interval,
                           ToInterval(request.progress_interval()));
  return parameters;
}

absl::Status CheckStart(const WatchParameters& parameters,
                        absl::string_view index_id, int64_t revision) {
  if (parameters.start_revision == 0) return absl::OkStatus();
  if (!parameters.index_id.empty() && parameters.index_id != index_id) {
    return IndexReplaced(index_id);
  }
  if (parameters.start_revision <= revision) return absl::OkStatus();
  if (parameters.index_id.empty()) return IndexReplaced(index_id);
  return FieldError("start_revision",
                    absl::StrCat("is ", parameters.start_revision,
                                 "; this index has only reached ", revision));
}

absl::Status IndexReplaced(absl::string_view index_id) {
  return MakeError(v1::ERROR_REASON_INDEX_REPLACED,
                   "the revision is of another index than the one that is "
                   "served now; watch again without a start_revision",
                   {{"index_id", std::string(index_id)}});
}

}  // namespace attache
