// What a document says of itself, beside its text.
#ifndef ATTACHE_INGESTOR_READERS_READ_METADATA_H_
#define ATTACHE_INGESTOR_READERS_READ_METADATA_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ingestor/document.h"

namespace attache {

// A moment, and the offset from UTC that it was written with.
struct WrittenTime {
  absl::Time time;
  int utc_offset_minutes = 0;
};

// Fields are empty where the document does not say. A title is no field: a
// reader makes it the document's first unit.
struct ReadMetadata {
  std::string uri;
  std::string publisher;
  std::string language;  // BCP-47
  std::optional<WrittenTime> publish_time;
};

struct ReadResult {
  Document document;
  ReadMetadata metadata;
};

// Times as machines write them: RFC 3339 and its relaxed forms ("2024-05-13",
// "2024-05-13 09:30", "2024-05-13T09:30:00.123+0200", "20240513") and RFC 822
// ("Mon, 13 May 2024 09:30:00 GMT"). Without a clock time it is midnight,
// without an offset UTC. nullopt for anything else, and for years before 1900.
std::optional<WrittenTime> ParseWrittenTime(absl::string_view text);

// Whether `text` has the shape of a BCP-47 tag: "pt", "pt-BR", "en_US" (which
// becomes "en-US"). Returns the tag, or an empty string.
std::string LanguageTag(absl::string_view text);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_READ_METADATA_H_
