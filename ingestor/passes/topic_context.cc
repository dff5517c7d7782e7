#include "ingestor/passes/topic_context.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace attache {
namespace {

// Words of an office's name that may stand between its head and its subject.
constexpr uint32_t kLongestOffice = 12;
// Tokens of a sentence that are looked back over.
constexpr uint32_t kLongestSentence = 200;
// Tokens of an aim behind its topic.
constexpr uint32_t kLongestAim = 60;
// How far a courtesy reaches.
constexpr uint32_t kLongestCourtesy = 30;

std::optional<TopicWord> TopicWordOf(const LexiconEntry& entry) {
  static const auto* const kKinds =
      new absl::flat_hash_map<absl::string_view, TopicWord>{
          {"aim_open", TopicWord::kAimOpen},
          {"aim_stop", TopicWord::kAimStop},
          {"topic_courtesy", TopicWord::kCourtesy},
          {"topic_courtesy_end", TopicWord::kCourtesyEnd},
          {"topic_background", TopicWord::kBackground},
          {"topic_office", TopicWord::kOffice},
          {"topic_office_after", TopicWord::kOfficeAfter},
          {"topic_link", TopicWord::kLink},
          {"not_topic", TopicWord::kNotTopic},
      };
  if (entry.kind != EntryKind::kCue) return std::nullopt;
  auto it = kKinds->find(entry.id);
  if (it == kKinds->end()) return std::nullopt;
  return it->second;
}

}  // namespace

TopicContext::TopicContext(const Document& document)
    : document_(document),
      words_(document, TopicWordOf, [](const LexiconEntry&) { return 0; }) {}

TokenSpan TopicContext::SentenceOf(uint32_t token) const {
  auto after = std::upper_bound(
      document_.sentences.begin(), document_.sentences.end(), token,
      [](uint32_t at, const Sentence& s) { return at < s.tokens.begin; });
  if (after == document_.sentences.begin()) return {token, token + 1};
  return (after - 1)->tokens;
}

std::optional<TopicContext::Words::Word> TopicContext::LastBefore(
    TokenSpan span, TopicWord kind) const {
  TokenSpan before = {SentenceOf(span.begin).begin, span.begin + 1};
  if (before.end - before.begin > kLongestSentence) {
    before.begin = before.end - kLongestSentence;
  }
  auto found = words_.In(before, kind);
  if (found.empty()) return std::nullopt;
  return found.back();
}

std::optional<TopicContext::Words::Word> TopicContext::OpenerOf(
    TokenSpan span) const {
  auto opener = LastBefore(span, TopicWord::kAimOpen);
  if (!opener.has_value()) return std::nullopt;
  auto stop = LastBefore(span, TopicWord::kAimStop);
  if (stop.has_value() && stop->begin >= opener->end) return std::nullopt;
  return opener;
}

std::optional<TokenSpan> TopicContext::AimAround(TokenSpan span) const {
  auto opener = OpenerOf(span);
  if (!opener.has_value()) return std::nullopt;
  TokenSpan sentence = SentenceOf(span.begin);
  auto separates = [&](uint32_t token) {
    const Token& at = document_.tokens[token];
    return at.kind == TokenKind::kSign &&
           (at.folded == "," || at.folded == ";" || at.folded == ":");
  };
  uint32_t begin = opener->begin;
  // "to discuss": the verb alone.
  while (begin + 1 < opener->end && begin + 1 < span.begin &&
         words_.At(begin, TopicWord::kLink).has_value()) {
    ++begin;
  }
  for (uint32_t at = span.begin; at > opener->end; --at) {
    if (!separates(at - 1)) continue;
    begin = at;
    while (begin < span.begin &&
           words_.At(begin, TopicWord::kLink).has_value()) {
      ++begin;  // ", and"
    }
    break;
  }
  uint32_t end = span.end;
  sentence.end = std::min(sentence.end, span.end + kLongestAim);
  while (end < sentence.end && !separates(end) &&
         !words_.At(end, TopicWord::kAimStop).has_value()) {
    const Token& at = document_.tokens[end];
    bool last = end + 1 == sentence.end;
    if (last && at.kind == TokenKind::kSign && at.folded != ")" &&
        at.folded != "\"") {
      break;
    }
    ++end;
  }
  return TokenSpan{begin, end};
}

float TopicContext::AimWeight(TokenSpan span) const {
  auto opener = OpenerOf(span);
  return opener.has_value() ? opener->entry->weight : 0;
}

bool TopicContext::IsCourtesy(TokenSpan span) const {
  auto courtesy = LastBefore(span, TopicWord::kCourtesy);
  if (!courtesy.has_value() ||
      span.begin - courtesy->begin > kLongestCourtesy) {
    return false;
  }
  auto end = LastBefore(span, TopicWord::kCourtesyEnd);
  return !end.has_value() || end->begin < courtesy->end;
}

bool TopicContext::IsBackground(TokenSpan span) const {
  return LastBefore(span, TopicWord::kBackground).has_value();
}

bool TopicContext::IsOffice(TokenSpan span) const {
  TokenSpan unit = document_.units[document_.unit_of[span.begin]].tokens;
  bool capitalized = document_.tokens[span.begin].capitalized;
  uint32_t first = span.begin > unit.begin + kLongestOffice
                       ? span.begin - kLongestOffice
                       : unit.begin;
  for (uint32_t at = span.begin; at > first; --at) {
    if (words_.Before(at, TopicWord::kOffice).has_value()) return true;
    const Token& before = document_.tokens[at - 1];
    bool link = words_.At(at - 1, TopicWord::kLink).has_value() ||
                before.folded == "," || before.folded == "&";
    if (!link && !(capitalized && before.capitalized)) break;
  }
  if (!capitalized) return false;
  for (uint32_t at = span.end; at < unit.end && at < span.end + 3; ++at) {
    if (!document_.tokens[at].capitalized) return false;
    if (words_.At(at, TopicWord::kOfficeAfter).has_value()) return true;
  }
  return false;
}

bool TopicContext::IsOtherwise(TokenSpan span) const {
  uint32_t first = span.begin > 6 ? span.begin - 6 : 0;
  for (const Words::Word& word :
       words_.In({first, span.begin + 1}, TopicWord::kNotTopic)) {
    if (word.end >= span.end) return true;
  }
  return false;
}

}  // namespace attache
