// Running text as later passes want it, with the place of every byte in the
// text that it was made from.
#ifndef ATTACHE_INGESTOR_READERS_NORMALIZE_H_
#define ATTACHE_INGESTOR_READERS_NORMALIZE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/issue.h"
#include "common/text/offset_map.h"

namespace attache {

struct NormalizedText {
  std::string text;
  OffsetMap origin;
};

// The ranges of `source`, one after the other with a space between them:
// entities decoded (also where they were escaped twice), white space single and
// plain (but for a non-breaking space between digits, which holds a number
// together), soft hyphens, zero-width and control characters gone, Markdown's
// marks of emphasis and links gone, and the space supplied that is missing
// after a sentence's end ("levels.Both", "U.S.foreign") or a comma.
// REQUIRES: valid UTF-8; ranges in order. O(bytes of the ranges).
NormalizedText Normalize(absl::string_view source,
                         absl::Span<const TextRange> ranges);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_NORMALIZE_H_
