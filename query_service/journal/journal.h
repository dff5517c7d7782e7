// The durable state of the query service: what every briefing holds, what the
// latest revisions changed, how far each producer has come, which writes were
// refused. The index is rebuilt from it at start.
//
// One SQLite file in the data directory. Every Commit is one transaction that
// is on disk when it returns, so that what was acknowledged survives a crash of
// the process or the machine.
//
// A journal that finds itself copied or restored goes on from the revision that
// it holds, and keeps its history, which is true of what it holds. Its index_id
// is a new one, so that whoever followed it before is told to start afresh: the
// revisions after the copy was made are others now.
#ifndef ATTACHE_QUERY_SERVICE_JOURNAL_JOURNAL_H_
#define ATTACHE_QUERY_SERVICE_JOURNAL_JOURNAL_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "attache/v1/trip_index_service.pb.h"
#include "query_service/journal/history_options.h"
#include "query_service/journal/history_reader.h"
#include "query_service/journal/stored_record.h"

namespace attache {

// A write of one producer, as it came in.
struct ArrivedWrite {
  std::string producer_id;
  v1::RecordWrite write;
  // Set by who hands it in where the write breaks a rule of its own, and by
  // Journal::Commit where it is of a lower version than the one held.
  std::optional<v1::ItemStatus> refusal;
};

// Open, Load, Greet, Commit and TryWrite are for one thread at a time; the
// accessors are for any thread.
class Journal {
 public:
  // Opens or creates the journal in `directory`, which the caller has locked.
  // Errors as store::Database::Open. A file that was copied gets a new
  // index_id. A smaller history than the one held is cut by the next commits.
  // REQUIRES: CheckHistoryOptions(history).ok().
  static absl::StatusOr<std::unique_ptr<Journal>> Open(
      const std::string& directory, const HistoryOptions& history = {});
  ~Journal();

  // Hands over all that is held, each briefing once, in chunks of about
  // `chunk_bytes`; a briefing is never split. Stops at the first error.
  // DATA_LOSS at the end where what was handed over is not what was written.
  absl::Status Load(
      size_t chunk_bytes,
      absl::FunctionRef<absl::Status(std::vector<JournaledBriefing>)> take);

  // Answers a Hello, all but the window: positions, refusals, resync, and a new
  // index_id where the Hello shows that this index was restored. Errors of the
  // contract: INVALID_ARGUMENT, EPOCH_STALE, PRODUCER_REWOUND (nothing has
  // changed), DISK_REFUSES_WRITES.
  // PERMISSION_DENIED PRODUCER_OF_ANOTHER where the producer is not that of
  // `principal` (see Claim).
  absl::StatusOr<v1::Welcome> Greet(const v1::Hello& hello,
                                    absl::string_view principal = "");

  struct Committed {
    // The revision after the last write.
    int64_t revision = 0;
    // What the writes that were applied leave their briefings with, in order.
    std::vector<JournaledBriefing> applied;
  };
  // Applies the writes, in order, in one transaction, or none of them. Each
  // that is neither refused nor held already counts the revision up by one. A
  // producer's write whose sequence is held is passed over. A record id that
  // another briefing holds passes to the one written last.
  //
  // REQUIRES: a producer's sequences follow on from what its last Greet said;
  // INTERNAL where they do not. UNAVAILABLE DISK_REFUSES_WRITES: nothing is
  // applied, and a later call may succeed.
  absl::StatusOr<Committed> Commit(absl::Span<ArrivedWrite> writes,
                                   absl::Time index_time);

  // Changes nothing, and shows whether the disk takes writes. Errors as Commit.
  absl::Status TryWrite();

  // A reader of the history with a connection of its own; may outlive the
  // journal, not its file. For any thread.
  absl::StatusOr<std::unique_ptr<HistoryReader>> OpenHistory() const;

  // From now on commits keep the changes after this revision, whatever the
  // options say; what is gone already stays gone. For any thread.
  void RetainHistoryFrom(int64_t revision);

  int64_t revision() const;
  // The history holds all changes after this revision.
  int64_t oldest_revision() const;
  // Of its changes, as HistoryOptions::bytes counts them.
  int64_t history_bytes() const;
  // Names this index; changes when it finds that it was restored.
  std::string index_id() const;
  // 32 random bytes that are this journal's own, to authenticate page tokens.
  const std::string& page_token_key() const;
  int64_t DiskBytes() const;

 private:
  struct Impl;
  explicit Journal(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_JOURNAL_JOURNAL_H_
