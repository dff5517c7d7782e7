// Sums whose currency is glued to their number: "Rs1,200 crore", "Sh300m".
#ifndef ATTACHE_INGESTOR_PASSES_SPLIT_SUMS_H_
#define ATTACHE_INGESTOR_PASSES_SPLIT_SUMS_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "common/text/token.h"
#include "common/vocabulary/lexicon.h"

namespace attache {

// Cuts such words into currency, number and what follows it, where the letters
// are a currency of the lexicon. Capitals alone ("N85 billion", "RM4bn") must
// have a magnitude or a sign of thousands behind them: "N95" and "COP29" are no
// sums. Keeps what it looked up; not thread-safe.
class SumSplitter {
 public:
  // The lexicon must outlive it.
  explicit SumSplitter(const Lexicon& lexicon) : lexicon_(lexicon) {}

  // `tokens` are those of `text`. O(tokens).
  std::vector<Token> Split(absl::string_view text, std::vector<Token> tokens);

 private:
  enum class Number : uint8_t { kNone, kCurrency, kMagnitude };
  Number KindOf(absl::string_view word);
  bool IsSum(absl::string_view text, const std::vector<Token>& tokens,
             size_t at, size_t letters);

  const Lexicon& lexicon_;
  absl::flat_hash_map<std::string, Number> known_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_SPLIT_SUMS_H_
