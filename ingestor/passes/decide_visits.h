// The countries that a trip goes to, in the order of the itinerary.
#ifndef ATTACHE_INGESTOR_PASSES_DECIDE_VISITS_H_
#define ATTACHE_INGESTOR_PASSES_DECIDE_VISITS_H_

#include <string>
#include <vector>

#include "ingestor/passes/decide_trip_dates.h"
#include "ingestor/passes/decide_trips.h"
#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// `stops` are those of one trip in text order, `dates` theirs, `home` the
// travelers' own country, which is never visited. Dates decide the order, else
// the narration ("first", "then"), else the listing. A country to which the
// trip returns after another has an entry for each stay.
std::vector<Visit> DecideVisits(const TripText& text,
                                const std::vector<Stop>& stops,
                                const TripDates& dates,
                                const std::string& home);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_DECIDE_VISITS_H_
