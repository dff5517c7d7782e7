// Fields of the wire format (https://protobuf.dev/programming-guides/encoding)
// whose bytes are there already.
#ifndef ATTACHE_QUERY_SERVICE_CONVERT_DELIMITED_FIELD_H_
#define ATTACHE_QUERY_SERVICE_CONVERT_DELIMITED_FIELD_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace attache {

// What AppendDelimited adds at most to the bytes themselves.
inline constexpr size_t kMaxDelimiterBytes = 11;

// Appends field `number`, a message, string or bytes.
template <int number>
void AppendDelimited(absl::string_view bytes, std::string& out) {
  static_assert(number > 0 && number < 16, "its key takes one byte");
  constexpr int kLengthDelimited = 2;
  out.push_back(static_cast<char>(number << 3 | kLengthDelimited));
  size_t size = bytes.size();
  for (; size >= 0x80; size >>= 7) {
    out.push_back(static_cast<char>(size | 0x80));
  }
  out.push_back(static_cast<char>(size));
  out.append(bytes.data(), bytes.size());
}

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_CONVERT_DELIMITED_FIELD_H_
