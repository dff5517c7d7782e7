// What is known while the dates of one trip are decided: the steps of
// DecideTripDates read it and add to its dates.
#ifndef ATTACHE_INGESTOR_PASSES_TRIP_DATING_H_
#define ATTACHE_INGESTOR_PASSES_TRIP_DATING_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "ingestor/passes/decide_trip_dates.h"
#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// Holds references to what it was made from. Not thread-safe.
class TripDating {
 public:
  // Arguments as of DecideTripDates. O(stops log stops).
  TripDating(const TripText& text, const std::vector<Stop>& stops,
             const std::vector<bool>& own, const std::string& home);

  const TripText& text;
  const std::vector<Stop>& stops;
  const std::vector<bool>& own;  // by sentence
  const std::string& home;
  std::set<std::string> countries;  // abroad
  TripDates dates;

  const std::string& Country(const Stop& stop) const {
    return CountryOf(text, stop);
  }
  TokenSpan PlaceSpan(const Stop& stop) const {
    return text.findings().places[stop.place].span;
  }

  // Each leaves alone what has a date already.
  void SetStop(size_t stop, const DateMention& date);
  void SetWhole(const DateMention& date);
  void SetWholeStart(const DateMention& date);
  void SetWholeEnd(const DateMention& date);

 private:
  void MoveIntoWhole(PartialDate* day) const;
};

// "which will conclude at the White House on Friday": whether `date` is the
// next one behind the word `over`, with no other deed between. O(1).
bool FollowsEnd(const TripText& text, const CueMatch& over, TokenSpan date);

// Whether some word of the end in `sentence` tells of `date`, which it holds or
// is followed by. O(words of the end).
bool DatesEnd(const TripText& text, TokenSpan sentence, TokenSpan date);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_TRIP_DATING_H_
