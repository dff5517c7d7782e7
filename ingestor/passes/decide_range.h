// The days of a whole trip.
#ifndef ATTACHE_INGESTOR_PASSES_DECIDE_RANGE_H_
#define ATTACHE_INGESTOR_PASSES_DECIDE_RANGE_H_

#include <string>
#include <vector>

#include "ingestor/passes/decide_trip_dates.h"
#include "ingestor/passes/decide_trips.h"
#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// The range of the whole trip: what the text says of it, else from the earliest
// start to the latest end of its stops. Ends that nothing confines stay open.
// Gives single days among `visits` their end where the next stop or the trip
// leaves no other.
DateRange DecideRange(const TripText& text, const TripDates& dates,
                      const std::vector<Stop>& stops, const std::string& home,
                      std::vector<Visit>* visits);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_DECIDE_RANGE_H_
