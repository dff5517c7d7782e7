// Towns that the vocabulary does not have, before a place that it has.
#ifndef ATTACHE_INGESTOR_PASSES_TOWN_BEFORE_H_
#define ATTACHE_INGESTOR_PASSES_TOWN_BEFORE_H_

#include <cstdint>

#include "ingestor/passes/trip_text.h"

namespace attache {

// "in Rarotonga, Cook Islands": where the town begins that the vocabulary does
// not have, if a preposition stands before it; else where the place begins. Not
// before `begin`.
uint32_t TownBefore(const TripText& text, const PlaceMention& place,
                    uint32_t begin);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_TOWN_BEFORE_H_
