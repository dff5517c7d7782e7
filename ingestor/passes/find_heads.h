// Whose trip a text reports.
#ifndef ATTACHE_INGESTOR_PASSES_FIND_HEADS_H_
#define ATTACHE_INGESTOR_PASSES_FIND_HEADS_H_

#include <vector>

#include "ingestor/passes/abroad.h"
#include "ingestor/passes/person_list.h"
#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// Sets Stop::passing. "last month" is of another journey only where the text
// also reports one without such words. O(stops * actors).
void MarkPassing(const Abroad& abroad, std::vector<Stop>* stops);

// Those whose trip the text opens with: of the stops that are not passing, the
// officers who are the first to go abroad, and those who go together with them;
// else the delegation; else the officer whom the text opens with, where it says
// of nobody that they go. Empty where the text reports no trip. O(stops *
// actors
// + countries * (mentions of the opening + delegates)).
PersonList FindHeads(const TripText& text, const Abroad& abroad,
                     const std::vector<Stop>& stops);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_FIND_HEADS_H_
