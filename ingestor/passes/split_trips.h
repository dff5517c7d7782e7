// Which of the journeys that a text tells belong to which trip.
#ifndef ATTACHE_INGESTOR_PASSES_SPLIT_TRIPS_H_
#define ATTACHE_INGESTOR_PASSES_SPLIT_TRIPS_H_

#include <string>
#include <vector>

#include "ingestor/passes/abroad.h"
#include "ingestor/passes/person_list.h"
#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// A trip other than the one that the text opens with.
struct TripPart {
  std::vector<uint32_t> heads;  // indexes into Findings::people
  std::vector<Stop> stops;      // in text order
  // The units that are about it alone, [first, end); none where both are 0.
  uint32_t first_unit = 0;
  uint32_t end_unit = 0;
};

// Takes out of `own` the stops of the second and further trips of `heads` where
// headings count trips ("First trip: ...", "Mission B - Australia"): those in
// countries that a part below such a heading is the first to name. O(stops log
// sections).
std::vector<TripPart> SplitByHeadings(const TripText& text,
                                      const PersonList& heads,
                                      std::vector<Stop>* own);

// Takes out of `own`, the stops of the focal trip of `heads`, those that they
// set out for after they had come home to `state`: "returned on Saturday ...
// next week he will travel to India". None where they never come home between.
std::vector<TripPart> SplitAfterReturn(const TripText& text,
                                       const PersonList& heads,
                                       const std::string& state,
                                       std::vector<Stop>* own);

// The journeys among `others`, the stops that are not of the focal trip, that
// are told as such: someone else's, or those of `heads` at another time.
std::vector<TripPart> OtherTrips(const TripText& text, const Abroad& abroad,
                                 const PersonList& heads,
                                 const PersonList& travelers,
                                 const std::vector<Stop>& others);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_SPLIT_TRIPS_H_
