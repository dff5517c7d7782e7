#include "common/trace_log.h"

#include <utility>

namespace attache {

void LogTraced(const TraceContext& trace, absl::string_view message,
               LogFields fields) {
  fields.emplace_back("trace_id", trace.trace_id);
  fields.emplace_back("parent_id", trace.parent_id);
  Log(trace.sampled ? LogLevel::kInfo : LogLevel::kDebug, message, fields);
}

}  // namespace attache
