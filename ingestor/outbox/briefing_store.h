// What the ingestor keeps on its disk: every briefing with its latest write,
// the writes that the query service has not acknowledged, and what was
// refused.
#ifndef ATTACHE_INGESTOR_OUTBOX_BRIEFING_STORE_H_
#define ATTACHE_INGESTOR_OUTBOX_BRIEFING_STORE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "attache/v1/briefing.pb.h"
#include "attache/v1/ingest_service.pb.h"
#include "attache/v1/trip_index_service.pb.h"
#include "common/limits.h"
#include "common/store/database.h"
#include "ingestor/outbox/statements.h"

namespace attache::outbox {

struct StoreOptions {
  std::string path;
  // What stored results are held against: another version parses anew.
  std::string parser_version;
  std::string vocabulary_version;
  // Pending writes in bytes at which nothing more is accepted.
  int64_t max_pending_bytes = int64_t{1} << 30;
  // The largest record, and the largest write until a query service has named
  // its own bound.
  int64_t max_record_bytes = kDefaultMaxRecordBytes;
  // Writes that a resync puts into the outbox at a time.
  int64_t resync_batch = 256;
  int64_t max_rejected_count = 10'000;
  int64_t max_rejected_bytes = int64_t{64} << 20;
};

// The counters, as of the last commit.
struct StoreState {
  std::string producer_id;
  std::string token_key;  // 32 random bytes
  // Counts the starts of this data directory.
  int64_t epoch = 0;
  int64_t last_sequence = 0;
  int64_t acknowledged_sequence = 0;
  // A revision that holds all that was acknowledged.
  int64_t acknowledged_revision = 0;
  // Latest writes up to this sequence are still to be sent again; 0 for none.
  int64_t resync_until = 0;
  // The last sequence of the resync's batch under way. Not kept.
  int64_t resync_batch_end = 0;
  // The highest sequence that a query service can have had from this data
  // directory when the process started. Writes accepted since the last Welcome
  // of any process are above it: none was sent. One that holds more tells that
  // the directory was restored.
  int64_t sendable_sequence = 0;
  // A query service has welcomed this epoch.
  bool welcomed = false;
  // 0 until a query service has named its own.
  int64_t max_write_bytes = 0;
  std::string index_id;
  // Bytes of the writes after acknowledged_sequence, and of what was refused.
  int64_t pending_bytes = 0;
  int64_t rejected_bytes = 0;

  bool operator==(const StoreState&) const = default;
};

struct ParsedTrips {
  std::vector<v1::TripRecord> records;  // numbered by the store
  std::vector<v1::Issue> issues;
};

struct Submission {
  std::shared_ptr<const v1::Briefing> briefing;
  std::string fingerprint;  // FingerprintOf(*briefing)
  std::string traceparent;
  // Called at most once, where the outcome needs what the briefing reports.
  std::function<absl::StatusOr<ParsedTrips>()> parse;
};

struct Acceptance {
  // Non-OK: the briefing was not taken, for this reason; the rest is unset.
  absl::Status refusal = {};
  v1::IngestResult result = {};
  // The write that holds the result. Acknowledged already where it is not
  // above StoreState::acknowledged_sequence.
  int64_t sequence = 0;
};

// For one thread at a time. Every method below Group changes rows and runs
// inside it; a non-OK status of one means that the disk or the file failed,
// and that the group must be rolled back.
class BriefingStore {
 public:
  // Opens or creates the file and counts the epoch up. Errors as
  // store::Database::Open.
  static absl::StatusOr<std::unique_ptr<BriefingStore>> Open(
      const StoreOptions& options);

  const StoreState& state() const { return state_; }
  bool IsFull() const {
    return state_.pending_bytes >= options_.max_pending_bytes;
  }

  // One transaction. Where it fails, nothing of it has happened.
  absl::Status Group(const std::function<absl::Status()>& body);

  // Outcomes CREATED, REPLACED, UNCHANGED, NO_TRIP and STALE. A refusal is
  // what the parse returned, or RECORD_TOO_LARGE. O(trips of the briefing).
  absl::StatusOr<Acceptance> Accept(const Submission& submission,
                                    absl::Time now);
  // Always a new write, also where the briefing is unknown or was retracted:
  // another producer may have written it since.
  absl::StatusOr<Acceptance> Retract(const std::string& briefing_id,
                                     const std::string& traceparent,
                                     absl::Time now);
  // Takes a new reading of what is held, where it still is the briefing of
  // that fingerprint. True where it gave another write.
  absl::StatusOr<bool> TakeReading(const std::string& briefing_id,
                                   const std::string& fingerprint,
                                   ParsedTrips parsed, absl::Time now);
  // Keeps the content only up to kMaxRejectedContentBytes, and forgets the
  // oldest beyond the bounds of the options.
  absl::Status RecordRejected(v1::Briefing briefing,
                              const v1::ItemStatus& status, absl::Time now);

