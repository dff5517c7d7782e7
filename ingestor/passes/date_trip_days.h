// The ends of a trip that are told from the day of the text: which day of the
// trip it is.
#ifndef ATTACHE_INGESTOR_PASSES_DATE_TRIP_DAYS_H_
#define ATTACHE_INGESTOR_PASSES_DATE_TRIP_DAYS_H_

#include "ingestor/passes/trip_dating.h"

namespace attache {

// "on the second day of a three-day stay" gives the start, "wrapping up a
// five-day mission, she said today" the end. Leaves alone what is known.
// O(places + stops + dates).
void DateTripDays(TripDating* trip);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_DATE_TRIP_DAYS_H_
