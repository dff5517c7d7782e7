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

// "in Rarotonga, Cook Islands": where the town begins that the vocabulary does
// not have, if a preposition stands before it; else where the place begins. Not
// before `begin`.
uint32_t TownBefore(const TripText& text, const PlaceMention& place,
                    uint32_t begin);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_GOVERNOR_WALK_H_
