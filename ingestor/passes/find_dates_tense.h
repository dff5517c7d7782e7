// Whether the words around a date tell of the past or of the future.
#ifndef ATTACHE_INGESTOR_PASSES_FIND_DATES_TENSE_H_
#define ATTACHE_INGESTOR_PASSES_FIND_DATES_TENSE_H_

#include "ingestor/document.h"
#include "ingestor/passes/find_dates_resolve.h"
#include "ingestor/passes/find_dates_words.h"

namespace attache {

// By the cue nearest to `span` in its sentence; one that follows it counts as
// half as near. kUnknown where the sentence has none. Looks 120 tokens far at
// most.
DateTense TenseAt(const Document& document, const DateWords& words,
                  TokenSpan span);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_FIND_DATES_TENSE_H_
