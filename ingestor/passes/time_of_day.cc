#include "ingestor/passes/time_of_day.h"

#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"

namespace attache {
namespace {

// Whether a word says that the number before it is a time.
bool NamesTime(const std::string& word) {
  static const auto* const kUnits = new absl::flat_hash_set<std::string>{
      "h", "hs", "hrs", "hours", "horas", "heures", "am", "pm", "a.m.", "p.m."};
  // "18h30" is a number and a word.
  const bool glued = word.size() == 3 && word[0] == 'h' &&
                     absl::ascii_isdigit(word[1]) &&
                     absl::ascii_isdigit(word[2]);
  return glued || kUnits->contains(word);
}

}  // namespace

uint32_t EndOfTime(const Document& document, uint32_t at, uint32_t end) {
  const std::vector<Token>& tokens = document.tokens;
  if (at >= end || tokens[at].kind != TokenKind::kNumber) return at;
  uint32_t past = at + 1;
  if (past + 1 < end && tokens[past].folded == ":" &&
      tokens[past + 1].kind == TokenKind::kNumber) {
    past += 2;
  }
  const bool minutes = past > at + 1;
  if (past >= end || tokens[past].kind != TokenKind::kWord ||
      !NamesTime(tokens[past].folded)) {
    return minutes ? past : at;
  }
  ++past;
  return past < end && tokens[past].folded == "." ? past + 1 : past;
}

}  // namespace attache
