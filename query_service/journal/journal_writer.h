// Commits the writes of all streams in groups, and publishes them.
#ifndef ATTACHE_QUERY_SERVICE_JOURNAL_JOURNAL_WRITER_H_
#define ATTACHE_QUERY_SERVICE_JOURNAL_JOURNAL_WRITER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "attache/v1/trip_index_service.pb.h"
#include "query_service/journal/journal.h"

namespace attache {

// One thread owns the journal: it takes what waits from all streams, commits it
// in one transaction, publishes it to the index, and tells the streams. While
// one group is on its way to the disk the next one gathers, so that groups grow
// with the load and a lone write waits for nobody. Thread-safe.
//
// A producer is written by one stream at a time, the one whose Hello came last.
class JournalWriter {
 public:
  // Where the writer's answers go. It calls from its own thread, in order, and
  // must not be kept waiting. Calls may come after a stream has ended.
  class Stream {
   public:
    virtual ~Stream() = default;
    // Answers Greet: the Welcome without its window, or why there is none.
    virtual void OnGreeted(absl::StatusOr<v1::Welcome> welcome) = 0;
    // The next `write_count` writes are on disk and in the index, or refused.
    virtual void OnCommitted(int64_t write_count, int64_t revision,
                             std::vector<v1::RejectedWrite> rejected) = 0;
    // Nothing more of this stream is applied: another one took over, the disk
    // refuses writes, or there is no room.
    virtual void OnEnded(const absl::Status& status) = 0;
  };

  // Makes writes visible to readers, in order. Where it fails, the writer takes
  // nothing more: the index and the journal have parted, and only a restart
  // brings them together.
  using Publish = std::function<absl::Status(
      std::vector<JournaledBriefing> writes, int64_t revision)>;

  // Whether more records may come. Where not, a stream that brings some ends
  // with this status, and nothing of what it brought is lost, for it was not
  // acknowledged; withdrawals before them go through.
  using HasRoom = std::function<absl::Status()>;

  // What became of a group of writes.
  struct Report {
    absl::Span<const ArrivedWrite> writes;  // their records may be gone
    absl::Status status;
    int64_t revision = 0;
    absl::Duration commit_time;
    // Zero where there was nothing to publish.
    absl::Duration publish_time;
  };
  // For those who count and log. Called on the writer's thread.
  struct Observer {
    std::function<void(const Report&)> on_group = [](const Report&) {};
    // Of every Hello and every group of writes that was tried.
    std::function<void(const absl::Status&)> on_disk = [](const absl::Status&) {
    };
  };

  // `journal` outlives the writer, which alone uses it but for its accessors.
  // Without `has_room` there always is some.
  JournalWriter(Journal& journal, Publish publish);
  JournalWriter(Journal& journal, Publish publish, HasRoom has_room,
                Observer observer);
  // Commits what waits, then stops.
  ~JournalWriter();

  // `principal` as Journal::Greet has it.
  void Greet(std::shared_ptr<Stream> stream, std::string principal,
             v1::Hello hello);
  // REQUIRES: the stream was greeted, and sequences follow on.
  void Write(std::shared_ptr<Stream> stream, std::vector<ArrivedWrite> writes);

  // Journal::TryWrite, in turn; the error for good once nothing more is taken.
  // Blocks.
  absl::Status TryWrite();
  // Those that were handed in and are not on their way to the disk.
  int64_t waiting_writes() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_JOURNAL_JOURNAL_WRITER_H_
