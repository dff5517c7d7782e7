// The writes of traced calls in the log.
#ifndef ATTACHE_QUERY_SERVICE_SERVICE_WRITE_TRACE_H_
#define ATTACHE_QUERY_SERVICE_SERVICE_WRITE_TRACE_H_

#include "query_service/journal/journal_writer.h"

namespace attache {

// A line, as LogTraced has it, for each write that carries a traceparent: taken
// (durable, and seen by reads from `revision` on), refused or not taken.
void LogTracedWrites(const JournalWriter::Report& report);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_SERVICE_WRITE_TRACE_H_
