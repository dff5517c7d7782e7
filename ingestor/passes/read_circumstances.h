// What a sentence says of the journey that it tells: whether it is made at all,
// and when.
#ifndef ATTACHE_INGESTOR_PASSES_READ_CIRCUMSTANCES_H_
#define ATTACHE_INGESTOR_PASSES_READ_CIRCUMSTANCES_H_

#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// Fills in the circumstances of a stop whose place, sentence, governor, actors
// and tense are set: dropped, cancelled, postponed, of another time and so on.
// O(tokens and dates of the sentence).
void ReadCircumstances(const TripText& text, Stop* stop);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_READ_CIRCUMSTANCES_H_
