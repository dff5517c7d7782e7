// Whether a trip is ahead, under way, over, put off or called off.
#ifndef ATTACHE_INGESTOR_PASSES_DECIDE_STATUS_H_
#define ATTACHE_INGESTOR_PASSES_DECIDE_STATUS_H_

#include <vector>

#include "ingestor/passes/decide_trips.h"
#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// The publish day decides where the dates allow it, else the tense of the
// sentences on the journey.
TripStatus DecideStatus(const TripText& text, const std::vector<Stop>& stops,
                        const DateRange& dates);

// kCancelled or kPostponed where the headline or the opening sentences say so
// of the whole trip (put off to a stated date is neither), else kUnspecified.
TripStatus DecideCalledOff(const TripText& text,
                           const std::vector<Stop>& stops);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_DECIDE_STATUS_H_
