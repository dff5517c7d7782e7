// Sectors that the text speaks of and objectives that it states, in prose and
// in labels, by the vocabulary's cues.
#ifndef ATTACHE_INGESTOR_PASSES_FIND_TOPICS_H_
#define ATTACHE_INGESTOR_PASSES_FIND_TOPICS_H_

#include <string>
#include <vector>

#include "ingestor/document.h"
#include "ingestor/passes/topic_context.h"

namespace attache {

// One cue seen.
struct TopicMention {
  TokenSpan span;  // the cue
  std::string id;  // sector or objective id
  float weight = 1;
};

// A phrase of prose that states an aim of the trip ("to strengthen trade
// ties").
struct AimPhrase {
  TokenSpan span;            // from the verb to the end of the aim
  std::string objective_id;  // empty where no entry fits
  float confidence = 1;
};

// In text order; of cues for the same id that overlap, the longest. REQUIRES,
// here and below: `context` is of `document`.
std::vector<TopicMention> FindSectors(const Document& document,
                                      const TopicContext& context);

// Objective cues alike.
std::vector<TopicMention> FindObjectiveCues(const Document& document,
                                            const TopicContext& context);

// Aims in sentences; never in lists' items or tables, which ReadItems reads.
std::vector<AimPhrase> FindAims(
    const Document& document, const TopicContext& context,
    const std::vector<TopicMention>& objective_cues);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_FIND_TOPICS_H_
