// Stops and days of one itinerary, as its lines or rows give them.
#ifndef ATTACHE_INGESTOR_PASSES_ITINERARY_DAYS_H_
#define ATTACHE_INGESTOR_PASSES_ITINERARY_DAYS_H_

#include <cstdint>

#include "ingestor/passes/read_itinerary.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// The days of a row or a line, indexes into Findings::dates that begin on a
// day; `first` is -1 where there is none, `last` where it is one.
struct EntryDays {
  int32_t first = -1;
  int32_t last = -1;
};

// Adds the stops of one itinerary to a trip, and keeps the days that it spans.
// Refers to text and trip, which must outlive it.
class ItineraryDays {
 public:
  ItineraryDays(const TripText& text, LaidOutTrip* trip)
      : text_(text), trip_(*trip) {}

  EntryDays DaysOf(TokenSpan span) const;

  // A stop at `place`, index into Findings::places.
  void AddStop(uint32_t place, const EntryDays& days);
  // The same, and at what it lies in: "Phnom Penh, Cambodia".
  void AddStopAndAround(const PlaceMention& place, const EntryDays& days);

  uint32_t IndexOf(const PlaceMention& place) const;

  // Takes the days of one more row or line into those of the whole.
  void Extend(const EntryDays& days);

  // Days from the first row's to the last one's; 0 where there are none.
  int Length() const;

  // Gives the trip the days of the whole, of the first itinerary alone.
  void SetTripDays();

 private:
  const DateRange& RangeOf(int32_t date) const;
  PartialDate LastDay(int32_t date) const;

  const TripText& text_;
  LaidOutTrip& trip_;
  EntryDays whole_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_ITINERARY_DAYS_H_
