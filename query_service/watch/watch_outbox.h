// The sending half of one watch: what is sent when, and how it ends.
#ifndef ATTACHE_QUERY_SERVICE_WATCH_WATCH_OUTBOX_H_
#define ATTACHE_QUERY_SERVICE_WATCH_WATCH_OUTBOX_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "attache/v1/errors.pb.h"
#include "query_service/watch/changed_records.h"
#include "query_service/watch/watch_queue.h"

namespace attache {

// Where the responses go. Called under the outbox's lock: these only pass on
// what they are given, and do not call back.
class WatchSink {
 public:
  virtual ~WatchSink() = default;
  // Sends a WatchTripRecordsResponse; WatchOutbox::OnSent follows.
  virtual void Send(std::string response) = 0;
  // Ends the stream. Nothing is on its way then, and nothing comes after.
  virtual void End(const absl::Status& status) = 0;
  // The client has taken nothing for too long: breaks the connection, whereupon
  // OnSent(false) comes.
  virtual void Abort() = 0;
};

struct WatchOutboxOptions {
  std::string index_id = {};
  int64_t start_revision = 0;
  absl::Duration progress_interval = absl::Seconds(10);
  // What waits while a response is on its way, of the changes that are offered.
  size_t max_queue_bytes = size_t{8} << 20;
  size_t max_queue_changes = 10'000;
  // Few bytes, so that responses on their way to very many clients fit into
  // memory, and none keeps a client's connection busy for long.
  size_t max_response_bytes = size_t{1} << 20;
  // Who holds a snapshot or a connection while taking nothing loses it.
  absl::Duration stall_timeout = absl::Seconds(60);
};

// Thread-safe: the hub puts changes in on its threads, and the stream says on
// others what became of the responses. One response is on its way at a time.
//
// At first the outbox pulls: it calls `more` once whenever all it was given is
// sent, and one of Put... answers. After GoLive changes are pushed by Offer,
// and the queue is bounded.
class WatchOutbox {
 public:
  // `sink` outlives the outbox's use, that is, until Detach. `more` is called
  // under the lock, and not at first: the first Put... needs no asking.
  WatchOutbox(WatchSink& sink, WatchOutboxOptions options,
              std::function<void()> more);

  // Some of what matched at the start; where that was all, at which revision.
  void PutMatches(std::vector<SharedChange> matches,
                  std::optional<int64_t> synced_at);
  // All that changed after what was put before, up to `up_to`.
  void PutChanges(std::vector<RevisionChanges> changes, int64_t up_to);
  // Likewise, and the outbox pulls no more.
  void GoLive(std::vector<RevisionChanges> changes, int64_t up_to);

  // All that changed after what was put or offered before, up to `up_to`. False
  // where the watch has ended, be it that its queue overflows by this. A lone
  // revision has room whatever its size, so that a client gets past it.
  bool Offer(std::vector<RevisionChanges> changes, int64_t up_to);
  // Nothing changed up to `up_to`: this is said as soon as nothing else waits,
  // for the history before it is about to go.
  void Mark(int64_t up_to);
  // Sends what is due by time: progress marks, and farewell to who takes
  // nothing. `live_up_to` is what a live outbox has been offered all changes
  // up to. Returns when to come again.
  absl::Time Tick(absl::Time now, int64_t live_up_to);

  // The response has been handed over, or could not be.
  void OnSent(bool ok);
  // What waits is dropped, and the stream ends once nothing is on its way. The
  // first end counts.
  void End(absl::Status status);
  // As End, with UNAVAILABLE and the revision to resume from.
  void EndToResume(v1::ErrorReason reason);
  // Afterwards the sink is not called, nor is a call running.
  void Detach();

  bool ended() const;
  struct Backlog {
    size_t queued_bytes = 0;
    // The last revision that the client has, where it is owed more; nullopt
    // where nothing is queued nor on its way.
    std::optional<int64_t> behind_at;
  };
  Backlog backlog() const;
  const std::string& index_id() const { return options_.index_id; }

 private:
  using EndStatus = std::function<absl::Status(int64_t resume_revision)>;

  absl::Time TickUntil(absl::Time now);
  void Pump();
  void Send(WatchQueue::Response response);
  void EndWith(EndStatus end);
  void EndForReason(v1::ErrorReason reason);

  WatchSink& sink_;
  const WatchOutboxOptions options_;
  const std::function<void()> more_;

  // Guards what follows. Of the standard library, which ThreadSanitizer knows.
  mutable std::mutex mutex_;
  WatchQueue queue_;
  bool pulling_ = true;
  bool asked_ = true;  // and not answered
  // Whether what matched at the start has been sent, or was not asked for.
  bool synced_;
  // Every change up to here is in the queue, on its way or sent.
  int64_t up_to_;
  // The last revision but 0 of a response, and of one that was handed over.
  int64_t covered_;
  int64_t sent_;
  bool mark_ = false;  // wanted
  bool sending_ = false;
  int64_t sending_revision_ = 0;
  absl::Time sending_since_;
  absl::Time last_sent_;
  EndStatus end_;  // set once the watch has ended
  absl::Time ended_at_;
  bool finished_ = false;
  bool aborted_ = false;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_WATCH_WATCH_OUTBOX_H_
