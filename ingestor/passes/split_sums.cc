#include "ingestor/passes/split_sums.h"

#include <utility>

#include "absl/strings/ascii.h"

namespace attache {
namespace {

constexpr size_t kMostLetters = 4;

// Letters of a word before its first digit; 0 where it is not such a word.
size_t LettersBeforeDigit(absl::string_view word) {
  if (word.empty() || !absl::ascii_isupper(word[0])) return 0;
  size_t letters = 0;
  while (letters < word.size() && absl::ascii_isalpha(word[letters])) ++letters;
  return letters <= kMostLetters && letters < word.size() &&
                 absl::ascii_isdigit(word[letters])
             ? letters
             : 0;
}

}  // namespace

SumSplitter::Number SumSplitter::KindOf(absl::string_view word) {
  const auto [known, added] = known_.try_emplace(std::string(word));
  if (added) {
    const std::vector<Token> tokens = Tokenize(word);
    for (const LexiconMatch& match : lexicon_.Match(tokens)) {
      if (match.entry->kind != EntryKind::kNumber || match.begin != 0 ||
          match.end != tokens.size()) {
        continue;
      }
      if (match.entry->id == "currency" ||
          match.entry->id == "currency_family") {
        known->second = Number::kCurrency;
      }
      if (match.entry->id == "magnitude") known->second = Number::kMagnitude;
    }
  }
  return known->second;
}

// Whether the word at `at`, which opens with `letters` letters before a digit,
// is a sum.
bool SumSplitter::IsSum(absl::string_view text,
                        const std::vector<Token>& tokens, size_t at,
                        size_t letters) {
  const Token& token = tokens[at];
  const absl::string_view word =
      text.substr(token.begin, token.end - token.begin);
  if (KindOf(word.substr(0, letters)) != Number::kCurrency) return false;
  if (letters > 1 && absl::ascii_islower(word[1])) return true;
  size_t digits = letters;
  while (digits < word.size() && absl::ascii_isdigit(word[digits])) ++digits;
  if (digits < word.size()) {
    return KindOf(word.substr(digits)) == Number::kMagnitude;
  }
  if (at + 1 == tokens.size()) return false;
  const Token& next = tokens[at + 1];
  const absl::string_view behind =
      text.substr(next.begin, next.end - next.begin);
  // "N85.5bn", "P1,200": the number goes on behind the word.
  const bool goes_on = (behind == "," || behind == ".") && !next.space_before &&
                       at + 2 < tokens.size() && !tokens[at + 2].space_before &&
                       tokens[at + 2].kind == TokenKind::kNumber;
  return goes_on || KindOf(behind) == Number::kMagnitude;
}

std::vector<Token> SumSplitter::Split(absl::string_view text,
                                      std::vector<Token> tokens) {
  bool any = false;
  std::vector<Token> split;
  for (size_t at = 0; at < tokens.size(); ++at) {
    const Token& token = tokens[at];
    const absl::string_view word =
        text.substr(token.begin, token.end - token.begin);
    const size_t letters =
        token.kind == TokenKind::kWord ? LettersBeforeDigit(word) : 0;
    if (letters == 0 || !IsSum(text, tokens, at, letters)) {
      if (any) split.push_back(token);
      continue;
    }
    if (!any) {
      split.assign(tokens.begin(), tokens.begin() + at);
      any = true;
    }
    const auto add = [&](uint32_t begin, absl::string_view part) {
      for (Token piece : Tokenize(part)) {
        piece.begin += begin;
        piece.end += begin;
        piece.space_before = piece.begin == token.begin && token.space_before;
        split.push_back(std::move(piece));
      }
    };
    add(token.begin, word.substr(0, letters));
    // With the rest of the number, which the word was cut off from.
    uint32_t end = token.end;
    const uint32_t begin = token.begin + letters;
    while (at + 1 < tokens.size() && !tokens[at + 1].space_before &&
           (tokens[at + 1].kind == TokenKind::kNumber ||
            (at + 2 < tokens.size() && !tokens[at + 2].space_before &&
             tokens[at + 2].kind == TokenKind::kNumber &&
             (text[tokens[at + 1].begin] == '.' ||
              text[tokens[at + 1].begin] == ',')))) {
      ++at;
      end = tokens[at].end;
    }
    add(begin, text.substr(begin, end - begin));
  }
  return any ? split : tokens;
}

}  // namespace attache
