// Stops that stand in the rows of tables.
#ifndef ATTACHE_INGESTOR_PASSES_READ_ITINERARY_TABLES_H_
#define ATTACHE_INGESTOR_PASSES_READ_ITINERARY_TABLES_H_

#include "ingestor/passes/read_itinerary.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// Adds to `trip` the stops of tables that are itineraries, with what they say
// is done there. O(tokens of the tables).
void ReadItineraryTables(const TripText& text, LaidOutTrip* trip);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_READ_ITINERARY_TABLES_H_
