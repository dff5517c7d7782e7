// The days when a trip begins at home and ends there.
#ifndef ATTACHE_INGESTOR_PASSES_DATE_TRIP_ENDS_H_
#define ATTACHE_INGESTOR_PASSES_DATE_TRIP_ENDS_H_

#include "ingestor/passes/trip_dating.h"

namespace attache {

// Reads the return, the departure and the end of a trip whose stops are dated,
// where sentences tell of these without naming a stop. O(sentences + dates),
// and O(stops) for a departure.
void DateTripEnds(TripDating* trip);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_DATE_TRIP_ENDS_H_
