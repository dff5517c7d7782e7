// Stops in the place that a text is sent from, which its sentences do not name.
#ifndef ATTACHE_INGESTOR_PASSES_READ_STOPS_HERE_H_
#define ATTACHE_INGESTOR_PASSES_READ_STOPS_HERE_H_

#include <vector>

#include "ingestor/passes/read_journeys.h"

namespace attache {

// "arrived here on Friday", "the visiting Cuban premier", "Wrapping up a
// three-day mission, the UN envoy": appends what a text with a dateline tells
// so. O(places + sentences log cues).
void ReadStopsHere(const TripText& text, std::vector<Stop>* stops);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_READ_STOPS_HERE_H_
