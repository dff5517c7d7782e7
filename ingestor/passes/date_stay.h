// The days of a stay, where the dates of a sentence are of one country.
#ifndef ATTACHE_INGESTOR_PASSES_DATE_STAY_H_
#define ATTACHE_INGESTOR_PASSES_DATE_STAY_H_

#include <cstddef>
#include <vector>

#include "ingestor/passes/trip_dating.h"

namespace attache {

// Of several dates, the one that stands nearest to the places of the stops
// [first, last); a range before a day. REQUIRES: there are dates and stops.
const DateMention& NearestDate(const TripDating& trip,
                               const std::vector<const DateMention*>& dates,
                               size_t first, size_t last);

// Gives a stop `date`, and those of `dates`, which stand in the same sentence,
// that are days of the same stay. O(dates).
void DateStay(const std::vector<const DateMention*>& dates,
              const DateMention& date, size_t stop, TripDating* trip);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_DATE_STAY_H_
