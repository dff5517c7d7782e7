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

// "postponed to 5 May", "put off her visit, due on Monday, to 5 May": whether
// a new date is stated behind the word that puts a journey off.
bool IsPutOffToDate(const TripText& text, const CueMatch& postponed,
                    TokenSpan sentence);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_READ_CIRCUMSTANCES_H_
