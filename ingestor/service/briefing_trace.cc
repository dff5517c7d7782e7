#include "ingestor/service/briefing_trace.h"

#include <string>
#include <utility>

#include "absl/strings/strip.h"
#include "common/error.h"
#include "common/trace_context.h"
#include "common/trace_log.h"

namespace attache {

void LogTracedBriefing(const Intake::Answered& answered) {
  if (answered.traceparent.empty()) return;
  const auto trace = ParseTraceparent(answered.traceparent);
  if (!trace) return;
  LogFields fields = {{"briefing_id", answered.briefing_id}};
  if (answered.result.ok()) {
    fields.emplace_back(
        "outcome",
        absl::StripPrefix(v1::IngestOutcome_Name(answered.result->outcome()),
                          "INGEST_OUTCOME_"));
    LogTraced(*trace, "a briefing was taken", std::move(fields));
    return;
  }
  const absl::Status& status = answered.result.status();
  fields.emplace_back("code", absl::StatusCodeToString(status.code()));
  const auto details = DetailsOf(status);
  if (details) fields.emplace_back("reason", details->reason);
  LogTraced(*trace,
            IsRefusal(status) ? "a briefing was refused"
                              : "a briefing could not be taken",
            std::move(fields));
}

}  // namespace attache
