// Which events the travelers attend.
#ifndef ATTACHE_INGESTOR_PASSES_DECIDE_TRIP_EVENTS_H_
#define ATTACHE_INGESTOR_PASSES_DECIDE_TRIP_EVENTS_H_

#include <vector>

#include "ingestor/passes/decide_trips.h"
#include "ingestor/passes/trip_scope.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// The events that the travelers attend; each once, by its fullest name.
std::vector<TripEvent> DecideTripEvents(const TripText& text,
                                        const TripScope& scope);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_DECIDE_TRIP_EVENTS_H_
