#include "query_service/service/check_write.h"

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "common/error.h"
#include "common/limits.h"
#include "common/status_macros.h"
#include "common/text/spaces.h"

namespace attache {
namespace {

absl::Status CheckBriefingId(absl::string_view id) {
  if (id.empty()) return FieldError("briefing_id", "is required");
  if (id.size() > kMaxBriefingIdBytes) {
    return FieldError("briefing_id",
                      absl::StrCat("has ", id.size(), " bytes; at most ",
                                   kMaxBriefingIdBytes, " are allowed"));
  }
  if (FirstSpaceOrControl(id).has_value()) {
    return FieldError("briefing_id",
                      "must not hold white space or control characters");
  }
  return absl::OkStatus();
}

// "<briefing_id>#<n>", n a positive number as it is usually written.
bool IsRecordIdOf(absl::string_view record_id, absl::string_view briefing_id) {
  if (!absl::ConsumePrefix(&record_id, briefing_id) ||
      !absl::ConsumePrefix(&record_id, "#")) {
    return false;
  }
  return !record_id.empty() && record_id.size() <= 9 && record_id[0] != '0' &&
         record_id.find_first_not_of("0123456789") == absl::string_view::npos;
}

absl::Status TooLarge(absl::string_view what, int64_t bytes, int64_t limit) {
  return MakeError(v1::ERROR_REASON_RECORD_TOO_LARGE,
                   absl::StrCat(what, " has ", bytes, " bytes; at most ", limit,
                                " are accepted"),
                   {{"limit", absl::StrCat(limit)}});
}

absl::Status CheckRecords(const v1::RecordWrite& write,
                          int64_t max_record_bytes) {
  absl::flat_hash_set<absl::string_view> ids;
  for (int i = 0; i < write.records_size(); ++i) {
    const v1::TripRecord& record = write.records(i);
    const std::string path = absl::StrCat("records[", i, "]");
    if (!IsRecordIdOf(record.record_id(), write.briefing_id())) {
      return FieldError(
          absl::StrCat(path, ".record_id"),
          absl::StrCat("is \"", record.record_id(), "\" instead of \"",
                       write.briefing_id(), "#<n>\" with n from 1"));
    }
    if (!ids.insert(record.record_id()).second) {
      return FieldError(absl::StrCat(path, ".record_id"),
                        absl::StrCat("\"", record.record_id(),
                                     "\" stands twice in one write"));
    }
    if (const std::string& id = record.source().briefing_id();
        !id.empty() && id != write.briefing_id()) {
      return FieldError(absl::StrCat(path, ".source.briefing_id"),
                        absl::StrCat("is \"", id, "\" in a write of \"",
                                     write.briefing_id(), "\""));
    }
    const auto bytes = static_cast<int64_t>(record.ByteSizeLong());
    if (bytes > max_record_bytes) {
      return TooLarge(absl::StrCat("record ", record.record_id()), bytes,
                      max_record_bytes);
    }
  }
  return absl::OkStatus();
}

absl::Status Check(const v1::RecordWrite& write, int64_t write_bytes,
                   const WriteLimits& limits) {
  ATTACHE_RETURN_IF_ERROR(CheckBriefingId(write.briefing_id()));
  if (write.version() < 0) {
    return FieldError("version", "must not be negative");
  }
  if (write.withdrawn() && !write.records().empty()) {
    return FieldError("records", "must be empty in a withdrawal");
  }
  if (write_bytes > limits.max_write_bytes) {
    return TooLarge(absl::StrCat("the write of briefing ", write.briefing_id()),
                    write_bytes, limits.max_write_bytes);
  }
  return CheckRecords(write, limits.max_record_bytes);
}

}  // namespace

std::optional<v1::ItemStatus> CheckWrite(const v1::RecordWrite& write,
                                         int64_t write_bytes,
                                         const WriteLimits& limits) {
  const absl::Status error = Check(write, write_bytes, limits);
  if (error.ok()) return std::nullopt;
  v1::ItemStatus status;
  status.set_code(static_cast<int32_t>(error.code()));
  status.set_reason(DetailsOf(error)->reason);
  status.set_message(std::string(error.message()));
  return status;
}

}  // namespace attache
