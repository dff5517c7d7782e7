// The briefings of traced calls in the log.
#ifndef ATTACHE_INGESTOR_SERVICE_BRIEFING_TRACE_H_
#define ATTACHE_INGESTOR_SERVICE_BRIEFING_TRACE_H_

#include "ingestor/service/intake.h"

namespace attache {

// A line, as LogTraced has it, where the call carried a traceparent: taken,
// with its outcome, or refused, with the reason.
void LogTracedBriefing(const Intake::Answered& answered);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_SERVICE_BRIEFING_TRACE_H_
