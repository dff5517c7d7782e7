// Copies a journal while its service runs.
#ifndef ATTACHE_QUERY_SERVICE_JOURNAL_BACKUP_JOURNAL_H_
#define ATTACHE_QUERY_SERVICE_JOURNAL_BACKUP_JOURNAL_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "common/store/backup.h"

namespace attache {

// In the data directory of a query service.
inline constexpr char kJournalFileName[] = "journal.db";

struct JournalBackup {
  int64_t bytes = 0;
  int64_t revision = 0;
};

// The journal in `data_dir`, as it is at one moment, as one in `directory`. A
// service that starts on it names its index anew and takes a new key for page
// tokens: the copy holds neither the file's identity nor the key, so that it
// never passes for what it was copied from, wherever it is put. Errors as
// store::BackUp.
absl::StatusOr<JournalBackup> BackUpJournal(const std::string& data_dir,
                                            const std::string& directory,
                                            store::BackupProgress progress);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_JOURNAL_BACKUP_JOURNAL_H_