  // Every write up to `sequence` is at the query service, but those refused.
  // Goes on with a resync once its batch under way is: one batch after the
  // other, so that new writes are not held up behind all that is sent again.
  absl::Status Acknowledge(int64_t sequence, int64_t revision,
                           absl::Span<const v1::RejectedWrite> rejected,
                           absl::Time now);
  // What a Welcome says of the index. Committed before a write is sent.
  absl::Status NoteIndex(const std::string& index_id, int64_t revision,
                         int64_t max_write_bytes);
  // REQUIRES: epoch > state().epoch.
  absl::Status TakeEpoch(int64_t epoch);
  // Changes nothing, and shows whether the disk takes writes.
  absl::Status TryWrite() { return database_->Touch(); }
  // The query service holds `sequence` of an earlier life of this producer: go
  // on above it, and send again what stood at or below it.
  absl::Status Rewind(int64_t sequence, absl::Time now);
  // Has every acknowledged write sent again, oldest first.
  absl::Status StartResync(absl::Time now);

 private:
  // A row of briefings.
  struct Held {
    int64_t id = 0;
    std::string briefing_id;
    std::string fingerprint;
    int64_t version = 0;
    std::string parser_version;
    std::string vocabulary_version;
    bool retracted = false;
    bool refused = false;
    int64_t write_sequence = 0;
    int64_t next_number = 1;
    std::string result;  // IngestResult, as first answered
  };
  struct Reading;

  BriefingStore(const StoreOptions& options,
                std::unique_ptr<store::Database> database)
      : options_(options),
        database_(std::move(database)),
        statements_(database_.get()) {}

  absl::Status LoadState();
  absl::Status CreateState();
  absl::Status SaveState();

  static Held ReadRow(const store::Statement& row);
  absl::StatusOr<std::optional<Held>> Find(const std::string& briefing_id);
  absl::Status Insert(Held& held);
  absl::Status Update(const Held& held);

  absl::StatusOr<Reading> Number(const Held& held, int64_t version,
                                 const std::string& traceparent,
                                 ParsedTrips parsed);
  absl::Status PutReading(Held& held, const Reading& reading, absl::Time now);
  absl::Status RememberTrips(const Held& held, const Reading& reading);
  absl::Status PutDocument(const Held& held, const v1::Briefing& briefing);
  // Replaces the latest write and sends it.
  absl::Status PutWrite(Held& held, const std::string& bytes, absl::Time now);
  absl::Status Send(Held& held, int64_t size, absl::Time now);
  absl::Status SendAgain(Held& held, absl::Time now);
  // The write that withdraws a briefing up to `version`; 0 for whatever is
  // held.
  static std::string WithdrawalBytes(const std::string& briefing_id,
                                     int64_t version,
                                     const std::string& traceparent = "");
  absl::StatusOr<Acceptance> AnswerHeld(Held held, v1::IngestOutcome outcome,
                                        absl::Time now);

  absl::Status ContinueResync(absl::Time now);
  // Takes writes up to `sequence` off the outbox.
  absl::Status DropPending(int64_t sequence);
  absl::Status MarkRefused(const v1::RejectedWrite& rejected, absl::Time now);
  absl::Status ForgetOldRejected();
  absl::Status CheckSize(const Reading& reading) const;

  const StoreOptions options_;
  std::unique_ptr<store::Database> database_;
  Statements statements_;
  StoreState state_;
  StoreState saved_;
};

inline constexpr size_t kMaxRejectedContentBytes = size_t{256} << 10;

// What a RecordWrite takes at most when its sequence is set, in bytes.
int64_t SizeWithSequence(const std::string& write_bytes);

// The status as an item of a stream or a list shows it.
v1::ItemStatus ToItemStatus(const absl::Status& status);

}  // namespace attache::outbox

#endif  // ATTACHE_INGESTOR_OUTBOX_BRIEFING_STORE_H_
