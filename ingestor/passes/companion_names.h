// Names of people who go along and hold no office that the vocabulary knows.
#ifndef ATTACHE_INGESTOR_PASSES_COMPANION_NAMES_H_
#define ATTACHE_INGESTOR_PASSES_COMPANION_NAMES_H_

#include <vector>

#include "ingestor/document.h"
#include "ingestor/passes/cue_index.h"
#include "ingestor/passes/find_places.h"
#include "ingestor/passes/person_names.h"

namespace attache {

// "accompanied by engineer Ana Prieto and Bo Berg, a botanist": the names, of
// two to four words, that are called somebody within 60 tokens behind words for
// company and delegations. Who goes with whom is not decided here. `taken` says
// by token what is somebody's name or office already. In text order. O(tokens
// of those phrases).
std::vector<TokenSpan> CompanionNames(const Document& document,
                                      const CueIndex& cues,
                                      const NameReader& names,
                                      const std::vector<PlaceMention>& places,
                                      const std::vector<bool>& taken);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_COMPANION_NAMES_H_
