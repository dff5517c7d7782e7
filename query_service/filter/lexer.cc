#include "query_service/filter/lexer.h"

#include <algorithm>
#include <utility>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status_macros.h"
#include "common/text/utf8.h"
#include "query_service/filter/parse_filter.h"

namespace attache {
namespace {

constexpr size_t kMaxExcerptBytes = 40;
constexpr UChar32 kCurlyApostrophe = 0x2019;

// What a comparator begins with.
constexpr absl::string_view kComparatorSigns = ":=!<>";
// What may follow a string without white space: a comma has its own error.
constexpr absl::string_view kAfterString = ").,:=!<>";
// What ends a text; quotes are looked at apart.
constexpr absl::string_view kEndsText = "().,:=!<>";

bool IsOneOf(char c, absl::string_view set) {
  return absl::StrContains(set, c);
}

struct Character {
  UChar32 code = 0;
  size_t length = 0;
};

Character CharacterAt(absl::string_view text, size_t at) {
  UChar32 code = 0;
  size_t next = at;
  U8_NEXT(text.data(), next, text.size(), code);
  return {code, next - at};
}

bool IsSpace(UChar32 c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  // U+200B, the zero-width space, marks where a line may break.
  return u_isUWhiteSpace(c) || c == 0x200B;
}

bool IsCurlyQuote(UChar32 c) {
  return (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB ||
         c == 0x2039 || c == 0x203A;
}

}  // namespace

std::string FilterExcerpt(absl::string_view text) {
  const absl::string_view prefix = Utf8Prefix(text, kMaxExcerptBytes);
  std::string excerpt(prefix);
  if (prefix.size() < text.size()) absl::StrAppend(&excerpt, "…");
  std::replace_if(
      excerpt.begin(), excerpt.end(),
      [](char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); },
      ' ');
  const bool quoted =
      text.size() > 1 && (text.front() == '"' || text.front() == '\'');
  return quoted ? excerpt : absl::StrCat("\"", excerpt, "\"");
}

absl::StatusOr<FilterToken> FilterLexer::Next() {
  SkipSpaces();
  if (at_ == filter_.size()) return Sign(FilterToken::Kind::kEnd);
  switch (filter_[at_]) {
    case '(':
      return Sign(FilterToken::Kind::kOpen);
    case ')':
      return Sign(FilterToken::Kind::kClose);
    case '.':
      return Sign(FilterToken::Kind::kDot);
    case ',':
      return FilterError(at_, "a comma has no meaning here",
                         "OR between values, or the text in quotes");
    case '"':
    case '\'':
      return String();
    default:
      return IsOneOf(filter_[at_], kComparatorSigns) ? ReadComparator()
                                                     : Text();
  }
}

void FilterLexer::SkipSpaces() {
  while (at_ < filter_.size()) {
    const Character character = CharacterAt(filter_, at_);
    if (!IsSpace(character.code)) return;
    at_ += character.length;
  }
}

FilterToken FilterLexer::Sign(FilterToken::Kind kind) {
  FilterToken token;
  token.kind = kind;
  token.span.begin = at_;
  if (kind != FilterToken::Kind::kEnd) ++at_;
  token.span.end = at_;
  return token;
}

absl::StatusOr<FilterToken> FilterLexer::Text() {
  const size_t begin = at_;
  while (at_ < filter_.size() && !IsOneOf(filter_[at_], kEndsText)) {
    const Character character = CharacterAt(filter_, at_);
    if (IsSpace(character.code)) break;
    // A "-" that negates what stands in quotes is a token of its own.
    const bool only_minus = at_ == begin + 1 && filter_[begin] == '-';
    if (only_minus && (character.code == '"' || character.code == '\'')) break;
    ATTACHE_RETURN_IF_ERROR(CheckInText(begin, at_ > begin && !only_minus));
    at_ += character.length;
  }
  FilterToken token;
  token.kind = FilterToken::Kind::kText;
  token.span = {begin, at_};
  token.text = std::string(filter_.substr(begin, at_ - begin));
  return token;
}

// Refuses what stands at at_, in the text from `begin` on, where it is a
// mistake; `inside` the text it may be an apostrophe.
absl::Status FilterLexer::CheckInText(size_t begin, bool inside) const {
  const absl::string_view rest = filter_.substr(at_);
  const Character character = CharacterAt(rest, 0);
  if (character.code == '"') {
    return FilterError(
        at_,
        absl::StrCat("a quote follows ",
                     FilterExcerpt(filter_.substr(begin, at_ - begin))),
        "white space or a comparator before it");
  }
  // The curly apostrophe of L’Aquila is one of its letters.
  if (IsCurlyQuote(character.code) &&
      !(inside && character.code == kCurlyApostrophe)) {
    return FilterError(at_,
                       absl::StrCat(rest.substr(0, character.length),
                                    " is not a straight quote"),
                       "straight quotes, \" or '");
  }
  if (absl::StartsWith(rest, "&&")) {
    return FilterError(at_, "\"&&\" stands here", "AND, or the text in quotes");
  }
  if (absl::StartsWith(rest, "||")) {
    return FilterError(at_, "\"||\" stands here", "OR, or the text in quotes");
  }
  return absl::OkStatus();
}

absl::StatusOr<FilterToken> FilterLexer::String() {
  const size_t begin = at_;
  const char quote = filter_[at_++];
  FilterToken token;
  token.kind = FilterToken::Kind::kString;
  while (at_ < filter_.size() && filter_[at_] != quote) {
    if (filter_[at_] == '\\') {
      ATTACHE_RETURN_IF_ERROR(Escape(token.text));
    } else {
      token.text += filter_[at_++];
    }
  }
  if (at_ == filter_.size()) {
    return FilterError(
        begin,
        absl::StrCat("a quote is not closed: ",
                     FilterExcerpt(filter_.substr(begin))),
        absl::StrCat("another ", absl::string_view(&quote, 1), " after it"));
  }
  token.span = {begin, ++at_};
  ATTACHE_RETURN_IF_ERROR(CheckAfterString(begin));
  return token;
}

// Adds what the escape at at_ stands for, and steps over it. A backslash that
// ends the filter is left to the error of the quote that is not closed.
absl::Status FilterLexer::Escape(std::string& text) {
  const size_t begin = at_++;
  if (at_ == filter_.size()) return absl::OkStatus();
  const char escaped = filter_[at_];
  if (escaped == '*') {
    text += "\\*";
  } else if (escaped == 'n') {
    text += '\n';
  } else if (escaped == 't') {
    text += '\t';
  } else if (IsOneOf(escaped, "\"'\\")) {
    text += escaped;
  } else {
    const size_t length = 1 + CharacterAt(filter_, at_).length;
    return FilterError(
        begin,
        absl::StrCat(FilterExcerpt(filter_.substr(begin, length)),
                     " is no escape"),
        "\\\\ for a backslash, or one of \\\" \\' \\n \\t \\*");
  }
  ++at_;
  if (escaped == '\\' && at_ < filter_.size() && filter_[at_] == '*') {
    return FilterError(begin, "a backslash stands before a wildcard",
                       "\\* for the character, or * alone for anything");
  }
  return absl::OkStatus();
}

// The string from `begin` on is over at at_.
absl::Status FilterLexer::CheckAfterString(size_t begin) const {
  if (at_ == filter_.size() || IsOneOf(filter_[at_], kAfterString) ||
      IsSpace(CharacterAt(filter_, at_).code)) {
    return absl::OkStatus();
  }
  const absl::string_view string = filter_.substr(begin, at_ - begin);
  return FilterError(at_,
                     absl::StrCat("text stands right after the quoted ",
                                  FilterExcerpt(string)),
                     absl::StrCat("white space before it, or \\",
                                  string.substr(0, 1), " for a quote inside"));
}

absl::StatusOr<FilterToken> FilterLexer::ReadComparator() {
  const size_t begin = at_;
  const char sign = filter_[at_++];
  const bool equals =
      at_ < filter_.size() && filter_[at_] == '=' && IsOneOf(sign, "!<>");
  if (equals) ++at_;
  if ((sign == '!' && !equals) ||
      (at_ < filter_.size() && IsOneOf(filter_[at_], kComparatorSigns))) {
    return ComparatorError(begin);
  }
  FilterToken token;
  token.kind = FilterToken::Kind::kComparator;
  token.span = {begin, at_};
  switch (sign) {
    case ':':
      token.comparator = Comparator::kHas;
      break;
    case '=':
      token.comparator = Comparator::kEq;
      break;
    case '!':
      token.comparator = Comparator::kNe;
      break;
    case '<':
      token.comparator = equals ? Comparator::kLe : Comparator::kLt;
      break;
    default:
      token.comparator = equals ? Comparator::kGe : Comparator::kGt;
      break;
  }
  return token;
}

absl::Status FilterLexer::ComparatorError(size_t begin) const {
  size_t end = begin;
  while (end < filter_.size() && IsOneOf(filter_[end], kComparatorSigns)) {
    ++end;
  }
  const absl::string_view run = filter_.substr(begin, end - begin);
  absl::string_view expected = "one of : = != < <= > >=";
  if (run == "!") {
    expected = "NOT before a term, or != between a field and a value";
  } else if (run == "==" || run == "===" || run == ":=") {
    expected = "=";
  } else if (run == "!==" || run == "<>" || run == "=!") {
    expected = "!=";
  } else if (run == "=<") {
    expected = "<=";
  } else if (run == "=>") {
    expected = ">=";
  }
  return FilterError(
      begin, absl::StrCat(FilterExcerpt(run), " is no comparator"), expected);
}

}  // namespace attache
