#include "query_service/journal/history_options.h"

namespace attache {

absl::Status CheckHistoryOptions(const HistoryOptions& options) {
  if (options.revisions < 0) {
    return absl::InvalidArgumentError(
        "--history_revisions must not be negative; 0 keeps no history");
  }
  if (options.bytes < 0) {
    return absl::InvalidArgumentError(
        "--history_bytes must not be negative; 0 keeps no history");
  }
  return absl::OkStatus();
}

}  // namespace attache
