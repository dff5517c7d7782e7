#include "common/text/fold.h"

#include <cstdint>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "common/text/characters.h"

namespace attache {
namespace {

void AppendUtf8(UChar32 c, std::string& out) {
  char bytes[U8_MAX_LENGTH];
  int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  out.append(bytes, size);
}

// The plain form of letters that Unicode does not decompose, in lower case;
// nullptr for any other character.
const char* PlainLetters(UChar32 c) {
  switch (c) {
    case 0x00DF:
      return "ss";
    case 0x00E6:
      return "ae";
    case 0x0153:
      return "oe";
    case 0x00FE:
      return "th";
    case 0x00F8:
    case 0x0275:
      return "o";
    case 0x0142:
    case 0x019A:
      return "l";
    case 0x0111:
    case 0x00F0:
      return "d";
    case 0x0131:
    case 0x0268:
      return "i";
    case 0x0127:
      return "h";
    case 0x0167:
    case 0x2C66:
      return "t";
    case 0x014B:
      return "n";
    case 0x0138:
      return "k";
    case 0x0180:
      return "b";
    case 0x01B6:
      return "z";
    case 0x01E5:
      return "g";
    default:
      return nullptr;
  }
}

bool IsDash(UChar32 c) { return (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }

bool IsDoubleQuote(UChar32 c) {
  return (c >= 0x201C && c <= 0x201F) || c == 0x00AB || c == 0x00BB ||
         c == 0x2033;
}

bool IsSingleQuote(UChar32 c) {
  return IsApostrophe(c) || c == 0x201A || c == 0x201B || c == 0x2032 ||
         c == 0x00B4;
}

char FoldAscii(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  if (IsSpace(c)) return ' ';
  return c;
}

// `c` has no decomposition, or comes from one.
void AppendFoldedPart(UChar32 c, std::string& out) {
  if (c < 0x80) {
    out.push_back(FoldAscii(static_cast<char>(c)));
    return;
  }
  const int8_t category = u_charType(c);
  if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK ||
      IsInvisible(c)) {
    return;
  }
  if (IsSpace(c)) {
    out.push_back(' ');
  } else if (IsSingleQuote(c)) {
    out.push_back('\'');
  } else if (IsDoubleQuote(c)) {
    out.push_back('"');
  } else if (IsDash(c)) {
    out.push_back('-');
  } else {
    const UChar32 lower = u_foldCase(c, U_FOLD_CASE_DEFAULT);
    if (const char* plain = PlainLetters(lower)) {
      out.append(plain);
    } else {
      AppendUtf8(lower, out);
    }
  }
}

const icu::Normalizer2& Decomposer() {
  static const icu::Normalizer2* const kDecomposer = [] {
    UErrorCode error = U_ZERO_ERROR;
    // Built into ICU's library: it does not fail.
    return icu::Normalizer2::getNFKDInstance(error);
  }();
  return *kDecomposer;
}

void AppendFolded(UChar32 c, std::string& out) {
  // U+00B4 decomposes into a space and an accent, but is typed as apostrophe.
  icu::UnicodeString parts;
  if (c == 0x00B4 || !Decomposer().getDecomposition(c, parts)) {
    AppendFoldedPart(c, out);
    return;
  }
  for (int32_t i = 0; i < parts.length();) {
    const UChar32 part = parts.char32At(i);
    i += U16_LENGTH(part);
    AppendFoldedPart(part, out);
  }
}

}  // namespace

std::string Fold(absl::string_view text) {
  const size_t size = text.size();
  std::string out;
  out.reserve(size);
  for (size_t at = 0; at < size;) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      out.push_back(FoldAscii(text[at++]));
      continue;
    }
    UChar32 c;
    U8_NEXT(text.data(), at, size, c);
    if (c >= 0) AppendFolded(c, out);
  }
  return out;
}

std::string FoldToKey(absl::string_view text) {
  const std::string folded = Fold(text);
  std::string key;
  key.reserve(folded.size());
  bool gap = false;
  for (size_t at = 0; at < folded.size();) {
    const size_t begin = at;
    UChar32 c;
    U8_NEXT(folded.data(), at, folded.size(), c);
    if (!IsLetter(c) && !IsDigit(c) && !IsMark(c)) {
      gap = !key.empty();
      continue;
    }
    if (gap) key.push_back(' ');
    gap = false;
    key.append(folded, begin, at - begin);
  }
  return key;
}

}  // namespace attache
