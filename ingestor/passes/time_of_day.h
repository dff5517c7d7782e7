// Times of day: "10:30 a.m.", "18h30", "9 h".
#ifndef ATTACHE_INGESTOR_PASSES_TIME_OF_DAY_H_
#define ATTACHE_INGESTOR_PASSES_TIME_OF_DAY_H_

#include <cstdint>

#include "ingestor/document.h"

namespace attache {

// The end of the time that begins at the token `at`, not beyond `end`; `at`
// where none does. O(1).
uint32_t EndOfTime(const Document& document, uint32_t at, uint32_t end);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_TIME_OF_DAY_H_
