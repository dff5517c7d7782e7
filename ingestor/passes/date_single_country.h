// When a stay in a single country begins and ends.
#ifndef ATTACHE_INGESTOR_PASSES_DATE_SINGLE_COUNTRY_H_
#define ATTACHE_INGESTOR_PASSES_DATE_SINGLE_COUNTRY_H_

#include <string>
#include <vector>

#include "ingestor/passes/decide_trip_dates.h"
#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// With one country abroad, every journey is there: reads the dates of what is
// said of it without naming the country again ("On Monday the Commissioner will
// visit ..."), where `dates` have none yet. REQUIRES: all of `stops` abroad are
// in one country.
void DateSingleCountry(const TripText& text, const std::vector<Stop>& stops,
                       const std::vector<bool>& own, const std::string& home,
                       TripDates* dates);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_DATE_SINGLE_COUNTRY_H_
