// Whom a word in a sentence speaks of, and in which tense.
#ifndef ATTACHE_INGESTOR_PASSES_READ_ACTORS_H_
#define ATTACHE_INGESTOR_PASSES_READ_ACTORS_H_

#include <cstdint>
#include <vector>

#include "ingestor/passes/trip_text.h"

namespace attache {

enum class Tense : uint8_t { kUnknown, kPast, kPresent, kFuture };

// Whom the word at `governor` speaks of, from its own sentence: indexes into
// Findings::people. `anaphor` says whether a pronoun stands there. O(length of
// the sentence).
std::vector<uint32_t> ReadActors(const TripText& text, uint32_t governor,
                                 bool* anaphor);

// The tense of the predicate at `governor`.
Tense ReadTense(const TripText& text, uint32_t governor);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_READ_ACTORS_H_
