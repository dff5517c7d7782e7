// Whom a sentence means that names nobody: "She will then travel to Lima".
#ifndef ATTACHE_INGESTOR_PASSES_RESOLVE_ANAPHORA_H_
#define ATTACHE_INGESTOR_PASSES_RESOLVE_ANAPHORA_H_

#include <string>
#include <vector>

#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// Gives each stop that a pronoun, or a verb without a subject, is said to go to
// its actor: the subject of the sentences right before, if they hold an office
// of another state than the one gone to. "The delegation" stays nobody in
// particular. `home` as StateOf takes it. O(stops * length of a sentence).
void ResolveAnaphora(const TripText& text, const std::string& home,
                     std::vector<Stop>* stops);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_RESOLVE_ANAPHORA_H_
