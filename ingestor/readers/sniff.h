// What kind of document the content is.
#ifndef ATTACHE_INGESTOR_READERS_SNIFF_H_
#define ATTACHE_INGESTOR_READERS_SNIFF_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace attache {

// The charset that a media type's parameter or an HTML document's head
// declares; empty where none does.
std::string DeclaredCharset(absl::string_view media_type,
                            absl::string_view content);

// `given` without parameters and in lower case; where it is empty, what `text`
// looks like: "text/html", "text/markdown" or "text/plain".
// MEDIA_TYPE_UNSUPPORTED for any other type.
absl::StatusOr<std::string> ResolveMediaType(absl::string_view given,
                                             absl::string_view text);

// Whether `text` holds HTML's tags of blocks, rather than text that may
// mention one.
bool LooksLikeHtml(absl::string_view text);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_SNIFF_H_
