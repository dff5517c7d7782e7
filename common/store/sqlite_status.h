// SQLite's result codes as absl::Status; for this folder alone.
#ifndef ATTACHE_COMMON_STORE_SQLITE_STATUS_H_
#define ATTACHE_COMMON_STORE_SQLITE_STATUS_H_

#include "absl/status/status.h"

struct sqlite3;

namespace attache::store {

// The last error of `handle`, which was opened or at least allocated.
// REQUIRES: `code` is not SQLITE_OK, SQLITE_ROW or SQLITE_DONE.
absl::Status SqliteStatus(sqlite3* handle, int code);

}  // namespace attache::store

#endif  // ATTACHE_COMMON_STORE_SQLITE_STATUS_H_
