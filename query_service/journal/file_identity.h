// Tells a file from a copy of it.
#ifndef ATTACHE_QUERY_SERVICE_JOURNAL_FILE_IDENTITY_H_
#define ATTACHE_QUERY_SERVICE_JOURNAL_FILE_IDENTITY_H_

#include <string>

#include "absl/status/statusor.h"

namespace attache {

// Stays the same while a file is written, renamed or moved within its file
// system, and differs for a copy: its inode and time of birth. The inode alone
// would not do, because a file system gives it again once the file is gone.
// Where the file system keeps no time of birth, its device stands in, which may
// change when a volume is attached anew; what follows from that is only that
// readers start afresh and ingestors send again all that they hold. A copy made
// over the file itself goes unnoticed.
absl::StatusOr<std::string> FileIdentity(const std::string& path);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_JOURNAL_FILE_IDENTITY_H_
