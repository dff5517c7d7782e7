// Pages of the list of rejected briefings.
#ifndef ATTACHE_INGESTOR_SERVICE_REJECTED_PAGE_H_
#define ATTACHE_INGESTOR_SERVICE_REJECTED_PAGE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace attache {

// A token for what comes below `before_id`, authenticated with `key`.
std::string MakeRejectedPageToken(int64_t before_id, absl::string_view key);

// The id of a token; 0 for the empty one. PAGE_TOKEN_INVALID where it was not
// made with `key` or was altered.
absl::StatusOr<int64_t> ReadRejectedPageToken(absl::string_view token,
                                              absl::string_view key);

// The size to use: 20 for 0, at most 100. FIELD_INVALID where it is negative.
absl::StatusOr<int> RejectedPageSize(int32_t page_size);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_SERVICE_REJECTED_PAGE_H_
