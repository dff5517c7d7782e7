// Journeys that a clause about a place tells: "in India, where he is to
// arrive".
#ifndef ATTACHE_INGESTOR_PASSES_CLAUSE_OF_PLACE_H_
#define ATTACHE_INGESTOR_PASSES_CLAUSE_OF_PLACE_H_

#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// For a place that nothing before it puts on a journey: sets the reach and the
// governor of its stop, whose sentence is set, where the clause behind it does
// ("his appointments in India, where he is to arrive on Monday", "en Lima,
// donde se reunirá con"). O(1).
void ReadClauseOfPlace(const TripText& text, const PlaceMention& place,
                       Stop* stop);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_CLAUSE_OF_PLACE_H_
