// Days among the dates of a text, and those that may date a journey.
#ifndef ATTACHE_INGESTOR_PASSES_JOURNEY_DATES_H_
#define ATTACHE_INGESTOR_PASSES_JOURNEY_DATES_H_

#include <cstdint>
#include <vector>

#include "ingestor/passes/trip_text.h"

namespace attache {

// The dates of one sentence that may date a journey: those that name a day, in
// text order. O(log dates of the text + dates).
std::vector<const DateMention*> JourneyDates(const TripText& text,
                                             TokenSpan sentence);

// "postponed her visit, planned for Monday, to 5 May": whether the words before
// `date`, from `begin` on, say that it is the day which no longer holds.
bool DatesOldPlan(const TripText& text, const DateMention& date,
                  uint32_t begin);

// Whether `date` is one calendar day; days are compared by these.
bool IsDay(const PartialDate& date);
// The earlier or later of two dates; the other one where one is empty.
PartialDate Earlier(const PartialDate& a, const PartialDate& b);
PartialDate Later(const PartialDate& a, const PartialDate& b);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_JOURNEY_DATES_H_
