// The details that a Markdown file opens with.
#ifndef ATTACHE_INGESTOR_READERS_FRONT_MATTER_H_
#define ATTACHE_INGESTOR_READERS_FRONT_MATTER_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "common/issue.h"
#include "ingestor/readers/read_metadata.h"

namespace attache {

struct FrontMatter {
  uint32_t end = 0;  // where the text proper begins; 0 without front matter
  TextRange title;   // its text, without quotes; empty where there is none
  ReadMetadata metadata;
};

// Reads "key: value" lines between two lines "---" (YAML) or "key = value"
// between two "+++" (TOML) at the very start. Only title, date, language,
// publisher (or author) and address are taken, each under the names that site
// generators use; nested values are passed over. Lines that are nothing of
// that kind make it no front matter. O(front matter).
FrontMatter ReadFrontMatter(absl::string_view text);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_FRONT_MATTER_H_
