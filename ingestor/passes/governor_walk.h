// The word that governs a place in its sentence.
#ifndef ATTACHE_INGESTOR_PASSES_GOVERNOR_WALK_H_
#define ATTACHE_INGESTOR_PASSES_GOVERNOR_WALK_H_

#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// Walks left from `place` to the word that governs it, and says how surely that
// makes it a place gone to. Of the stop only sentence, reach, governor,
// fronted, attached, leaving and returning are set; reach is kNone where the
// place is only spoken of. O(length of the sentence).
Stop WalkToGovernor(const TripText& text, const PlaceMention& place);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_GOVERNOR_WALK_H_
