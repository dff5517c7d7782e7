// Errors as the contract promises them: an absl::Status whose payloads are the
// google.rpc details (ErrorInfo always; BadRequest and RetryInfo where they
// apply). common/rpc turns one into a grpc::Status; nothing else does.
#ifndef ATTACHE_COMMON_ERROR_H_
#define ATTACHE_COMMON_ERROR_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "attache/v1/errors.pb.h"

namespace attache {

using ErrorMetadata = std::vector<std::pair<std::string, std::string>>;

// The reason without its prefix, as it stands in ErrorInfo and ItemStatus:
// "CONTENT_TOO_LARGE".
std::string ReasonName(v1::ErrorReason reason);

// Whether it is a name that ReasonName gives. What comes from elsewhere may be
// anything.
bool IsReason(absl::string_view name);

// An error of the contract. Its canonical code is the one that errors.proto
// lists the reason under; the message is one clear sentence for a developer.
// Values of metadata are cut so that all details fit into 4 KiB.
absl::Status MakeError(v1::ErrorReason reason, absl::string_view message,
                       const ErrorMetadata& metadata = {});

// INVALID_ARGUMENT FIELD_INVALID with a BadRequest that names `field`, a path
// from the request such as "briefing.briefing_id".
absl::Status FieldError(absl::string_view field, absl::string_view description);

// The same error, telling the client to wait that long before it tries again.
absl::Status WithRetryAfter(absl::Status error, absl::Duration delay);

// What a status of MakeError carries; nullopt for any other status.
struct ErrorDetails {
  std::string reason;
  ErrorMetadata metadata;  // sorted by key
  std::optional<absl::Duration> retry_delay;
};
std::optional<ErrorDetails> DetailsOf(const absl::Status& status);

}  // namespace attache

#endif  // ATTACHE_COMMON_ERROR_H_
