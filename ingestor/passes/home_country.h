// Which state's officers a text means where it does not say.
#ifndef ATTACHE_INGESTOR_PASSES_HOME_COUNTRY_H_
#define ATTACHE_INGESTOR_PASSES_HOME_COUNTRY_H_

#include <string>
#include <vector>

#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// The state whose officer speaks in the text: alpha-2, "EU" where it is the
// Union, empty where nothing tells. An office that belongs to one state tells
// it best, then "Fiji's delegation", then dateline, letterhead or signature,
// then where they return to or set out from, last the weak offices. Where the
// strongest state is itself gone to, the place of sending goes first.
// O(tokens + stops).
std::string HomeCountry(const TripText& text, const std::vector<Stop>& stops);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_HOME_COUNTRY_H_
