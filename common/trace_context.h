// W3C Trace Context: the `traceparent` that a caller sends along.
#ifndef ATTACHE_COMMON_TRACE_CONTEXT_H_
#define ATTACHE_COMMON_TRACE_CONTEXT_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace attache {

struct TraceContext {
  std::string trace_id;   // 32 lower-case hex digits, not all 0
  std::string parent_id;  // 16, not all 0
  // The caller records this trace, and wants others to.
  bool sampled = false;

  // As version 00, whichever it came in.
  std::string ToTraceparent() const;
};

// nullopt where the text is no traceparent: the specification has it ignored
// then. Of a later version than 00 what 00 knows is read.
std::optional<TraceContext> ParseTraceparent(absl::string_view text);

}  // namespace attache

#endif  // ATTACHE_COMMON_TRACE_CONTEXT_H_
