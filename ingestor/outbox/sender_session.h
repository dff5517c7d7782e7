// What the ingestor does next in its talk with the query service: the
// protocol of TripIndexService.StreamTripRecords as a state machine, without
// the stream that carries it.
#ifndef ATTACHE_INGESTOR_OUTBOX_SENDER_SESSION_H_
#define ATTACHE_INGESTOR_OUTBOX_SENDER_SESSION_H_

#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "attache/v1/trip_index_service.pb.h"
#include "ingestor/outbox/briefing_store.h"

namespace attache::outbox {

// Lives as long as the process, through any number of streams. Not
// thread-safe.
class SenderSession {
 public:
  // `sendable_sequence` as StoreState has it when the process starts.
  SenderSession(std::string parser_version, std::string vocabulary_version,
                int64_t sendable_sequence);

  // The first message of a stream. Hello.last_sequence is the last that any
  // process can have sent, and not what was given out since: where the data
  // directory was restored and new writes came before the first Hello, the
  // query service still sees that it holds sequences this producer never sent.
  v1::Hello MakeHello(const StoreState& state);

  // What the first answer of a stream asks for, in this order.
  struct Start {
    int64_t acknowledged_sequence = 0;
    std::vector<v1::RejectedWrite> rejected;
    bool resync = false;
  };
  // A non-OK status ends the stream, as do those below.
  absl::StatusOr<Start> OnWelcome(const v1::Welcome& welcome,
                                  const StoreState& state);

  // Whether a write of that many bytes fits into the window now.
  bool MaySend(int64_t bytes) const;
  // Bytes that one write may take, and one batch.
  int64_t max_write_bytes() const { return max_write_bytes_; }
  int64_t max_batch_bytes() const { return max_batch_bytes_; }
  // The last sequence that was sent on this stream or needs no sending.
  int64_t sent_sequence() const { return sent_sequence_; }
  void OnSent(int64_t sequence, int64_t bytes);
  // Checks an Ack before anything is forgotten on its word.
  absl::Status OnAck(const v1::Ack& ack);

  // What to do once a stream has ended.
  struct Next {
    enum class Action {
      kConnect,    // after `delay`
      kTakeEpoch,  // go on under `epoch`: this directory was restored
      kRewind,     // go on above `last_sequence`: as above
      kStandBy,    // another process has this identity; try after `delay`
    };
    Action action = Action::kConnect;
    absl::Duration delay;
    int64_t epoch = 0;
    int64_t last_sequence = 0;
  };
  // `lasted` is how long the stream was open; `random` in [0, 1) spreads the
  // delay (full jitter).
  Next OnEnd(const absl::Status& status, absl::Duration lasted, double random);

  // Welcomed on the stream that is open.
  bool connected() const { return connected_; }

 private:
  absl::Duration Backoff(double random);

  const std::string parser_version_;
  const std::string vocabulary_version_;
  // The highest sequence that the query service can have from this producer.
  int64_t sendable_sequence_;
  bool ever_welcomed_ = false;
  bool took_epoch_ = false;
  int failures_ = 0;
  int rewinds_ = 0;

  // Of the stream that is open.
  bool connected_ = false;
  bool progressed_ = false;
  int64_t sent_sequence_ = 0;
  int64_t acknowledged_sequence_ = 0;
  int64_t window_writes_ = 0;
  int64_t window_bytes_ = 0;
  int64_t max_write_bytes_ = 0;
  int64_t max_batch_bytes_ = 0;
  int64_t outstanding_bytes_ = 0;
  std::deque<std::pair<int64_t, int64_t>> outstanding_;  // sequence, bytes
};

}  // namespace attache::outbox

#endif  // ATTACHE_INGESTOR_OUTBOX_SENDER_SESSION_H_
