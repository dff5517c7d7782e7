// Log lines of what a caller traces.
#ifndef ATTACHE_COMMON_TRACE_LOG_H_
#define ATTACHE_COMMON_TRACE_LOG_H_

#include "absl/strings/string_view.h"
#include "common/log.h"
#include "common/trace_context.h"

namespace attache {

// With trace_id and parent_id behind `fields`; at info where the caller samples
// the trace, else at debug. Thread-safe, never throws.
void LogTraced(const TraceContext& trace, absl::string_view message,
               LogFields fields);

}  // namespace attache

#endif  // ATTACHE_COMMON_TRACE_LOG_H_
