// Whether a request keeps the rules of the contract. Pure.
#ifndef ATTACHE_INGESTOR_SERVICE_VALIDATION_H_
#define ATTACHE_INGESTOR_SERVICE_VALIDATION_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "attache/v1/briefing.pb.h"

namespace attache {

// Checks all fields of a briefing; `field` is its path in the request:
// "briefing". FIELD_INVALID that names the first field at fault,
// MEDIA_TYPE_UNSUPPORTED, CONTENT_TOO_LARGE. O(size of the fields but the
// content).
absl::Status ValidateBriefing(const v1::Briefing& briefing,
                              absl::string_view field,
                              int64_t max_content_bytes);

// 1 to 256 bytes of UTF-8 without white space and control characters.
absl::Status ValidateBriefingId(absl::string_view id, absl::string_view field);

// A well-formed BCP-47 tag, such as "pt", "pt-BR" or "zh-Hant-TW"; whether its
// subtags are registered is not asked.
bool IsLanguageTag(absl::string_view tag);

// FIELD_INVALID where it is none of v1::Durability.
absl::Status ValidateDurability(int durability);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_SERVICE_VALIDATION_H_
