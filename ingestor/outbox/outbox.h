// The ingestor's durable queue: takes briefings in, in order and many to a
// commit, and hands their writes to whoever sends them.
#ifndef ATTACHE_INGESTOR_OUTBOX_OUTBOX_H_
#define ATTACHE_INGESTOR_OUTBOX_OUTBOX_H_

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "attache/v1/ingest_service.pb.h"
#include "ingestor/outbox/briefing_store.h"
#include "ingestor/outbox/index_waiters.h"

namespace attache::outbox {

// Set once the caller of an operation has gone.
using Cancelled = std::shared_ptr<const std::atomic<bool>>;

// How a submission is to be answered.
struct AnswerTerms {
  // Wait for the query service's acknowledgement, at most until `deadline`.
  bool indexed = false;
  absl::Time deadline = absl::InfinitePast();
  // Wait for room where the outbox is full, in order with the others that do,
  // instead of failing with OUTBOX_FULL.
  bool wait_for_room = false;
  // Once true, an operation that still waits for room is dropped and answered
  // CANCELLED at the next WakeForCancelled. May be null.
  Cancelled cancelled;
};

// Thread-safe. Operations take effect in the order of the calls (one that
// waits for room, when it has it) and are answered once they are on the disk,
// on the outbox's own thread: an answer must not block.
class Outbox {
 public:
  // Errors of the item (the parse's, RECORD_TOO_LARGE), OUTBOX_FULL,
  // DISK_REFUSES_WRITES and DRAINING, or the result.
  using Answer = std::function<void(absl::StatusOr<v1::IngestResult>)>;

  // Opens `options.path` and starts the thread. Errors as BriefingStore::Open.
  static absl::StatusOr<std::unique_ptr<Outbox>> Open(
      const StoreOptions& options);
  // Answers what still waits, DURABLE or DRAINING.
  ~Outbox();

  void Accept(Submission submission, AnswerTerms terms, Answer answer);
  void Retract(std::string briefing_id, std::string traceparent,
               AnswerTerms terms, Answer answer);
  // For the list of rejected briefings; `answer` is called once it is there.
  void RecordRejected(v1::Briefing briefing, v1::ItemStatus status,
                      std::function<void(absl::Status)> answer);
  // BriefingStore::TakeReading; waits for room.
  void TakeReading(std::string briefing_id, std::string fingerprint,
                   ParsedTrips parsed, Cancelled cancelled,
                   std::function<void(absl::StatusOr<bool>)> answer);

  // For the sender: runs `change` in a group and blocks until it is committed.
  absl::Status Change(
      std::function<absl::Status(BriefingStore&, absl::Time)> change);
  // BriefingStore::TryWrite, in a group of its own, so that no fault of others
  // is taken for the disk's. Blocks.
  absl::Status TryWrite();
  // BriefingStore::NoteIndex, Acknowledge and, with `resync`, StartResync in
  // one group, so that no crash loses what is owed to a new index. Answers who
  // waits for what the index holds: INDEXED, or DURABLE where it is sent again.
  // Blocks.
  absl::Status TakeWelcome(const v1::Welcome& welcome,
                           int64_t acknowledged_sequence,
                           const std::vector<v1::RejectedWrite>& rejected,
                           bool resync);
  // As BriefingStore::Acknowledge, and answers who waits for it. Blocks.
  absl::Status Acknowledge(int64_t sequence, int64_t revision,
                           std::vector<v1::RejectedWrite> rejected);
  // As BriefingStore::Rewind; who waits for a dropped sequence is answered
  // DURABLE. Blocks.
  absl::Status Rewind(int64_t sequence);

  // As of the last commit.
  StoreState state() const;
  struct Report {
    absl::Status status;
    absl::Duration lasted;
  };
  // For those who count: called on the outbox's thread after every group that
  // was to change something, until it is replaced. It must not block or call
  // the outbox.
  void OnGroup(std::function<void(const Report&)> notify);
  // Called after each commit that gave out sequences, until it is replaced. It
  // must not block or call the outbox.
  void OnNewWrites(std::function<void()> notify);

  // Looks for operations whose caller has gone.
  void WakeForCancelled();
  // Drain: nothing waits for room any more, nor for the index beyond
  // `deadline`.
  void LimitWaits(absl::Time deadline);

 private:
  struct Operation {
    // Runs inside the group; a non-OK status fails the whole group.
    std::function<absl::Status(BriefingStore&, absl::Time)> apply;
    // After the commit, with its status.
    std::function<void(absl::Status)> committed;
    bool takes_room = false;
    bool wait_for_room = false;
    bool is_alone = false;  // in its group
    Cancelled cancelled;
  };
  using Operations = std::deque<Operation>;
  using Accepting =
      std::function<absl::StatusOr<Acceptance>(BriefingStore&, absl::Time)>;

  Outbox(std::unique_ptr<BriefingStore> opened, int64_t max_pending_bytes);
  void Enqueue(Operation operation);
  absl::Status EnqueueAndWait(Operation operation);
  void EnqueueAccepting(Accepting accept, AnswerTerms terms, Answer answer);
  void Settle(const Acceptance& acceptance, const AnswerTerms& terms,
              const Answer& answer);

  static absl::Status DrainingError();
  bool HasWork() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  Operations::iterator EndOfGroup() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Run();
  void RunGroup(Operations group);
  static bool HasGone(const Operation& operation);
  void AnswerCancelled();
  void NotifyNewWrites();

  const int64_t max_pending_bytes_;
  // Of the thread alone, once it runs.
  std::unique_ptr<BriefingStore> store_;
  IndexWaiters waiters_;
  Operations parked_;
  bool draining_ = false;

  mutable absl::Mutex mutex_;
  std::function<void()> on_new_writes_ ABSL_GUARDED_BY(mutex_);
  std::function<void(const Report&)> on_group_ ABSL_GUARDED_BY(mutex_);
  Operations queue_ ABSL_GUARDED_BY(mutex_);
  StoreState state_ ABSL_GUARDED_BY(mutex_);
  bool woken_ ABSL_GUARDED_BY(mutex_) = false;
  // InfiniteFuture until LimitWaits.
  absl::Time waits_end_ ABSL_GUARDED_BY(mutex_) = absl::InfiniteFuture();
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace attache::outbox

#endif  // ATTACHE_INGESTOR_OUTBOX_OUTBOX_H_
