#include "common/error.h"

#include <algorithm>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/text/utf8.h"
#include "google/rpc/error_details.pb.h"

namespace attache {
namespace {

constexpr char kErrorInfoUrl[] = "type.googleapis.com/google.rpc.ErrorInfo";
constexpr char kBadRequestUrl[] = "type.googleapis.com/google.rpc.BadRequest";
constexpr char kRetryInfoUrl[] = "type.googleapis.com/google.rpc.RetryInfo";

// Details take at most 4 KiB in all; with values cut here the few that an
// error carries stay below it.
constexpr size_t kMaxValueBytes = 512;

// errors.proto groups the reasons in blocks of 20, one block a code.
absl::StatusCode CodeOf(v1::ErrorReason reason) {
  const int number = static_cast<int>(reason);
  if (number < 20) return absl::StatusCode::kInvalidArgument;
  if (number < 40) return absl::StatusCode::kNotFound;
  if (number < 60) return absl::StatusCode::kResourceExhausted;
  if (number < 80) return absl::StatusCode::kUnavailable;
  if (number < 100) return absl::StatusCode::kFailedPrecondition;
  if (number < 120) return absl::StatusCode::kOutOfRange;
  if (number < 140) return absl::StatusCode::kAborted;
  if (reason == v1::ERROR_REASON_ROLE_MISSING ||
      reason == v1::ERROR_REASON_PRODUCER_OF_ANOTHER) {
    return absl::StatusCode::kPermissionDenied;
  }
  return absl::StatusCode::kUnauthenticated;
}

// Cut at kMaxValueBytes on a character's boundary.
std::string Cut(absl::string_view value) {
  if (value.size() <= kMaxValueBytes) return std::string(value);
  return absl::StrCat(Utf8Prefix(value, kMaxValueBytes), "…");
}

}  // namespace

std::string ReasonName(v1::ErrorReason reason) {
  return std::string(
      absl::StripPrefix(v1::ErrorReason_Name(reason), "ERROR_REASON_"));
}

bool IsReason(absl::string_view name) {
  v1::ErrorReason reason;
  return v1::ErrorReason_Parse(absl::StrCat("ERROR_REASON_", name), &reason);
}

absl::Status MakeError(v1::ErrorReason reason, absl::string_view message,
                       const ErrorMetadata& metadata) {
  google::rpc::ErrorInfo info;
  info.set_reason(ReasonName(reason));
  info.set_domain("attache");
  for (const auto& [key, value] : metadata) {
    (*info.mutable_metadata())[key] = Cut(value);
  }
  absl::Status status(CodeOf(reason), Cut(message));
  status.SetPayload(kErrorInfoUrl, absl::Cord(info.SerializeAsString()));
  return status;
}

absl::Status FieldError(absl::string_view field,
                        absl::string_view description) {
  absl::Status status = MakeError(v1::ERROR_REASON_FIELD_INVALID,
                                  absl::StrCat(field, ": ", description),
                                  {{"field", std::string(field)}});
  google::rpc::BadRequest bad_request;
  auto* violation = bad_request.add_field_violations();
  violation->set_field(Cut(field));
  violation->set_description(Cut(description));
  status.SetPayload(kBadRequestUrl,
                    absl::Cord(bad_request.SerializeAsString()));
  return status;
}

absl::Status WithRetryAfter(absl::Status error, absl::Duration delay) {
  google::rpc::RetryInfo info;
  info.mutable_retry_delay()->set_seconds(absl::ToInt64Seconds(delay));
  info.mutable_retry_delay()->set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(
          delay - absl::Seconds(absl::ToInt64Seconds(delay)))));
  error.SetPayload(kRetryInfoUrl, absl::Cord(info.SerializeAsString()));
  return error;
}

std::optional<ErrorDetails> DetailsOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kErrorInfoUrl);
  google::rpc::ErrorInfo info;
  if (!payload || !info.ParseFromString(std::string(*payload))) {
    return std::nullopt;
  }
  ErrorDetails details;
  details.reason = info.reason();
  details.metadata.assign(info.metadata().begin(), info.metadata().end());
  std::sort(details.metadata.begin(), details.metadata.end());
  google::rpc::RetryInfo retry;
  if (const auto delay = status.GetPayload(kRetryInfoUrl);
      delay && retry.ParseFromString(std::string(*delay))) {
    details.retry_delay = absl::Seconds(retry.retry_delay().seconds()) +
                          absl::Nanoseconds(retry.retry_delay().nanos());
  }
  return details;
}

}  // namespace attache
