// The fields of offices that no vocabulary lists, told by the name behind them.
#ifndef ATTACHE_INGESTOR_PASSES_PERSON_COMPLEMENT_H_
#define ATTACHE_INGESTOR_PASSES_PERSON_COMPLEMENT_H_

#include <cstdint>

#include "ingestor/document.h"
#include "ingestor/passes/cue_index.h"
#include "ingestor/passes/person_names.h"

namespace attache {

// "president of the shipowners' league, Ana Prieto, ...", "la embajadora en
// España, Purificación Lima": the end of the words from `at`, which a
// preposition opens, where a full name between commas is all that follows them;
// else `at`. Looks at a few tokens.
uint32_t EndOfApposedComplement(const Document& document, const CueIndex& cues,
                                const NameReader& names, uint32_t at);

// "Minister of the Sea, Inland Waters and Fisheries": whether the word at `at`,
// which might be somebody's name, is part of a list of fields. O(1).
bool FieldGoesOn(const Document& document, const CueIndex& cues, uint32_t at);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_PERSON_COMPLEMENT_H_
