// Running text as later passes want it, with the place of every byte in the
// text that it was made from.
#ifndef ATTACHE_INGESTOR_READERS_NORMALIZE_H_
#define ATTACHE_INGESTOR_READERS_NORMALIZE_H_

#include <cstdint>
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

// How the ranges of a text relate to its markup.
enum class RangeStyle : uint8_t {
  // They hold whole lines, with what marks of Markdown there may be. A space
  // stands between any two.
  kLines,
  // They hold what is text and no mark, down to the character, and follow each
  // other directly; an empty one stands for a space.
  kExact,
};

// The ranges of `source`, one after the other: entities decoded (also where
// they were escaped twice), white space single and plain (but for a
// non-breaking space between digits, which holds a number together), soft
// hyphens, zero-width and control characters gone, and the space supplied that
// is missing after a sentence's end ("levels.Both", "U.S.foreign") or a comma.
// Of lines, Markdown's marks of emphasis and links go too.
// REQUIRES: valid UTF-8; ranges in order. O(bytes of the ranges).
NormalizedText Normalize(absl::string_view source,
                         absl::Span<const TextRange> ranges,
                         RangeStyle style = RangeStyle::kLines);

// `text` with its entities decoded, also those that were escaped twice.
std::string DecodeEntities(absl::string_view text);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_NORMALIZE_H_
