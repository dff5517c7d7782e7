// The tables of the journal; for this folder alone.
#ifndef ATTACHE_QUERY_SERVICE_JOURNAL_JOURNAL_SCHEMA_H_
#define ATTACHE_QUERY_SERVICE_JOURNAL_JOURNAL_SCHEMA_H_

#include "common/store/database.h"

namespace attache {

store::Database::Schema JournalSchema();

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_JOURNAL_JOURNAL_SCHEMA_H_
