// What a segment's postings are keyed by.
#ifndef ATTACHE_QUERY_SERVICE_INDEX_TERMS_H_
#define ATTACHE_QUERY_SERVICE_INDEX_TERMS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace attache {

// Terms count records or, where several must hold of one element, the elements
// of a repeated field: "climate" and "resilience" in one objective's text.
enum class TermSpace : uint8_t { kRecord, kObjective, kTraveler, kInvestment };
inline constexpr size_t kTermSpaces = 4;

// The first byte of a term's key, so that the terms of one field are
// neighbours. In kObjective and kTraveler only kWord is used, in kInvestment
// kVisited, kSector and kMoney (investments.h).
enum class TermField : char {
  kVisited = 'v',      // alpha-2
  kMentioned = 'm',    // alpha-2
  kOrigin = 'o',       // alpha-2 of a traveler
  kRegion = 'r',       // M49 code or region id, as mentioned
  kSector = 's',       // sector id, as engaged; parents are not added
  kObjective = 'j',    // objective id
  kEventSeries = 'e',  // event series id
  kPublisher = 'p',    // FoldToKey of the name
  kLanguage = 'l',     // lower-case BCP-47 tag, and each prefix of it
  kStatus = 't',       // the enum's number in decimal
  kLabel = 'b',        // LabelValue(key, value)
  kWord = 'w',         // WordValue(language, form); in kTraveler the word
  kStartMonth = 'd',   // "2024-11" of dates.start; "2024" without a month
  // What records are counted by: NameValue(name).
  kTravelerName = 'n',
  kPublisherName = 'q',
  kMoney = '$',  // MoneyValue(kind, currency)
};

inline std::string TermKey(TermField field, absl::string_view value) {
  std::string key(1, static_cast<char>(field));
  key.append(value.data(), value.size());
  return key;
}

// The value of a key, for people: "CONCLUDED" of a status, "desk=energy" of a
// label.
std::string ReadableValue(absl::string_view key);

inline std::string LabelValue(absl::string_view key, absl::string_view value) {
  return absl::StrCat(key, absl::string_view("\0", 1), value);
}

// A name as written behind the key that all its spellings share: those of one
// name are neighbours. Empty where the name has no letter or digit. A very long
// name is cut, so that an answer that holds many keeps its size.
std::string NameValue(absl::string_view name);
// The two parts of what NameValue gave.
absl::string_view NameKey(absl::string_view value);
absl::string_view NameAsWritten(absl::string_view value);

// A kind of amount, as the enum's number, in one currency.
inline std::string MoneyValue(int kind, absl::string_view currency_code) {
  return absl::StrCat(kind, ":", currency_code);
}
struct MoneyParts {
  int kind = 0;
  absl::string_view currency_code;
};
// The inverse.
MoneyParts PartsOfMoney(absl::string_view value);

// A form of a word as one language's stemmer leaves it. Language "" is that
// of texts in a language without a stemmer.
inline std::string WordValue(absl::string_view language,
                             absl::string_view form) {
  return absl::StrCat(language, ":", form);
}

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_INDEX_TERMS_H_
