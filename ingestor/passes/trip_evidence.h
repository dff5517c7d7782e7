// How much speaks for it that a text reports a trip, and does not only mention
// one.
#ifndef ATTACHE_INGESTOR_PASSES_TRIP_EVIDENCE_H_
#define ATTACHE_INGESTOR_PASSES_TRIP_EVIDENCE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// Refers to the text, which must outlive it. Immutable, thread-safe.
class TripEvidence {
 public:
  // O(text).
  explicit TripEvidence(const TripText& text);

  // From 0, where the stops only come up after the news; the more, the surer.
  // Those that lie in `state`, which the travelers come from (alpha-2 or
  // empty), count for nothing. O(sentences of the stops).
  float Of(const std::vector<Stop>& stops, const std::string& state) const;

 private:
  bool IsOfLeader(const Stop& stop) const;

  const TripText& text_;
  // By sentence: how many that tell stand before it.
  std::vector<int> ranks_;
  // Whom the opening names first behind a word for a delegation; indexes into
  // Findings::people.
  absl::flat_hash_set<uint32_t> leaders_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_TRIP_EVIDENCE_H_
