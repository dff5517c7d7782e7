// Looking up what was found, in lists that stand in text order.
#ifndef ATTACHE_INGESTOR_PASSES_TEXT_ORDER_H_
#define ATTACHE_INGESTOR_PASSES_TEXT_ORDER_H_

#include <algorithm>
#include <cstdint>
#include <vector>

namespace attache {

// The first mention that begins at a token or behind it. Mentions are in text
// order: a text of millions of bytes has many in many sentences. O(log n).
template <typename Mention>
auto FirstFrom(const std::vector<Mention>& mentions, uint32_t token) {
  return std::lower_bound(
      mentions.begin(), mentions.end(), token,
      [](const Mention& m, uint32_t begin) { return m.span.begin < begin; });
}

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_TEXT_ORDER_H_
