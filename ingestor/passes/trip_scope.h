// Which sentences of a text are about one trip, and about which of its stops.
#ifndef ATTACHE_INGESTOR_PASSES_TRIP_SCOPE_H_
#define ATTACHE_INGESTOR_PASSES_TRIP_SCOPE_H_

#include <string>
#include <vector>

#include "ingestor/passes/read_itinerary.h"
#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// Refers to the text and to `own`, which must outlive it. Immutable,
// thread-safe; Holds is O(log matches), every other look-up O(1).
class TripScope {
 public:
  // `own` says by sentence which are on this trip, `home` is the travelers'
  // state. O(sentences + stops).
  TripScope(const TripText& text, const std::vector<Stop>& stops,
            const std::vector<bool>& own, const std::string& home,
            const std::vector<ProgrammeCell>& programme);

  // Whether the sentence tells of this trip: what happens now, not of an
  // earlier journey or of a call.
  bool Holds(uint32_t sentence) const;

  // Whether it stands in an itinerary's column that lays out what is done, or
  // whom one meets.
  bool InProgramme(uint32_t sentence) const;
  bool AmongCounterparts(uint32_t sentence) const;

  // The country of the stop that it stands under; empty where none is.
  const std::string& CountryAt(uint32_t sentence) const {
    return countries_[sentence];
  }

 private:
  enum class Cell : uint8_t { kNone, kProgramme, kCounterparts };

  void ReadCountries(const std::vector<Stop>& stops, const std::string& home);

  const TripText& text_;
  const std::vector<bool>& own_;
  std::vector<std::string> countries_;  // by sentence
  std::vector<Cell> cells_;             // by unit
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_TRIP_SCOPE_H_
