// What is abroad to whom.
#ifndef ATTACHE_INGESTOR_PASSES_ABROAD_H_
#define ATTACHE_INGESTOR_PASSES_ABROAD_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// Of one text. Holds a reference to it; immutable, then thread-safe.
class Abroad {
 public:
  // `home` as of HomeCountry, `stops` as of ReadJourneys. O(places + stops).
  Abroad(const TripText& text, std::string home,
         const std::vector<Stop>& stops);

  // The state that a person of the text serves, see StateOf.
  std::string StateOf(uint32_t person) const;

  // Whether a stop is abroad for a person. O(1).
  bool Is(const Stop& stop, uint32_t person) const;

  const std::string& home() const { return home_; }

 private:
  const TripText& text_;
  const std::string home_;
  // Countries that nothing places abroad for somebody whose state is unknown.
  absl::flat_hash_set<std::string> unnamed_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_ABROAD_H_
