// Which state's officers a text means where it does not say, and whether an
// officer of no stated state is abroad at all.
#ifndef ATTACHE_INGESTOR_PASSES_HOME_COUNTRY_H_
#define ATTACHE_INGESTOR_PASSES_HOME_COUNTRY_H_

#include <string>
#include <vector>

#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// The state whose officer speaks in the text: alpha-2, "EU" where it is the
// Union, empty where nothing tells. An office that belongs to one state tells
// it best, then "Fiji's delegation", then where the text was filed from, unless
// somebody travels there. O(tokens + stops).
std::string HomeCountry(const TripText& text, const std::vector<Stop>& stops);

// Whether nothing places `country` abroad for somebody whose state is unknown:
// the text names neither the country nor its capital, only towns in it.
bool OnlyTownsOf(const TripText& text, const std::string& country);

// Whether the text is sent from `country` and calls it by no name, as one does
// at home: "Guwahati, 4 August: ... flew in from New Delhi".
bool SentFromUnnamed(const TripText& text, const std::string& country);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_HOME_COUNTRY_H_
