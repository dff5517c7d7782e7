// Whether the units of a document stand in its text where they say.
#ifndef ATTACHE_TESTS_SUPPORT_ORIGINS_H_
#define ATTACHE_TESTS_SUPPORT_ORIGINS_H_

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ingestor/document.h"

namespace attache {

// The first character that does not, described; empty where all do. A letter,
// digit or part of a character beyond ASCII stands for the same byte, or for an
// entity; and origins never run backwards.
inline std::string FirstWrongOrigin(const Document& document) {
  for (const Unit& unit : document.units) {
    if (unit.in_title) continue;
    const std::string& text = document.text;
    uint32_t last = 0;
    for (uint32_t at = 0; at < unit.text.size(); ++at) {
      const TextRange range = unit.origin.ToOrigin(at, at + 1);
      if (range.begin < last || range.end < range.begin ||
          range.end > text.size()) {
        return absl::StrCat("\"", unit.text, "\" at ", at, " stands in [",
                            range.begin, ", ", range.end, ")");
      }
      last = range.begin;
      const unsigned char c = unit.text[at];
      if (!absl::ascii_isalnum(c) && c < 0x80) continue;
      const bool entity = text[range.begin] == '&';
      // White space of other kinds than ' ' may hold a number together.
      const bool space = c >= 0x80 && range.end - range.begin == 3;
      if (!entity && !space &&
          (range.end != range.begin + 1 ||
           text[range.begin] != unit.text[at])) {
        return absl::StrCat("\"", unit.text, "\" at ", at, " is \"",
                            text.substr(range.begin, range.end - range.begin),
                            "\" in the text");
      }
    }
  }
  return "";
}

}  // namespace attache

#endif  // ATTACHE_TESTS_SUPPORT_ORIGINS_H_
