// Whether one text holds the words that are looked for.
#ifndef ATTACHE_QUERY_SERVICE_CONVERT_TEXT_WORDS_H_
#define ATTACHE_QUERY_SERVICE_CONVERT_TEXT_WORDS_H_

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/vocabulary/vocabulary.h"
#include "query_service/index/word_forms.h"

namespace attache {

// Words match as in the index: where they share a form under the stemmer of
// the text's language. Thread-safe.
class TextWords {
 public:
  explicit TextWords(const Vocabulary& vocabulary);

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

  mutable std::mutex mutex_;
  mutable WordForms forms_;  // not thread-safe itself
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_CONVERT_TEXT_WORDS_H_
