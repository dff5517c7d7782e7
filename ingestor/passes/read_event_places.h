// Stops that are told by the event that somebody goes to.
#ifndef ATTACHE_INGESTOR_PASSES_READ_EVENT_PLACES_H_
#define ATTACHE_INGESTOR_PASSES_READ_EVENT_PLACES_H_

#include <vector>

#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// The way to an event leads to where it is held: adds that place to `stops`, in
// text order, where it is not on somebody's way already. O(events + stops log
// stops).
void ReadEventPlaces(const TripText& text, std::vector<Stop>* stops);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_READ_EVENT_PLACES_H_
