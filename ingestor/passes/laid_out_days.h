// The days of a trip that a text lays out in labels, titles and lines.
#ifndef ATTACHE_INGESTOR_PASSES_LAID_OUT_DAYS_H_
#define ATTACHE_INGESTOR_PASSES_LAID_OUT_DAYS_H_

#include <cstdint>

namespace attache {

// Indexes into Findings::dates; -1 for none.
struct LaidOutDays {
  // What "Travel period: ..." says, or the title.
  int32_t period = -1;
  // The first and the last day of an itinerary's lines, those of the journey
  // from home and back among them.
  int32_t first = -1;
  int32_t last = -1;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_LAID_OUT_DAYS_H_
