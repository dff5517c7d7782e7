// Whom the travelers meet.
#ifndef ATTACHE_INGESTOR_PASSES_DECIDE_MEETINGS_H_
#define ATTACHE_INGESTOR_PASSES_DECIDE_MEETINGS_H_

#include <vector>

#include "ingestor/passes/decide_trips.h"
#include "ingestor/passes/person_list.h"
#include "ingestor/passes/trip_scope.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// The persons whom `travelers` meet, host, dine or work with on the trip, in
// text order; hosts of their own government count, organizers of an event do
// not. A person whose state the text does not name has that of the stop that
// the sentence stands under.
std::vector<TripPerson> DecideMeetings(const TripText& text,
                                       const PersonList& travelers,
                                       const TripScope& scope);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_DECIDE_MEETINGS_H_
