// Reads of the ingestor's file that go on beside the writer.
#ifndef ATTACHE_INGESTOR_OUTBOX_STORE_READER_H_
#define ATTACHE_INGESTOR_OUTBOX_STORE_READER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "attache/v1/briefing.pb.h"
#include "attache/v1/ingest_service.pb.h"
#include "attache/v1/trip_index_service.pb.h"
#include "common/store/database.h"
#include "ingestor/outbox/statements.h"

namespace attache::outbox {

// What decides whether a submission has to be parsed at all.
struct HeldBriefing {
  std::string fingerprint;
  int64_t version = 0;
  std::string parser_version;
  std::string vocabulary_version;
  bool retracted = false;
  bool refused = false;
};

struct PendingWrite {
  int64_t sequence = 0;
  std::string bytes;  // a RecordWrite without its sequence
};

struct StoredBriefing {
  int64_t row = 0;  // where NextBriefing goes on
  v1::Briefing briefing;
  std::string fingerprint;
};

struct RejectedEntry {
  int64_t id = 0;
  v1::RejectedBriefing rejected;
};

// Sees what was committed before the call. Thread-safe: one call at a time, the
// others wait. Errors as store::Statement.
class StoreReader {
 public:
  // REQUIRES: BriefingStore::Open has opened `path`.
  static absl::StatusOr<std::unique_ptr<StoreReader>> Open(
      const std::string& path);

  absl::StatusOr<std::optional<HeldBriefing>> Find(
      const std::string& briefing_id);
  // nullopt where it is unknown or was retracted.
  absl::StatusOr<std::optional<v1::Briefing>> ReadBriefing(
      const std::string& briefing_id);

  // Writes above `sequence`, in order: at most `max_writes`, and no more than
  // `max_bytes` but for the first, which is always read.
  absl::StatusOr<std::vector<PendingWrite>> ReadPending(int64_t sequence,
                                                        int max_writes,
                                                        int64_t max_bytes);
  // When the oldest pending write was put there; nullopt for none.
  absl::StatusOr<std::optional<absl::Time>> OldestPendingTime();

  // The briefings that stand, by row; those of both versions are left out
  // where they are given. nullopt at the end.
  struct Skip {
    std::string parser_version;
    std::string vocabulary_version;
  };
  absl::StatusOr<std::optional<StoredBriefing>> NextBriefing(
      int64_t after_row, const std::optional<Skip>& skip);
  absl::StatusOr<int64_t> CountBriefings(const std::optional<Skip>& skip);

  // The newest first, below `before_id` (0 for all).
  absl::StatusOr<std::vector<RejectedEntry>> ListRejected(int64_t before_id,
                                                          int limit);

 private:
  explicit StoreReader(std::unique_ptr<store::Database> database)
      : database_(std::move(database)), statements_(database_.get()) {}

  absl::Mutex mutex_;
  std::unique_ptr<store::Database> database_;
  Statements statements_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace attache::outbox

#endif  // ATTACHE_INGESTOR_OUTBOX_STORE_READER_H_
