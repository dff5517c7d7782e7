// Copies an ingestor's file while it runs.
#ifndef ATTACHE_INGESTOR_OUTBOX_BACKUP_STORE_H_
#define ATTACHE_INGESTOR_OUTBOX_BACKUP_STORE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "common/store/backup.h"

namespace attache::outbox {

// In the data directory of an ingestor.
inline constexpr char kStoreFileName[] = "ingestor.db";

struct StoreBackup {
  int64_t bytes = 0;
  int64_t last_sequence = 0;
  int64_t acknowledged_sequence = 0;
};

// The file in `data_dir`, as it is at one moment, as one in `directory`. The
// copy is the same producer: it goes on in the place of what it was copied
// from, and must not run beside it. It has a key of its own for page tokens.
// Errors as store::BackUp.
absl::StatusOr<StoreBackup> BackUpStore(const std::string& data_dir,
                                        const std::string& directory,
                                        store::BackupProgress progress);

}  // namespace attache::outbox

#endif  // ATTACHE_INGESTOR_OUTBOX_BACKUP_STORE_H_
