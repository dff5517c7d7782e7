#include "common/text/spaces.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace attache {

std::optional<ByteRange> FirstSpaceOrControl(absl::string_view text) {
  const char* const bytes = text.data();
  const size_t size = text.size();
  for (size_t at = 0; at < size;) {
    const size_t begin = at;
    UChar32 c;
    U8_NEXT(bytes, at, size, c);
    if (c < 0 || u_isUWhiteSpace(c) || u_charType(c) == U_CONTROL_CHAR) {
      return ByteRange{begin, at};
    }
  }
  return std::nullopt;
}

}  // namespace attache
