#include "ingestor/passes/segment.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "ingestor/passes/split_sums.h"

namespace attache {
namespace {

// A longer run without a stop is no sentence; it is cut at a comma, so that no
// text makes a pass slow that looks at every pair of words in a sentence.
constexpr uint32_t kMaxSentenceTokens = 400;
// A word in lower case that long is no abbreviation that a list forgot.
constexpr size_t kMinPlainWordBytes = 5;

// Tokens that one of the small words' cues ends at.
enum WordMark : uint8_t {
  kAbbreviation = 1,        // never ends a sentence
  kNumberAbbreviation = 2,  // nor before a number
  kFinalAbbreviation = 4,   // only before a function word
  kFunctionWord = 8,        // (begins at)
};

uint8_t MarkOf(absl::string_view cue) {
  if (cue == "abbreviation") return kAbbreviation;
  if (cue == "number_abbreviation") return kNumberAbbreviation;
  if (cue == "final_abbreviation") return kFinalAbbreviation;
  if (cue == "function_word") return kFunctionWord;
  return 0;
}

// Splits the tokens of one unit.
class SentenceSplitter {
 public:
  SentenceSplitter(Document& document, const std::vector<uint8_t>& marks)
      : document_(document), tokens_(document.tokens), marks_(marks) {}

  void Split(uint32_t unit) {
    const TokenSpan span = document_.units[unit].tokens;
    uint32_t begin = span.begin;
    uint32_t comma = 0;  // past the last one
    for (uint32_t i = span.begin; i < span.end; ++i) {
      uint32_t end = SentenceEnd(i, span.end);
      if (Folded(i) == "," || Folded(i) == ";") comma = i + 1;
      if (end == 0 && i - begin + 1 >= kMaxSentenceTokens) {
        end = comma > begin ? comma : i + 1;
      }
      if (end == 0) continue;
      document_.sentences.push_back({unit, {begin, end}});
      begin = end;
      i = end - 1;
    }
    if (begin < span.end) {
      document_.sentences.push_back({unit, {begin, span.end}});
    }
  }

 private:
  absl::string_view Folded(uint32_t at) const { return tokens_[at].folded; }

  bool IsCloser(uint32_t at) const {
    const absl::string_view sign = Folded(at);
    return tokens_[at].kind == TokenKind::kSign && !tokens_[at].space_before &&
           (sign == "\"" || sign == "'" || sign == ")" || sign == "]" ||
            sign == "»" || sign == "." || sign == "!" || sign == "?");
  }

  // Past the sentence that ends with token `at`, closing quotes included; 0
  // where none ends there.
  uint32_t SentenceEnd(uint32_t at, uint32_t unit_end) const {
    const bool initials =
        tokens_[at].kind == TokenKind::kWord && absl::EndsWith(Folded(at), ".");
    const absl::string_view sign = Folded(at);
    const bool stop = sign == "." || sign == "..." || sign == "…";
    const bool mark = sign == "!" || sign == "?";
    if (!initials && !stop && !mark) return 0;
    uint32_t next = at + 1;
    while (next < unit_end && IsCloser(next)) ++next;
    if (next == unit_end) return next;
    const Token& follower = tokens_[next];
    if (!follower.space_before) return 0;
    if (follower.kind == TokenKind::kWord && !follower.capitalized) {
      return stop && next == at + 1 && StartsLow(at, next) ? next : 0;
    }
    if (follower.kind == TokenKind::kSign && !OpensSentence(next)) return 0;
    if (initials) return IsFunctionWord(next) ? next : 0;
    if (stop && next == at + 1 && StopBelongsToWord(at, next)) return 0;
    return next;
  }

  // A sentence that someone forgot to begin with a capital: a plain word, a
  // stop, a function word.
  bool StartsLow(uint32_t at, uint32_t next) const {
    if (at == 0 || tokens_[at].space_before || !IsFunctionWord(next)) {
      return false;
    }
    const Token& word = tokens_[at - 1];
    return document_.SameUnit(at - 1, at) && word.kind == TokenKind::kWord &&
           !word.capitalized && word.folded.size() >= kMinPlainWordBytes &&
           (marks_[at - 1] & ~kFunctionWord) == 0;
  }

