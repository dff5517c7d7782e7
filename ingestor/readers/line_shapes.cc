#include "ingestor/readers/line_shapes.h"

#include <algorithm>
#include <vector>

#include <unicode/uchar.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/text/utf8.h"

namespace attache {
namespace {

constexpr size_t kMaxLabelWords = 8;
constexpr size_t kMaxLabelBytes = 120;
constexpr size_t kMaxDatelineBytes = 90;
constexpr size_t kMaxDatelineWords = 9;

std::vector<absl::string_view> Words(absl::string_view text) {
  return absl::StrSplit(text, absl::ByAnyChar(" \t\n\r"), absl::SkipEmpty());
}

bool AllCaps(absl::string_view word) {
  size_t upper = 0;
  for (const char c : word) {
    if (absl::ascii_islower(c)) return false;
    if (absl::ascii_isupper(c)) ++upper;
  }
  return upper >= 3;
}

bool IsNumber(absl::string_view word) {
  return !word.empty() && absl::ascii_isdigit(word[0]);
}

// "de", "del", "le" and a month in lower case beside a number belong to a
// dateline; any other word in lower case makes it a sentence.
bool LowWordFits(const std::vector<absl::string_view>& words, size_t at) {
  if (words[at].size() <= 3) return true;
  const bool after =
      (at > 0 && IsNumber(words[at - 1])) ||
      (at > 1 && words[at - 1].size() <= 3 && IsNumber(words[at - 2]));
  const bool before = at + 1 < words.size() && IsNumber(words[at + 1]);
  return after || before;
}

bool LooksLikeDateline(absl::string_view prefix) {
  const std::vector<absl::string_view> words = Words(prefix);
  if (words.empty() || words.size() > kMaxDatelineWords) return false;
  if (!u_isUUppercase(FirstCharacter(words[0])) && words[0][0] != '(') {
    return false;
  }
  bool caps = false;
  bool number = false;
  bool agency = false;
  for (size_t i = 0; i < words.size(); ++i) {
    const UChar32 first = FirstCharacter(words[i]);
    if (u_isULowercase(first) && !LowWordFits(words, i)) return false;
    caps = caps || AllCaps(words[i]);
    number = number || IsNumber(words[i]);
    agency = agency || words[i][0] == '(';
  }
  const bool comma = absl::StrContains(prefix, ',');
  return caps || agency || (number && comma) || words.size() == 1 ||
         (comma && words.size() <= 4);
}

char LastOf(absl::string_view text) {
  while (!text.empty()) {
    if (absl::ConsumeSuffix(&text, "”") || absl::ConsumeSuffix(&text, "’") ||
        absl::ConsumeSuffix(&text, "»") || absl::ConsumeSuffix(&text, "\"") ||
        absl::ConsumeSuffix(&text, "'") || absl::ConsumeSuffix(&text, ")") ||
        absl::ConsumeSuffix(&text, "]") || absl::ConsumeSuffix(&text, "*") ||
        absl::ConsumeSuffix(&text, "\u00a0") ||
        absl::ConsumeSuffix(&text, " ")) {
      continue;
    }
    return absl::EndsWith(text, "…") ? '.' : text.back();
  }
  return 0;
}

}  // namespace

TextMeasure MeasureText(absl::string_view text) {
  TextMeasure measure;
  bool in_word = false;
  for (const char c : text) {
    if ((c & 0xC0) != 0x80) ++measure.length;
    const bool space = absl::ascii_isspace(c);
    if (!space && !in_word) ++measure.words;
    in_word = !space;
  }
  measure.last = LastOf(text);
  return measure;
}

double TitleCaseShare(absl::string_view text) {
  size_t all = 0;
  size_t upper = 0;
  for (const absl::string_view word : Words(text)) {
    const UChar32 first = FirstCharacter(word);
    if (word.size() < 4 || !u_isalpha(first)) continue;
    ++all;
    if (u_isUUppercase(first)) ++upper;
  }
  return all == 0 ? 0 : static_cast<double>(upper) / all;
}

bool OpensWithQuote(absl::string_view text) {
  for (absl::string_view quote : {"\"", "'", "“", "‘", "«", "„", "‹"}) {
    if (absl::StartsWith(text, quote)) return true;
  }
  return false;
}

bool HoldsAddress(absl::string_view text) {
  return absl::StrContains(text, '@') || absl::StrContains(text, "://") ||
         absl::StrContains(text, "www.");
}

size_t LabelSize(absl::string_view text) {
  const absl::string_view head = text.substr(0, kMaxLabelBytes);
  size_t size = head.npos;
  for (absl::string_view sign : {": ", " – ", " — ", " - ", " : "}) {
    size = std::min(size, head.find(sign));
  }
  if (size == head.npos || size == 0) return 0;
  const absl::string_view label = head.substr(0, size);
  if (label.find_first_of(".!?;\"") != label.npos) return 0;
  return Words(label).size() <= kMaxLabelWords ? size : 0;
}

namespace {

// "MUSCAT: ", "QUITO. ", "Addis Ababa, 2 October 2020: ", "Luanda, Mar 11
// (Prensa) ": what ends a dateline without a dash, which must then look like
// one all the more.
size_t UndashedDatelineSize(absl::string_view head) {
  for (absl::string_view sign : {": ", ". ", ") "}) {
    const size_t at = head.find(sign);
    if (at == head.npos || at == 0) continue;
    const absl::string_view prefix = head.substr(0, at);
    const std::vector<absl::string_view> words = Words(prefix);
    const bool dated = absl::StrContains(prefix, ',') &&
                       std::any_of(words.begin(), words.end(), IsNumber);
    const bool caps =
        words.size() <= 3 && std::all_of(words.begin(), words.end(), AllCaps);
    const bool bracket = sign[0] == ')' && absl::StrContains(prefix, " (");
    const bool fits = sign[0] == ':'   ? caps || dated
                      : sign[0] == '.' ? caps
                                       : bracket && dated;
    if (fits && LooksLikeDateline(prefix)) {
      return at + sign.size();
    }
  }
  return 0;
}

}  // namespace

size_t DatelineSize(absl::string_view text) {
  const absl::string_view head = text.substr(0, kMaxDatelineBytes);
  for (absl::string_view dash :
       {" — ", " – ", " - ", " -- ", ".- ", ".– ", ".— ", "— ", "– "}) {
    const size_t at = head.find(dash);
    if (at == head.npos || at == 0) continue;
    if (LooksLikeDateline(head.substr(0, at))) return at + dash.size();
    break;
  }
  return UndashedDatelineSize(head);
}

}  // namespace attache
