// Stops that stand in lines of date and place.
#ifndef ATTACHE_INGESTOR_PASSES_READ_ITINERARY_LINES_H_
#define ATTACHE_INGESTOR_PASSES_READ_ITINERARY_LINES_H_

#include "ingestor/passes/read_itinerary.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// Adds to `trip` the stops of lines ("12-14 November - Phnom Penh"), where
// there are several. O(tokens).
void ReadItineraryLines(const TripText& text, LaidOutTrip* trip);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_READ_ITINERARY_LINES_H_
