// In which order the stays of a trip follow each other.
#ifndef ATTACHE_INGESTOR_PASSES_ORDER_STAYS_H_
#define ATTACHE_INGESTOR_PASSES_ORDER_STAYS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "ingestor/passes/decide_trip_dates.h"
#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// A country's stops, or those of one stay there.
struct Stay {
  std::string country;
  std::vector<size_t> stops;  // indexes, in text order
  DateRange dates;
  std::vector<TokenSpan> date_spans;
};

// Each leaves stays that it knows no order of as they stand. `stops` are those
// of the trip in text order, `home` the travelers' own country.

// As `countries` lists them, those that it does not list last.
void OrderByList(const std::vector<std::string>& countries,
                 std::vector<Stay>* stays);

// "will first travel to Oslo", "then", "from there": if such words tell the
// whole way, their order counts.
void OrderByNarration(const TripText& text, const std::vector<Stop>& stops,
                      const std::string& home, std::vector<Stay>* stays);

// "a tour that began in Helsinki and will end in Riga".
void OrderByEnds(const TripText& text, const std::vector<Stop>& stops,
                 const std::string& home, std::vector<Stay>* stays);

// What has no date of its own stays behind what it was told after.
void OrderByDates(std::vector<Stay>* stays);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_ORDER_STAYS_H_
