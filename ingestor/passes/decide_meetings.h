// Whom the travelers meet, and which events they attend.
#ifndef ATTACHE_INGESTOR_PASSES_DECIDE_MEETINGS_H_
#define ATTACHE_INGESTOR_PASSES_DECIDE_MEETINGS_H_

#include <string>
#include <vector>

#include "ingestor/passes/decide_trips.h"
#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// The persons whom `travelers` meet, host, dine or work with on the trip, in
// text order; hosts of their own government count, organizers of an event do
// not. A person whose state the text does not name has that of the stop that
// the sentence stands under. `own` says by sentence which are on this trip.
std::vector<TripPerson> DecideMeetings(const TripText& text,
                                       const std::vector<uint32_t>& travelers,
                                       const std::vector<Stop>& stops,
                                       const std::vector<bool>& own,
                                       const std::string& home);

// The events that the travelers attend; each once, by its fullest name.
std::vector<TripEvent> DecideTripEvents(const TripText& text,
                                        const std::vector<Stop>& stops,
                                        const std::vector<bool>& own,
                                        const std::string& home);

// By sentence, the country of the stop that it stands under; empty where it
// stands under none.
std::vector<std::string> CountryBySentence(const TripText& text,
                                           const std::vector<Stop>& stops,
                                           const std::string& home);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_DECIDE_MEETINGS_H_
