// Examines the file of an ingestor that is stopped.
#ifndef ATTACHE_INGESTOR_OUTBOX_VERIFY_STORE_H_
#define ATTACHE_INGESTOR_OUTBOX_VERIFY_STORE_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/store/verification.h"

namespace attache::outbox {

// Whether the pages are sound, every briefing and write can be read and belong
// together, and the outbox holds each write after the last acknowledged one, in
// order. Changes no file. A file that is no database at all is a fault.
//
// FAILED_PRECONDITION where an ingestor runs on the directory, there is no such
// file, or it is not one that this program knows.
absl::StatusOr<store::Verification> VerifyStore(const std::string& data_dir);

}  // namespace attache::outbox

#endif  // ATTACHE_INGESTOR_OUTBOX_VERIFY_STORE_H_
