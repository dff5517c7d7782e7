// Tokens, sentences and everything that the vocabulary recognises.
#ifndef ATTACHE_INGESTOR_PASSES_SEGMENT_H_
#define ATTACHE_INGESTOR_PASSES_SEGMENT_H_

#include "common/vocabulary/vocabulary.h"
#include "ingestor/document.h"

namespace attache {

// Fills the last group of `document`: tokens, unit_of, matches by the lexicon
// of Document::language (none where the vocabulary does not have it), and
// sentences. A stop ends a sentence unless it belongs to an abbreviation or
// initial, by the cues `abbreviation`, `number_abbreviation` and
// `final_abbreviation`; after "U.S." and its like a sentence begins only with a
// `function_word`. A run of 400 tokens without a stop is cut. Calling it again
// replaces what it had filled. O(text).
void Segment(Document& document, const Vocabulary& vocabulary);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_SEGMENT_H_
