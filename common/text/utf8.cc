#include "common/text/utf8.h"

#include <algorithm>
#include <cstdint>

#include <unicode/utf8.h>

#include "absl/strings/ascii.h"

namespace attache {

std::optional<size_t> FirstInvalidUtf8(absl::string_view text) {
  const char* const bytes = text.data();
  const size_t size = text.size();
  size_t at = 0;
  while (at < size) {
    const size_t begin = at;
    UChar32 c;
    U8_NEXT(bytes, at, size, c);
    if (c < 0) return begin;
  }
  return std::nullopt;
}

size_t Utf16Length(absl::string_view text) {
  // Every byte that is no continuation starts a character; one of four bytes
  // takes a surrogate pair.
  size_t units = 0;
  for (const unsigned char byte : text) {
    units += (byte & 0xC0) != 0x80;
    units += byte >= 0xF0;
  }
  return units;
}

absl::string_view Utf8Prefix(absl::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
    --end;
  }
  return text.substr(0, end);
}

char32_t FirstCharacter(absl::string_view text) {
  UChar32 c = 0;
  int32_t at = 0;
  if (!text.empty()) {
    U8_NEXT_UNSAFE(reinterpret_cast<const uint8_t*>(text.data()), at, c);
  }
  return c;
}

bool AllDigits(absl::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

}  // namespace attache
