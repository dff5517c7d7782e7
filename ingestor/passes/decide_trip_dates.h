// When a trip and each of its stops begin and end.
#ifndef ATTACHE_INGESTOR_PASSES_DECIDE_TRIP_DATES_H_
#define ATTACHE_INGESTOR_PASSES_DECIDE_TRIP_DATES_H_

#include <string>
#include <vector>

#include "ingestor/passes/journey_dates.h"
#include "ingestor/passes/laid_out_days.h"
#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// A range and the words that it was read from.
struct DatedSpan {
  DateRange range;
  std::vector<TokenSpan> spans;
  // Told by a weekday alone.
  bool by_weekday = false;
};

struct TripDates {
  // By stop, as given.
  std::vector<DatedSpan> stops;
  // What the text says of the trip as a whole, home journey included; empty
  // where it dates only stops.
  DatedSpan whole;
  // `whole` was stated as a range, or by a label, not as a lone day.
  bool whole_is_range = false;
};

// `stops` are those of one trip, in text order, those in the travelers' own
// country `home` among them; `own` says by sentence which are on this trip.
// `days` is what the text lays out.
TripDates DecideTripDates(const TripText& text, const std::vector<Stop>& stops,
                          const std::vector<bool>& own, const std::string& home,
                          const LaidOutDays& days = {});

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_DECIDE_TRIP_DATES_H_
