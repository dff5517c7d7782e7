// Copies a database to a directory of its own while its owner writes on.
#ifndef ATTACHE_COMMON_STORE_BACKUP_H_
#define ATTACHE_COMMON_STORE_BACKUP_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/store/database.h"

namespace attache::store {

// Told how many bytes are copied; where it fails, the backup is broken off and
// nothing of it stays.
using BackupProgress =
    absl::FunctionRef<absl::Status(int64_t done, int64_t total)>;

// What stands behind the name of the file until the backup is whole.
inline constexpr absl::string_view kPartialSuffix = ".partial";

// Copies `from`, a file of that schema, as it is at one moment to a file of the
// same name in `directory`, which is created where it is missing (mode 0700)
// and must be empty. `finish` changes the copy inside of a transaction: what
// two files must not share. The copy has its name only once it is whole and on
// the disk. Returns its bytes. For any thread; no lock is needed.
//
// FAILED_PRECONDITION with a message for an operator where the directory cannot
// be used, errors as Database::OpenBeside, what `progress` or `finish` return.
absl::StatusOr<int64_t> BackUp(
    const std::string& from, const Database::Schema& schema,
    const std::string& directory,
    absl::FunctionRef<absl::Status(Database& copy)> finish,
    BackupProgress progress);

}  // namespace attache::store

#endif  // ATTACHE_COMMON_STORE_BACKUP_H_
