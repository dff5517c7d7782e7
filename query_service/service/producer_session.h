// The protocol of one stream of StreamTripRecords, as a state machine: events
// in, actions out. It knows neither gRPC nor the journal nor time.
#ifndef ATTACHE_QUERY_SERVICE_SERVICE_PRODUCER_SESSION_H_
#define ATTACHE_QUERY_SERVICE_SERVICE_PRODUCER_SESSION_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attache/v1/trip_index_service.pb.h"
#include "query_service/journal/journal.h"
#include "query_service/service/check_write.h"

namespace attache {

struct StreamLimits {
  int32_t max_outstanding_writes = 1024;
  int64_t max_outstanding_bytes = int64_t{16} << 20;
  WriteLimits write;
};

// Not thread-safe. After `finish` was returned every event is answered by no
// action.
class ProducerSession {
 public:
  explicit ProducerSession(const StreamLimits& limits) : limits_(limits) {}

  // What is to be done in answer to an event. At most one response is on its
  // way at a time, and none when `finish` comes.
  struct Actions {
    // Hand this to the journal's writer; OnGreeted follows.
    std::optional<v1::Hello> greet;
    // Hand these to the journal's writer, in order; OnCommitted or OnEnded
    // follows.
    std::vector<ArrivedWrite> writes;
    // Ask for the next request; OnRequest or OnRequestsEnded follows.
    bool receive = false;
    // Send this; OnSent follows.
    std::optional<v1::StreamTripRecordsResponse> send;
    // End the stream.
    std::optional<absl::Status> finish;
  };

  // The stream is open.
  Actions OnOpened();
  Actions OnRequest(v1::StreamTripRecordsRequest request);
  // The client has closed its side.
  Actions OnRequestsEnded();
  // The response was handed to the client, or could not be.
  Actions OnSent(bool ok);
  // See JournalWriter::Stream.
  Actions OnGreeted(absl::StatusOr<v1::Welcome> welcome);
  Actions OnCommitted(int64_t write_count, int64_t revision,
                      std::vector<v1::RejectedWrite> rejected);
  Actions OnEnded(const absl::Status& status);
  // The service is about to stop: what was received is acknowledged, then the
  // stream ends with UNAVAILABLE DRAINING.
  Actions OnDrain();
  // The client is gone.
  Actions OnCancelled();

  // Empty before the Hello.
  const std::string& producer_id() const { return producer_id_; }

 private:
  enum class State { kNew, kGreeting, kOpen };
  // A write that was received and not acknowledged; what the window counts.
  struct Outstanding {
    int64_t sequence = 0;
    int64_t bytes = 0;
  };

  void HandleHello(v1::StreamTripRecordsRequest request, Actions& actions);
  void HandleBatch(v1::WriteBatch& batch, Actions& actions);
  // Non-OK ends the stream.
  absl::Status HandleWrite(v1::RecordWrite& write, Actions& actions);
  absl::Status CheckWindow() const;
  // Held when the stream began, or received on it.
  bool IsKnown(int64_t sequence) const;
  bool IsCommitting() const { return last_committed_ + 1 < next_; }
  void AcknowledgeKnown();
  void Acknowledge();
  void Fail(absl::Status status);
  // Decides what is sent next and whether the stream has come to its end.
  void Settle(Actions& actions);

  const StreamLimits limits_;
  State state_ = State::kNew;
  std::string producer_id_;
  // What the Hello said that the producer has given out and had acknowledged.
  int64_t acknowledged_ = 0;
  // Sequences up to here were held when the stream began.
  int64_t held_ = 0;
  // The first that may come after those, and the one that may come next.
  int64_t first_ = 0;
  int64_t next_ = 0;
  // What lies between this and next_ is on its way to the disk.
  int64_t last_committed_ = 0;
  // The highest sequence that is held; below last_committed_ only where a
  // resync has not begun.
  int64_t durable_ = 0;
  int64_t revision_ = 0;

  std::deque<Outstanding> outstanding_;
  int64_t outstanding_bytes_ = 0;

  std::optional<v1::Welcome> welcome_to_send_;
  std::optional<v1::Ack> ack_to_send_;
  bool sending_ = false;
  bool requests_ended_ = false;
  bool draining_ = false;
  std::optional<absl::Status> failure_;
  bool finished_ = false;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_SERVICE_PRODUCER_SESSION_H_
