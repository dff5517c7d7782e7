// What a cell, a line or the text behind a label holds of an itinerary.
#ifndef ATTACHE_INGESTOR_PASSES_ITINERARY_CELLS_H_
#define ATTACHE_INGESTOR_PASSES_ITINERARY_CELLS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// The first date within `span` that begins on a day: an index into
// Findings::dates, -1 where there is none. O(log dates of the text + dates).
int32_t DayIn(const TripText& text, TokenSpan span);

// The last date within `span` that begins on a day, and not before that of the
// first one: an index into Findings::dates, -1 where there are no two. O(as
// above).
int32_t LastDayIn(const TripText& text, TokenSpan span);

// The places within `span` that one can stop at, indexes into Findings::places.
// O(log places of the text + places).
std::vector<uint32_t> StopsIn(const TripText& text, TokenSpan span);

// Whether a line tells of the journey by its words: "11 November, departure
// from home". O(log cues of the text).
bool TellsOfJourney(const TripText& text, TokenSpan line);

// A stop that is laid out at `place`, index into Findings::places, of the day
// `date`, index into Findings::dates or -1. O(1).
Stop LaidOutStop(const TripText& text, uint32_t place, int32_t date);

// What a line says of nothing but places, and days.
struct PlaceLine {
  bool place = false;
  bool day = false;
};

// nullopt where `span` has any other word. O(tokens).
std::optional<PlaceLine> ReadPlaceLine(const TripText& text, TokenSpan span);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_ITINERARY_CELLS_H_
