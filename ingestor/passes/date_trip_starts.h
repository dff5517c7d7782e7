// The day when a trip begins, where a sentence tells it without naming a stop.
#ifndef ATTACHE_INGESTOR_PASSES_DATE_TRIP_STARTS_H_
#define ATTACHE_INGESTOR_PASSES_DATE_TRIP_STARTS_H_

#include "ingestor/passes/trip_dating.h"

namespace attache {

// "begins a four-day tour of the region today", "the trip, which started on
// Monday"; of the first country also "the minister, who landed on Tuesday",
// "who has been here since Tuesday". Leaves alone a start that is known.
// O(sentences + dates).
void DateTripStarts(TripDating* trip);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_DATE_TRIP_STARTS_H_