  bool OpensSentence(uint32_t at) const {
    const absl::string_view sign = Folded(at);
    return sign == "\"" || sign == "'" || sign == "«" || sign == "(" ||
           sign == "[" || sign == "¿" || sign == "¡" || sign == "-" ||
           sign == "$" || sign == "€" || sign == "£";
  }

  bool IsFunctionWord(uint32_t at) const {
    return (marks_[at] & kFunctionWord) != 0;
  }

  // Whether the stop at `at` is part of the abbreviation or initial before it.
  bool StopBelongsToWord(uint32_t at, uint32_t next) const {
    if (at == 0 || tokens_[at].space_before) return false;
    const uint32_t word = at - 1;
    if (!document_.SameUnit(word, at)) return false;
    const uint8_t mark = marks_[word];
    if ((mark & kAbbreviation) != 0) return true;
    const bool number = tokens_[next].kind == TokenKind::kNumber;
    if ((mark & kNumberAbbreviation) != 0 && number) return true;
    if ((mark & kFinalAbbreviation) != 0) return !IsFunctionWord(next);
    const bool initial = tokens_[word].kind == TokenKind::kWord &&
                         tokens_[word].capitalized &&
                         tokens_[word].folded.size() == 1;
    return initial && !IsFunctionWord(next);
  }

  Document& document_;
  const std::vector<Token>& tokens_;
  const std::vector<uint8_t>& marks_;
};

void TokenizeUnits(Document& document, const Lexicon* lexicon) {
  std::optional<SumSplitter> sums;
  if (lexicon != nullptr) sums.emplace(*lexicon);
  document.tokens.clear();
  document.unit_of.clear();
  for (uint32_t u = 0; u < document.units.size(); ++u) {
    Unit& unit = document.units[u];
    unit.tokens.begin = document.tokens.size();
    std::vector<Token> tokens = Tokenize(unit.text);
    if (sums) tokens = sums->Split(unit.text, std::move(tokens));
    document.tokens.insert(document.tokens.end(),
                           std::make_move_iterator(tokens.begin()),
                           std::make_move_iterator(tokens.end()));
    unit.tokens.end = document.tokens.size();
    document.unit_of.resize(document.tokens.size(), u);
  }
}

void MatchUnits(Document& document, const Lexicon* lexicon) {
  document.matches.clear();
  if (lexicon == nullptr) return;
  LexiconMatcher matcher(*lexicon);
  for (const Unit& unit : document.units) {
    if (unit.tokens.empty()) continue;
    const absl::Span<const Token> tokens =
        absl::MakeConstSpan(document.tokens)
            .subspan(unit.tokens.begin, unit.tokens.end - unit.tokens.begin);
    std::vector<LexiconMatch> found = matcher.Match(tokens);
    for (LexiconMatch& match : found) {
      match.begin += unit.tokens.begin;
      match.end += unit.tokens.begin;
    }
    document.matches.insert(document.matches.end(), found.begin(), found.end());
  }
}

std::vector<uint8_t> MarkWords(const Document& document) {
  std::vector<uint8_t> marks(document.tokens.size(), 0);
  for (const LexiconMatch& match : document.matches) {
    if (match.entry->kind != EntryKind::kCue) continue;
    const uint8_t mark = MarkOf(match.entry->id);
    if (mark == 0) continue;
    marks[mark == kFunctionWord ? match.begin : match.end - 1] |= mark;
  }
  return marks;
}

}  // namespace

void Segment(Document& document, const Vocabulary& vocabulary) {
  const Lexicon* lexicon = vocabulary.LexiconOf(document.language);
  TokenizeUnits(document, lexicon);
  MatchUnits(document, lexicon);
  const std::vector<uint8_t> marks = MarkWords(document);
  document.sentences.clear();
  SentenceSplitter splitter(document, marks);
  for (uint32_t u = 0; u < document.units.size(); ++u) splitter.Split(u);
}

}  // namespace attache
