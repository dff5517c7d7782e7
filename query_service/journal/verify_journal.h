// Examines the journal of a query service that is stopped.
#ifndef ATTACHE_QUERY_SERVICE_JOURNAL_VERIFY_JOURNAL_H_
#define ATTACHE_QUERY_SERVICE_JOURNAL_VERIFY_JOURNAL_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/store/verification.h"

namespace attache {

// Whether the pages are sound, every record can be read and is its briefing's,
// revisions and sequences are in order, and the history leads to what is held.
// Changes no file. A file that is no database at all is a fault.
//
// FAILED_PRECONDITION where a service runs on the directory, there is no
// journal, or it is not one that this program knows.
absl::StatusOr<store::Verification> VerifyJournal(const std::string& data_dir);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_JOURNAL_VERIFY_JOURNAL_H_
