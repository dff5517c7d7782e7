// What folding and tokenizing ask of a character. Internal to common/text.
#ifndef ATTACHE_COMMON_TEXT_CHARACTERS_H_
#define ATTACHE_COMMON_TEXT_CHARACTERS_H_

#include <unicode/uchar.h>

namespace attache {

inline bool IsSpace(UChar32 c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  // U+200B, the zero-width space, marks where a line may break.
  return u_isUWhiteSpace(c) || c == 0x200B;
}

// Shows nothing: a soft hyphen, a joiner, a byte order mark, a direction mark.
inline bool IsInvisible(UChar32 c) {
  return c >= 0x80 && c != 0x200B &&
         u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

inline bool IsLetter(UChar32 c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return u_isalpha(c);
}

inline bool IsDigit(UChar32 c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  return u_isdigit(c);
}

inline bool IsMark(UChar32 c) {
  return c >= 0x300 && (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

inline bool IsUpper(UChar32 c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  return u_isupper(c) || u_istitle(c);
}

// Straight, curly, or the modifier letter that some names are written with.
inline bool IsApostrophe(UChar32 c) {
  return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0x02BB;
}

}  // namespace attache

#endif  // ATTACHE_COMMON_TEXT_CHARACTERS_H_
