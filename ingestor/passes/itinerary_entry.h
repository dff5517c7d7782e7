// The place that a line or a cell of an itinerary is about.
#ifndef ATTACHE_INGESTOR_PASSES_ITINERARY_ENTRY_H_
#define ATTACHE_INGESTOR_PASSES_ITINERARY_ENTRY_H_

#include <cstdint>

#include "ingestor/passes/trip_text.h"

namespace attache {

// Entries of place and day from which on they are an itinerary.
inline constexpr size_t kFewestEntries = 2;

// A sign that may part what an entry opens with from what follows. O(1).
bool PartsEntry(const TripText& text, uint32_t token);

// The place at the token `at` of an entry; nullptr where there is none, or it
// is part of a name. O(1).
const PlaceMention* EntryPlaceAt(const TripText& text, uint32_t at,
                                 TokenSpan entry);

// The place that `entry` opens with, behind signs and times of day: "– 18h30,
// Geneva: visit", "In Lusaka, Zambia: meets"; nullptr where it opens otherwise.
// A preposition counts only before a place with a colon: not "In Brazil,
// figures are published". O(tokens before the place).
const PlaceMention* OpeningPlace(const TripText& text, TokenSpan entry);

// "Lusaka:", "Lusaka, Zambia:". O(1).
bool HasColonBehind(const TripText& text, const PlaceMention& place,
                    TokenSpan entry);

// Whether one can stop there. O(1).
bool IsStop(const PlaceMention& place);

// Whether an entry says that nothing is done at its stop: "airside transfer".
// O(log cues of the text), as the next.
bool OnlyPasses(const TripText& text, TokenSpan entry);

// Whether an entry takes its stop back: "removed from the programme".
bool IsOff(const TripText& text, TokenSpan entry);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_ITINERARY_ENTRY_H_
