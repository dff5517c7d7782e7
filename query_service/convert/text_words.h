// Whether one text holds the words that are looked for.
#ifndef ATTACHE_QUERY_SERVICE_CONVERT_TEXT_WORDS_H_
#define ATTACHE_QUERY_SERVICE_CONVERT_TEXT_WORDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/vocabulary/vocabulary.h"

namespace attache {

// Words match as in the index: where they share a form under the stemmer of
// the text's language. Thread-safe. The vocabulary outlives it.
class TextWords {
 public:
  explicit TextWords(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  // All of `words` (of WordsOf), in any order.
  bool HoldsAll(absl::string_view text, absl::string_view language,
                const std::vector<std::string>& words) const;
  // All of them side by side, in order.
  bool HoldsPhrase(absl::string_view text, absl::string_view language,
                   const std::vector<std::string>& words) const;

 private:
  using Forms = std::vector<std::vector<std::string>>;

  Forms FormsOf(const std::vector<std::string>& words,
                absl::string_view language) const;

  const Vocabulary& vocabulary_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_CONVERT_TEXT_WORDS_H_
