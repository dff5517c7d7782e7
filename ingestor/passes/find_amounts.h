// Sums of money that the text names.
#ifndef ATTACHE_INGESTOR_PASSES_FIND_AMOUNTS_H_
#define ATTACHE_INGESTOR_PASSES_FIND_AMOUNTS_H_

#include <optional>
#include <string>
#include <vector>

#include "common/issue.h"
#include "common/money.h"
#include "common/vocabulary/vocabulary.h"
#include "ingestor/document.h"

namespace attache {

enum class AmountKind : uint8_t {
  kUnspecified,
  kPotential,   // an estimate of what may come
  kPledged,     // promised or announced
  kSigned,      // under contract or agreement
  kBackground,  // trade volumes, totals, past sums
};

struct AmountMention {
  TokenSpan span;
  // Equal for one figure; low alone for "at least", high alone for "up to".
  std::optional<Money> low;
  std::optional<Money> high;
  bool approximate = false;
  AmountKind kind = AmountKind::kUnspecified;
};

// In text order; no two overlap. A bare number in a table's cell takes the
// currency and magnitude that its column's header states ("(USD m)").
std::vector<AmountMention> FindAmounts(const Document& document,
                                       const Vocabulary& vocabulary,
                                       IssueSink& issues);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_FIND_AMOUNTS_H_
