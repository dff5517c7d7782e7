#include "ingestor/service/validation.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "attache/v1/ingest_service.pb.h"
#include "common/error.h"
#include "common/limits.h"
#include "common/status_macros.h"
#include "common/text/spaces.h"
#include "common/text/utf8.h"

namespace attache {
namespace {

constexpr int32_t kMaxOffsetMinutes = 18 * 60;
// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z, as google.protobuf.Timestamp.
constexpr int64_t kMinSeconds = -62135596800;
constexpr int64_t kMaxSeconds = 253402300799;

absl::Status CheckText(absl::string_view text, size_t max_bytes,
                       const std::string& field) {
  if (text.size() > max_bytes) {
    return FieldError(field,
                      absl::StrCat("takes ", text.size(), " bytes; at most ",
                                   max_bytes, " are allowed"));
  }
  if (FirstInvalidUtf8(text).has_value()) {
    return FieldError(field, "is not valid UTF-8");
  }
  return absl::OkStatus();
}

absl::Status CheckLabels(const v1::Briefing& briefing,
                         const std::string& field) {
  if (static_cast<size_t>(briefing.labels().size()) > kMaxLabels) {
    return FieldError(
        field, absl::StrCat("has ", briefing.labels().size(),
                            " labels; at most ", kMaxLabels, " are allowed"));
  }
  for (const auto& [key, value] : briefing.labels()) {
    if (key.empty()) return FieldError(field, "has a label without a key");
    // The key of a label is not repeated in an error: it may be of any size.
    ATTACHE_RETURN_IF_ERROR(
        CheckText(key, kMaxLabelBytes, absl::StrCat(field, ".key")));
    ATTACHE_RETURN_IF_ERROR(
        CheckText(value, kMaxLabelBytes, absl::StrCat(field, ".value")));
  }
  return absl::OkStatus();
}

absl::Status CheckTime(const v1::Briefing& briefing, const std::string& path) {
  const auto& time = briefing.publish_time();
  if (time.seconds() < kMinSeconds || time.seconds() > kMaxSeconds ||
      time.nanos() < 0 || time.nanos() > 999'999'999) {
    return FieldError(absl::StrCat(path, "publish_time"),
                      "is not between the years 1 and 9999");
  }
  if (briefing.publish_utc_offset_minutes() < -kMaxOffsetMinutes ||
      briefing.publish_utc_offset_minutes() > kMaxOffsetMinutes) {
    return FieldError(absl::StrCat(path, "publish_utc_offset_minutes"),
                      "is not between -1080 and 1080, 18 hours either way");
  }
  return absl::OkStatus();
}

absl::Status CheckContent(const v1::Briefing& briefing, const std::string& path,
                          int64_t max_content_bytes) {
  const std::string& type = briefing.media_type();
  if (!type.empty() && type != "text/plain" && type != "text/markdown" &&
      type != "text/html") {
    return MakeError(v1::ERROR_REASON_MEDIA_TYPE_UNSUPPORTED,
                     "The media type is none of text/plain, text/markdown and "
                     "text/html; leave it empty to have it detected.",
                     {{"media_type", type}});
  }
  if (briefing.content().empty()) {
    return FieldError(absl::StrCat(path, "content"), "is empty");
  }
  if (static_cast<int64_t>(briefing.content().size()) > max_content_bytes) {
    return MakeError(
        v1::ERROR_REASON_CONTENT_TOO_LARGE,
        absl::StrCat("The content takes ", briefing.content().size(),
                     " bytes; at most ", max_content_bytes, " are accepted."),
        {{"limit", absl::StrCat(max_content_bytes)}});
  }
  return absl::OkStatus();
}

bool IsAlpha(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), absl::ascii_isalpha);
}

bool IsAlnum(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), absl::ascii_isalnum);
}

}  // namespace

absl::Status ValidateBriefingId(absl::string_view id, absl::string_view field) {
  const std::string path(field);
  if (id.empty()) return FieldError(path, "is required");
  ATTACHE_RETURN_IF_ERROR(CheckText(id, kMaxBriefingIdBytes, path));
  if (const auto found = FirstSpaceOrControl(id); found.has_value()) {
    return FieldError(path, absl::StrCat("has white space or a control "
                                         "character at byte ",
                                         found->begin));
  }
  return absl::OkStatus();
}

bool IsLanguageTag(absl::string_view tag) {
  const std::vector<absl::string_view> subtags = absl::StrSplit(tag, '-');
  const absl::string_view primary = subtags.front();
  const bool is_private = absl::EqualsIgnoreCase(primary, "x");
  if (!IsAlpha(primary) ||
      (is_private ? subtags.size() < 2
                  : primary.size() < 2 || primary.size() > 8)) {
    return false;
  }
  for (size_t i = 1; i < subtags.size(); ++i) {
    if (subtags[i].empty() || subtags[i].size() > 8 || !IsAlnum(subtags[i])) {
      return false;
    }
    // A singleton ("u", "x") introduces further subtags.
    if (subtags[i].size() == 1 && i + 1 == subtags.size() && !is_private) {
      return false;
    }
  }
  return true;
}

absl::Status ValidateBriefing(const v1::Briefing& briefing,
                              absl::string_view field,
                              int64_t max_content_bytes) {
  const std::string path = absl::StrCat(field, ".");
  ATTACHE_RETURN_IF_ERROR(ValidateBriefingId(
      briefing.briefing_id(), absl::StrCat(path, "briefing_id")));
  ATTACHE_RETURN_IF_ERROR(
      CheckText(briefing.uri(), kMaxUriBytes, absl::StrCat(path, "uri")));
  ATTACHE_RETURN_IF_ERROR(
      CheckText(briefing.title(), kMaxTitleBytes, absl::StrCat(path, "title")));
  ATTACHE_RETURN_IF_ERROR(CheckText(briefing.publisher(), kMaxPublisherBytes,
                                    absl::StrCat(path, "publisher")));
  ATTACHE_RETURN_IF_ERROR(CheckTime(briefing, path));
  if (!briefing.language_code().empty() &&
      !IsLanguageTag(briefing.language_code())) {
    return FieldError(absl::StrCat(path, "language_code"),
                      "is no BCP-47 language tag such as \"en\" or \"pt-BR\"");
  }
  ATTACHE_RETURN_IF_ERROR(CheckLabels(briefing, absl::StrCat(path, "labels")));
  if (briefing.version() < 0) {
    return FieldError(absl::StrCat(path, "version"), "is negative");
  }
  return CheckContent(briefing, path, max_content_bytes);
}

absl::Status ValidateDurability(int durability) {
  if (v1::Durability_IsValid(durability)) return absl::OkStatus();
  return FieldError("durability", absl::StrCat("has no value ", durability));
}

}  // namespace attache
