// Weekdays that a text tells in the order of a journey to come.
#ifndef ATTACHE_INGESTOR_PASSES_ORDER_WEEKDAYS_H_
#define ATTACHE_INGESTOR_PASSES_ORDER_WEEKDAYS_H_

#include "ingestor/passes/trip_dating.h"

namespace attache {

// "lands in Lima next Monday. ... Thursday and Friday are for Quito": a weekday
// that was read as one before the text, or its own day, though it is told
// behind a later day of the journey, is the one of the week after; and so is a
// weekday of the return before the start. O(stops).
void OrderWeekdays(TripDating* trip);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_ORDER_WEEKDAYS_H_
