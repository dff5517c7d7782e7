#include "ingestor/passes/find_dates_tense.h"

#include <algorithm>
#include <limits>

namespace attache {
namespace {

// Tokens before and behind a date that may tell its tense; keeps a text that
// is one endless sentence from taking quadratic time.
constexpr uint32_t kTenseReach = 120;

}  // namespace

DateTense TenseAt(const Document& document, const DateWords& words,
                  TokenSpan span) {
  auto after = std::upper_bound(
      document.sentences.begin(), document.sentences.end(), span.begin,
      [](uint32_t token, const Sentence& s) { return token < s.tokens.begin; });
  if (after == document.sentences.begin()) return DateTense::kUnknown;
  TokenSpan sentence = (after - 1)->tokens;
  sentence.begin =
      std::max(sentence.begin, span.begin - std::min(span.begin, kTenseReach));
  sentence.end = std::min(sentence.end, span.end + kTenseReach);
  DateTense tense = DateTense::kUnknown;
  uint32_t best = std::numeric_limits<uint32_t>::max();
  for (DateWord kind : {DateWord::kFuture, DateWord::kPast}) {
    for (const DateWords::Word& cue : words.In(sentence, kind)) {
      uint32_t distance = cue.begin < span.begin ? span.begin - cue.begin
                                                 : 2 * (cue.begin - span.begin);
      if (distance >= best) continue;
      best = distance;
      tense = kind == DateWord::kPast ? DateTense::kPast : DateTense::kFuture;
    }
  }
  return tense;
}

}  // namespace attache
