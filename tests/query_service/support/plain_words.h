// Words and names as plain code: what texts that tests make up have in common.
// Knows the letters that the tests' texts are written with, no others.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_PLAIN_WORDS_H_
#define ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_PLAIN_WORDS_H_

#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace attache::testing {

// In lower case without accents, long dashes as "-".
std::string PlainText(absl::string_view text);

// Runs of letters and digits, in lower case with their accents.
std::vector<std::string> PlainWords(absl::string_view text);

// The same without accents, between single spaces.
std::string PlainKey(absl::string_view text);

// Two words match where they share a form under Snowball's stemmer for the
// language, as they are or as typed without accents.
std::set<std::string> PlainForms(absl::string_view language,
                                 const std::string& word);

// All words of `wanted` stand in `text`, in any order.
bool PlainHoldsWords(absl::string_view language, absl::string_view text,
                     absl::string_view wanted);
// They stand side by side, in order.
bool PlainHoldsPhrase(absl::string_view language, absl::string_view text,
                      absl::string_view wanted);

// "*" stands for anything; nothing is escaped.
bool PlainMatches(absl::string_view pattern, absl::string_view text);

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_QUERY_SERVICE_SUPPORT_PLAIN_WORDS_H_
