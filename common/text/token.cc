#include "common/text/token.h"

#include <array>

#include <unicode/utf8.h>

#include "absl/strings/string_view.h"
#include "common/text/characters.h"
#include "common/text/fold.h"

namespace attache {
namespace {

bool IsWordPart(UChar32 c) {
  return IsLetter(c) || IsDigit(c) || IsMark(c) || IsInvisible(c);
}

// What stands after the apostrophe of "'s" and its like, folded.
bool IsSuffixClitic(absl::string_view folded) {
  static constexpr std::array<absl::string_view, 6> kSuffixes = {
      "s", "d", "m", "ll", "re", "ve"};
  for (const absl::string_view suffix : kSuffixes) {
    if (folded == suffix) return true;
  }
  return false;
}

// What stands before the apostrophe of "l'" and its like, folded. `rest` is
// whether a capital follows: a single capital before a capital belongs to a
// name ("N'Djamena"), but L' and D' are written so before any name.
bool IsPrefixClitic(absl::string_view folded, bool capital,
                    bool capital_follows) {
  static constexpr std::array<absl::string_view, 7> kAlways = {
      "l", "d", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"};
  static constexpr std::array<absl::string_view, 6> kBeforeVerbs = {
      "c", "j", "m", "n", "s", "t"};
  for (const absl::string_view prefix : kAlways) {
    if (folded == prefix) return true;
  }
  for (const absl::string_view prefix : kBeforeVerbs) {
    if (folded == prefix) return !(capital && capital_follows);
  }
  return false;
}

class Tokenizer {
 public:
  explicit Tokenizer(absl::string_view text) : text_(text) {}

  std::vector<Token> Run() {
    tokens_.reserve(text_.size() / 5 + 1);
    while (at_ < text_.size()) Step();
    return std::move(tokens_);
  }

 private:
  // The character at byte `at` (0 past the end); `next` becomes the byte
  // after it.
  UChar32 CharAt(size_t at, size_t& next) const {
    if (at >= text_.size()) {
      next = at;
      return 0;
    }
    UChar32 c;
    next = at;
    U8_NEXT(text_.data(), next, text_.size(), c);
    return c;
  }
  UChar32 CharAt(size_t at) const {
    size_t next;
    return CharAt(at, next);
  }

  void Step() {
    size_t next;
    const UChar32 c = CharAt(at_, next);
    if (IsSpace(c)) {
      space_ = true;
      at_ = next;
    } else if (IsDigit(c)) {
      Add(EndOfNumber(next), TokenKind::kNumber);
    } else if (IsLetter(c) && c != 0x02BC && c != 0x02BB) {
      Add(EndOfWord(), TokenKind::kWord);
    } else if (IsApostrophe(c)) {
      const size_t end = FollowsWord() ? EndOfSuffixClitic(at_) : 0;
      if (end != 0) {
        Add(end, TokenKind::kWord);
      } else {
        Add(next, TokenKind::kSign);
      }
    } else if (IsInvisible(c)) {
      at_ = next;
    } else {
      Add(next, TokenKind::kSign);
    }
  }

  bool FollowsWord() const {
    return !space_ && !tokens_.empty() &&
           tokens_.back().kind != TokenKind::kSign;
  }

  // `at` stands behind a digit.
  size_t EndOfNumber(size_t at) const {
    while (true) {
      size_t next;
      const UChar32 c = CharAt(at, next);
      if (at == next) return at;
      if (IsDigit(c)) {
        at = next;
        continue;
      }
      const bool joins =
          c == '.' || c == ',' || c == 0x00A0 || c == 0x202F || IsApostrophe(c);
      size_t behind;
      if (!joins || !IsDigit(CharAt(next, behind))) return at;
      at = behind;
    }
  }

  size_t EndOfWord() const {
    if (const size_t end = EndOfInitials(); end != 0) return end;
    size_t at = at_;
    bool first_part = true;
    while (true) {
      size_t next;
      const UChar32 c = CharAt(at, next);
      if (at == next) return at;
      if (IsApostrophe(c)) {
        const UChar32 follower = CharAt(next);
        if (!IsLetter(follower) || EndOfSuffixClitic(at) != 0) return at;
        if (first_part &&
            IsPrefixClitic(Fold(text_.substr(at_, at - at_)),
                           IsUpper(CharAt(at_)), IsUpper(follower))) {
          return next;
        }
        first_part = false;
      } else if (!IsWordPart(c)) {
        return at;
      }
      at = next;
    }
  }

  // Behind the last stop of initials that begin at at_; 0 where there are none.
  size_t EndOfInitials() const {
    size_t at = at_;
    size_t end = 0;
    for (int letters = 1;; ++letters) {
      size_t next;
      if (!IsLetter(CharAt(at, next))) return end;
      while (IsMark(CharAt(next))) CharAt(next, next);
      if (next >= text_.size() || text_[next] != '.') return end;
      at = next + 1;
      if (letters >= 2) end = at;
    }
  }

  // Behind a suffix such as "'s" whose apostrophe is at `at`; 0 where there is
  // none.
  size_t EndOfSuffixClitic(size_t at) const {
    size_t begin;
    CharAt(at, begin);
    size_t end = begin;
    // The longest suffix has two letters.
    for (int letters = 0; letters < 3; ++letters) {
      size_t next;
      const UChar32 c = CharAt(end, next);
      if (end == next || !IsWordPart(c)) break;
      end = next;
    }
    if (!IsSuffixClitic(Fold(text_.substr(begin, end - begin)))) return 0;
    // "rock's'n": the apostrophe in the middle of a word is none of a clitic.
    size_t next;
    const UChar32 c = CharAt(end, next);
    return IsApostrophe(c) && IsLetter(CharAt(next)) ? 0 : end;
  }

  void Add(size_t end, TokenKind kind) {
    Token token;
    token.begin = static_cast<uint32_t>(at_);
    token.end = static_cast<uint32_t>(end);
    token.kind = kind;
    token.space_before = space_ || tokens_.empty();
    const absl::string_view text = text_.substr(at_, end - at_);
    if (kind == TokenKind::kWord) SetCase(text, token);
    token.folded = Fold(text);
    tokens_.push_back(std::move(token));
    space_ = false;
    at_ = end;
  }

  static void SetCase(absl::string_view word, Token& token) {
    int letters = 0;
    int upper = 0;
    for (size_t at = 0; at < word.size();) {
      UChar32 c;
      U8_NEXT(word.data(), at, word.size(), c);
      if (!IsLetter(c) || IsApostrophe(c)) continue;
      ++letters;
      if (!IsUpper(c)) continue;
      ++upper;
      if (letters == 1) token.capitalized = true;
    }
    token.all_caps = letters >= 2 && upper == letters;
  }

  const absl::string_view text_;
  std::vector<Token> tokens_;
  size_t at_ = 0;
  bool space_ = true;
};

}  // namespace

std::vector<Token> Tokenize(absl::string_view text) {
  return Tokenizer(text).Run();
}

}  // namespace attache
