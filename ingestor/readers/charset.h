// Content in whatever charset it came, as UTF-8.
#ifndef ATTACHE_INGESTOR_READERS_CHARSET_H_
#define ATTACHE_INGESTOR_READERS_CHARSET_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/issue.h"

namespace attache {

// UTF-8 stays as it is, without a byte-order mark. UTF-16 and UTF-32 are known
// by their marks; anything else is taken for `declared` (a charset's name, may
// be empty), else for what it looks like, where that is clear enough. A charset
// that was converted is an issue CHARSET_CONVERTED. CONTENT_UNREADABLE with the
// charset and the byte where reading failed: damaged UTF-8, NUL bytes (no
// text), bytes that look like no charset. O(n).
absl::StatusOr<std::string> DecodeToUtf8(absl::string_view content,
                                         absl::string_view declared,
                                         IssueSink& issues);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_CHARSET_H_
