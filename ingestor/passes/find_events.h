// Named summits, forums, ministerials and ceremonies.
#ifndef ATTACHE_INGESTOR_PASSES_FIND_EVENTS_H_
#define ATTACHE_INGESTOR_PASSES_FIND_EVENTS_H_

#include <string>
#include <vector>

#include "ingestor/document.h"
#include "ingestor/passes/cue_index.h"

namespace attache {

struct EventMention {
  TokenSpan span;         // the name as written
  std::string series_id;  // empty where the vocabulary has none
  float confidence = 1;
};

// In text order, each mention; the same event may occur several times.
// REQUIRES: `cues` is of `document`.
std::vector<EventMention> FindEvents(const Document& document,
                                     const CueIndex& cues);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_FIND_EVENTS_H_
