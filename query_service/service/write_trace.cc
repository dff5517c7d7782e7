#include "query_service/service/write_trace.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/trace_context.h"
#include "common/trace_log.h"

namespace attache {

void LogTracedWrites(const JournalWriter::Report& report) {
  for (const ArrivedWrite& arrived : report.writes) {
    if (arrived.write.traceparent().empty()) continue;
    const auto trace = ParseTraceparent(arrived.write.traceparent());
    if (!trace) continue;
    LogFields fields = {{"producer_id", arrived.producer_id},
                        {"sequence", absl::StrCat(arrived.write.sequence())},
                        {"briefing_id", arrived.write.briefing_id()}};
    if (!report.status.ok()) {
      fields.emplace_back("code",
                          absl::StatusCodeToString(report.status.code()));
      LogTraced(*trace, "a write could not be taken", std::move(fields));
    } else if (arrived.refusal.has_value()) {
      fields.emplace_back("reason", arrived.refusal->reason());
      LogTraced(*trace, "a write was refused", std::move(fields));
    } else {
      fields.emplace_back("revision", absl::StrCat(report.revision));
      LogTraced(*trace, "a write was taken", std::move(fields));
    }
  }
}

}  // namespace attache
