// The dates of a trip's stops, as the sentences that name them tell.
#ifndef ATTACHE_INGESTOR_PASSES_DATE_STOPS_H_
#define ATTACHE_INGESTOR_PASSES_DATE_STOPS_H_

#include "ingestor/passes/trip_dating.h"

namespace attache {

// Dates the stops, and the whole trip where a sentence that names its stops
// dates them all. O(sentences + stops + dates), times log of the latter.
void DateStops(TripDating* trip);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_DATE_STOPS_H_
