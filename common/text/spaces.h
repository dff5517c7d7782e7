// White space and control characters, which ids must not hold.
#ifndef ATTACHE_COMMON_TEXT_SPACES_H_
#define ATTACHE_COMMON_TEXT_SPACES_H_

#include <cstddef>
#include <optional>

#include "absl/strings/string_view.h"

namespace attache {

// Bytes [begin, end) of a text.
struct ByteRange {
  size_t begin = 0;
  size_t end = 0;
};

// The first white space or control character, as Unicode has them, or byte
// that is no part of valid UTF-8; nullopt where there is none. O(n).
std::optional<ByteRange> FirstSpaceOrControl(absl::string_view text);

}  // namespace attache

#endif  // ATTACHE_COMMON_TEXT_SPACES_H_
