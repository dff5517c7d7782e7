// Which of the journeys that a text tells belong to which trip.
#ifndef ATTACHE_INGESTOR_PASSES_SPLIT_TRIPS_H_
#define ATTACHE_INGESTOR_PASSES_SPLIT_TRIPS_H_

#include <string>
#include <vector>

#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// A trip other than the one that the text opens with.
struct TripPart {
  std::vector<uint32_t> heads;  // indexes into Findings::people
  std::vector<Stop> stops;      // in text order
};

// Takes out of `own`, the stops of the focal trip of `heads`, those that they
// set out for after they had come home to `state`: "returned on Saturday ...
// next week he will travel to India". None where they never come home between.
std::vector<TripPart> SplitAfterReturn(const TripText& text,
                                       const std::vector<uint32_t>& heads,
                                       const std::string& state,
                                       std::vector<Stop>* own);

// The journeys among `others`, the stops that are not of the focal trip, that
// are told as such: someone else's, or those of `heads` at another time. `home`
// is the state whose officers the text means where it names none.
std::vector<TripPart> OtherTrips(const TripText& text,
                                 const std::vector<uint32_t>& heads,
                                 const std::vector<uint32_t>& travelers,
                                 const std::string& home,
                                 const std::vector<Stop>& others);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_SPLIT_TRIPS_H_
