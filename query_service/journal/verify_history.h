// The part of VerifyJournal that follows the history; for this folder alone.
#ifndef ATTACHE_QUERY_SERVICE_JOURNAL_VERIFY_HISTORY_H_
#define ATTACHE_QUERY_SERVICE_JOURNAL_VERIFY_HISTORY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attache/v1/trip_record.pb.h"
#include "common/store/database.h"
#include "common/store/verification.h"

namespace attache {

// The record in `wire`, which is to have that id; else DATA_LOSS says what is
// wrong with it.
absl::StatusOr<v1::TripRecord> ReadRecord(absl::string_view wire,
                                          absl::string_view record_id);

// Every change follows on from the one before it of the same record, and the
// last one led to what is held.
void VerifyHistory(store::Database& database,
                   store::Verification& verification);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_JOURNAL_VERIFY_HISTORY_H_
