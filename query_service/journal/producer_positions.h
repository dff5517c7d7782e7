// How far each producer has come.
#ifndef ATTACHE_QUERY_SERVICE_JOURNAL_PRODUCER_POSITIONS_H_
#define ATTACHE_QUERY_SERVICE_JOURNAL_PRODUCER_POSITIONS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "attache/v1/trip_index_service.pb.h"

namespace attache {

// What the journal keeps of one producer. One that was never seen is all
// defaults.
struct ProducerPosition {
  int64_t epoch = 0;
  // The highest sequence that was applied or refused.
  int64_t last_sequence = 0;
  // Where a resync was asked for and no write has come since: what the producer
  // had had acknowledged. Else -1.
  int64_t resync_from = -1;
  // Whose it is: who first said Hello by a name. Empty where nobody has.
  std::string principal = {};

  // The one sequence that may come next.
  int64_t NextSequence() const {
    return (resync_from >= 0 ? resync_from : last_sequence) + 1;
  }
  // Counts that sequence as taken.
  void Take() {
    last_sequence = NextSequence();
    resync_from = -1;
  }
};

// Makes the producer that of `principal` where it is nobody's yet. An empty
// principal, of a service that asks nobody who he is, makes and breaks nothing.
// PERMISSION_DENIED PRODUCER_OF_ANOTHER, and nothing has changed.
absl::Status Claim(absl::string_view principal, const v1::Hello& hello,
                   ProducerPosition& position);

// What a producer has had acknowledged, as its Hello says.
int64_t AcknowledgedSequence(const v1::Hello& hello);

// INVALID_ARGUMENT FIELD_INVALID where a field breaks its rule.
absl::Status CheckHello(const v1::Hello& hello);

// Moves `position` as `hello` asks. `found_restored` is set where the producer
// has had more acknowledged than is held, and that was not known before.
// FAILED_PRECONDITION EPOCH_STALE or PRODUCER_REWOUND, and nothing is moved.
absl::Status Greet(const v1::Hello& hello, ProducerPosition& position,
                   bool& found_restored);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_JOURNAL_PRODUCER_POSITIONS_H_
