// The parts of an enumeration: "Companies A, B, and C".
#ifndef ATTACHE_INGESTOR_PASSES_ENUMERATION_H_
#define ATTACHE_INGESTOR_PASSES_ENUMERATION_H_

#include <string>
#include <vector>

#include "ingestor/document.h"

namespace attache {

// Split at semicolons where there are any, else at commas, and at the
// language's "and" (cue `list_and`); never inside brackets. A plural noun that
// the parts share is given to each in the singular (cue `plural`): "Company
// A", "Company B", "Company C".
std::vector<std::string> SplitEnumeration(const Document& document,
                                          TokenSpan span);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_ENUMERATION_H_
