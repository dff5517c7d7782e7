// Stops that a text lays out instead of telling them: the rows of a table,
// lines that open with a date and a place, lines such as "Destinations: Oman,
// Qatar".
#ifndef ATTACHE_INGESTOR_PASSES_READ_ITINERARY_H_
#define ATTACHE_INGESTOR_PASSES_READ_ITINERARY_H_

#include <cstdint>
#include <vector>

#include "ingestor/passes/laid_out_days.h"
#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// A cell of an itinerary's row that says what is done at its stop.
struct ProgrammeCell {
  uint32_t unit = 0;          // index into Document::units
  uint32_t place = 0;         // the row's, index into Findings::places
  bool counterparts = false;  // its column lists whom one meets
};

struct LaidOutTrip {
  // In text order, each with its actors and, where one is laid out, its date.
  std::vector<Stop> stops;
  LaidOutDays days;
  std::vector<ProgrammeCell> programme;
  // The persons that a label or a list gives as the travelers, indexes into
  // Findings::people.
  std::vector<uint32_t> travelers;
  // As ReadRemarks gives them.
  std::vector<Stop> remarks;
  // Those that a list gives as going along ("He is accompanied by:").
  std::vector<uint32_t> companions;
};

// Each stop names the same actors, as many as a hundred. O(tokens + mentions).
LaidOutTrip ReadItinerary(const TripText& text);

// Adds the laid-out stops to those that were told, in text order; where a place
// is both, the laid-out one stays.
void MergeStops(std::vector<Stop> laid_out, std::vector<Stop>* stops);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_READ_ITINERARY_H_
