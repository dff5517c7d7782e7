// What the fuzz targets of the readers share.
#ifndef ATTACHE_TESTS_FUZZ_READER_FUZZ_H_
#define ATTACHE_TESTS_FUZZ_READER_FUZZ_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "common/text/utf8.h"
#include "ingestor/document.h"
#include "tests/fuzz/require.h"
#include "tests/support/origins.h"

namespace attache {

// Whether a reader may be given `text`: see their headers.
inline bool IsReadable(absl::string_view text) {
  return !FirstInvalidUtf8(text).has_value() &&
         text.find('\0') == absl::string_view::npos;
}

inline void RequireOrigins(const Document& document) {
  const std::string wrong = FirstWrongOrigin(document);
  Require(wrong.empty(), wrong);
}

}  // namespace attache

#endif  // ATTACHE_TESTS_FUZZ_READER_FUZZ_H_
