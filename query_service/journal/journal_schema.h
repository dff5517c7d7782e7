// The tables of the journal; for this folder alone.
#ifndef ATTACHE_QUERY_SERVICE_JOURNAL_JOURNAL_SCHEMA_H_
#define ATTACHE_QUERY_SERVICE_JOURNAL_JOURNAL_SCHEMA_H_

#include "common/store/database.h"

namespace attache {

store::Database::Schema JournalSchema();

// Keys of the table meta. What the index is told by, and what the file shares
// with no copy of itself:
inline constexpr char kMetaIndexId[] = "index_id";
inline constexpr char kMetaFileIdentity[] = "file_identity";
inline constexpr char kMetaPageTokenKey[] = "page_token_key";
// Numbers as text, 0 where missing:
inline constexpr char kMetaRevision[] = "revision";
inline constexpr char kMetaOldestRevision[] = "oldest_revision";
inline constexpr char kMetaHistoryBytes[] = "history_bytes";
// As RecordSum::ToText; where missing, it is taken from what is loaded.
inline constexpr char kMetaRecordSum[] = "record_sum";

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_JOURNAL_JOURNAL_SCHEMA_H_
