// Dates that sentences tell which name no stop.
#ifndef ATTACHE_INGESTOR_PASSES_DATE_UNDATED_H_
#define ATTACHE_INGESTOR_PASSES_DATE_UNDATED_H_

#include "ingestor/passes/trip_dating.h"

namespace attache {

// Dates stops that nothing else does by sentences that open with a date and
// name their country, then the trip, where still nothing is dated, by the first
// range beside its noun. O(sentences + places + dates), times log of the latter
// two.
void DateUndated(TripDating* trip);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_DATE_UNDATED_H_
