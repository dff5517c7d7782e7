// One form for words that differ in case, accents or typography only.
#ifndef ATTACHE_COMMON_TEXT_FOLD_H_
#define ATTACHE_COMMON_TEXT_FOLD_H_

#include <string>

#include "absl/strings/string_view.h"

namespace attache {

// Case-folded, compatibility-decomposed, without combining marks; letters with
// a stroke and ligatures in their plain form (ø o, ł l, ß ss, æ ae, ı i);
// curly quotes and dashes as ' " -; every white space (non-breaking ones too)
// a plain space; characters that show nothing (soft hyphens, joiners, byte
// order marks) are left out. "São Tomé’s" gives "sao tome's". Fold(Fold(x)) is
// Fold(x). ASCII takes a fast path.
// REQUIRES: valid UTF-8. Thread-safe.
std::string Fold(absl::string_view text);

// Fold, with runs of anything but letters and digits as one space and none at
// the ends: the key under which names are looked up. "Côte d'Ivoire" gives
// "cote d ivoire".
std::string FoldToKey(absl::string_view text);

}  // namespace attache

#endif  // ATTACHE_COMMON_TEXT_FOLD_H_
