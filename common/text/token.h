// Words, numbers and signs of a text.
#ifndef ATTACHE_COMMON_TEXT_TOKEN_H_
#define ATTACHE_COMMON_TEXT_TOKEN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace attache {

enum class TokenKind : uint8_t { kWord, kNumber, kSign };

// A token of a text. Offsets are bytes of that text.
struct Token {
  uint32_t begin = 0;
  uint32_t end = 0;
  TokenKind kind = TokenKind::kSign;
  // White space, or the start of the text, stands before it.
  bool space_before = false;
  // A word whose first letter is upper case (or title case).
  bool capitalized = false;
  // A word of two or more letters, all of them upper case ("NATO", "U.S.").
  bool all_caps = false;
  // Fold() of the token's text.
  std::string folded;
};

// Splits `text`. A word is a run of letters, marks and digits that begins with
// a letter ("G20", "Bogotá"). A number is a run of digits, with '.', ',',
// U+00A0, U+202F or an apostrophe inside it where a digit stands on both sides
// (a plain space never joins digits): "1.650,5". What follows a number without
// a space is a token of its own: "2.4bn" gives "2.4" and "bn", "20th" gives
// "20" and "th". Initials with stops are one word, its last stop included:
// "U.S.", "D.C.". A clitic is a token of its own, its apostrophe on its side:
// "Blinken’s" gives "Blinken" and "’s", "l'Union" gives "l'" and "Union";
// other apostrophes inside a word stay ("Sana'a", "Xi'an", "O'Brien", "didn't",
// "N'Djamena"; but "D'Angelo" is cut as "D'Ivoire" is). Every other character
// is a sign by itself (a hyphen, a currency sign, each bracket), but for white
// space and for what shows nothing: a soft hyphen inside a word belongs to the
// word, any other is passed over. REQUIRES: valid UTF-8. O(n).
std::vector<Token> Tokenize(absl::string_view text);

}  // namespace attache

#endif  // ATTACHE_COMMON_TEXT_TOKEN_H_
