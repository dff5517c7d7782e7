// What the journal keeps of a briefing, and in which form.
#ifndef ATTACHE_QUERY_SERVICE_JOURNAL_STORED_RECORD_H_
#define ATTACHE_QUERY_SERVICE_JOURNAL_STORED_RECORD_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "attache/v1/trip_record.pb.h"

namespace attache {

// A TripRecord as the bytes that answers hold: deterministic, fields in the
// order of their numbers, revision and index_time set.
struct JournaledRecord {
  std::string record_id;
  std::string wire;

  bool operator==(const JournaledRecord&) const = default;
};

// All that one briefing holds at some revision; no records where it was
// withdrawn or reports no trip.
struct JournaledBriefing {
  std::string briefing_id;
  std::vector<JournaledRecord> records;

  bool operator==(const JournaledBriefing&) const = default;
};

// Sets what the service adds to a record, and makes it bytes.
JournaledRecord ToJournaled(v1::TripRecord& record, int64_t revision,
                            absl::Time index_time);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_JOURNAL_STORED_RECORD_H_
