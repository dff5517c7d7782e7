// Checks and counts of UTF-8 and of its characters. Pure functions.
#ifndef ATTACHE_COMMON_TEXT_UTF8_H_
#define ATTACHE_COMMON_TEXT_UTF8_H_

#include <cstddef>
#include <optional>

#include "absl/strings/string_view.h"

namespace attache {

// Byte position of the first sequence that is no valid UTF-8 (overlong forms
// and surrogates are none); nullopt where all of it is valid. O(n).
std::optional<size_t> FirstInvalidUtf8(absl::string_view text);

// UTF-16 code units that `text` takes. REQUIRES: valid UTF-8. O(n).
size_t Utf16Length(absl::string_view text);

// The longest prefix of at most `max_bytes` bytes that ends on a character's
// boundary. REQUIRES: valid UTF-8.
absl::string_view Utf8Prefix(absl::string_view text, size_t max_bytes);

// The first character; 0 of an empty text. REQUIRES: valid UTF-8.
char32_t FirstCharacter(absl::string_view text);

// Digits of ASCII alone, and one at least.
bool AllDigits(absl::string_view text);

}  // namespace attache

#endif  // ATTACHE_COMMON_TEXT_UTF8_H_
