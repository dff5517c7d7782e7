#include "ingestor/passes/running_text.h"

#include <algorithm>

namespace attache {
namespace {

// Tokens from which on an item of several sentences is a paragraph.
constexpr uint32_t kShortestParagraph = 25;

bool HasSeveralSentences(const Document& document, uint32_t unit) {
  const auto first = std::lower_bound(
      document.sentences.begin(), document.sentences.end(), unit,
      [](const Sentence& sentence, uint32_t u) { return sentence.unit < u; });
  return first != document.sentences.end() &&
         first + 1 != document.sentences.end() && first->unit == unit &&
         (first + 1)->unit == unit;
}

}  // namespace

bool IsRunningText(const Document& document, uint32_t token) {
  const uint32_t index = document.unit_of[token];
  const Unit& unit = document.units[index];
  switch (unit.kind) {
    case UnitKind::kTitle:
    case UnitKind::kDateline:
    case UnitKind::kParagraph:
      return true;
    case UnitKind::kListItem:
      return unit.tokens.end - unit.tokens.begin >= kShortestParagraph &&
             HasSeveralSentences(document, index);
    default:
      return false;
  }
}

}  // namespace attache
