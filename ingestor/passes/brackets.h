// What stands in brackets behind a name: "(PS)", "(Open Vld, Belgium)".
#ifndef ATTACHE_INGESTOR_PASSES_BRACKETS_H_
#define ATTACHE_INGESTOR_PASSES_BRACKETS_H_

#include <cstdint>

#include "ingestor/document.h"

namespace attache {

// Tokens, with both brackets.
inline constexpr uint32_t kLongestBrackets = 8;

// Where the text goes on behind brackets that open at `at`, in the unit of the
// token before it; `at` where none do or they are longer. REQUIRES: at > 0.
inline uint32_t PastBrackets(const Document& document, uint32_t at) {
  if (!document.SameUnit(at, at - 1) || document.tokens[at].folded != "(") {
    return at;
  }
  for (uint32_t end = at + 1;
       end < at + kLongestBrackets && document.SameUnit(end, at); ++end) {
    if (document.tokens[end].folded == ")") return end + 1;
  }
  return at;
}

// Where brackets that close right before `end` open, from `begin` on; `end`
// where none do or they are longer.
inline uint32_t BeforeBrackets(const Document& document, uint32_t begin,
                               uint32_t end) {
  if (end == begin || document.tokens[end - 1].folded != ")") return end;
  for (uint32_t at = end - 1; at > begin && end - at < kLongestBrackets; --at) {
    if (document.tokens[at - 1].folded == "(") return at - 1;
  }
  return end;
}

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_BRACKETS_H_
