// The pattern language that lexicon.h describes, taken apart. Internal to
// common/vocabulary. Pure functions.
#ifndef ATTACHE_COMMON_VOCABULARY_PATTERN_H_
#define ATTACHE_COMMON_VOCABULARY_PATTERN_H_

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/text/token.h"

namespace attache {

// What a word of a pattern demands of the case of a word in the text. Ordered:
// a word that meets one demand meets all before it.
enum class CaseDemand : uint8_t { kNone, kCapitalized, kAllCaps };

// The strictest demand that `token` meets.
CaseDemand CaseOf(const Token& token);

struct PatternWord {
  std::string folded;
  CaseDemand demand = CaseDemand::kNone;
  bool prefix = false;
  auto operator<=>(const PatternWord&) const = default;
};

struct PatternStep {
  enum class Kind : uint8_t { kWords, kAnyToken, kGap };
  Kind kind = Kind::kWords;
  std::vector<PatternWord> words;  // kWords: one of these; sorted, no doubles
  int gap = 0;                     // kGap: the most tokens that it spans
};

// One way to read a pattern: begins with words, ends with no gap, and has never
// two gaps side by side.
using PatternPath = std::vector<PatternStep>;

// The ways to read `pattern` without optional words: at least one, at most 256.
// INVALID_ARGUMENT with the reason where it is malformed.
absl::StatusOr<std::vector<PatternPath>> ParsePattern(
    absl::string_view pattern);

// `name` word by word; no sign is reserved. INVALID_ARGUMENT where it has none.
absl::StatusOr<PatternPath> PathOfName(absl::string_view name);

}  // namespace attache

#endif  // ATTACHE_COMMON_VOCABULARY_PATTERN_H_
