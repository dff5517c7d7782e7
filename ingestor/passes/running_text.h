// Which units of a document tell in sentences.
#ifndef ATTACHE_INGESTOR_PASSES_RUNNING_TEXT_H_
#define ATTACHE_INGESTOR_PASSES_RUNNING_TEXT_H_

#include <cstdint>

#include "ingestor/document.h"

namespace attache {

// Whether the unit that `token` stands in is read as prose: a title, a
// dateline, a paragraph, or a paragraph that is numbered and so looks like an
// item of a list. O(log sentences).
bool IsRunningText(const Document& document, uint32_t token);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_RUNNING_TEXT_H_
