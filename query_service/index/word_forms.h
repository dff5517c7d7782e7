// Words of a text, and the forms under which they are indexed and asked for.
#ifndef ATTACHE_QUERY_SERVICE_INDEX_WORD_FORMS_H_
#define ATTACHE_QUERY_SERVICE_INDEX_WORD_FORMS_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "common/vocabulary/vocabulary.h"

struct sb_stemmer;

namespace attache {

// The words of `text` in lower case, accents kept, in NFC: runs of letters,
// marks and digits, without what shows nothing in them, such as soft hyphens.
// REQUIRES: valid UTF-8. O(n).
std::vector<std::string> WordsOf(absl::string_view text);

// Lower-case tag with '-' between its subtags: "pt_BR" gives "pt-br".
std::string NormalizeLanguage(absl::string_view code);

// Stems words with the Snowball algorithm of their language. Not thread-safe
// (Snowball is not); cheap to make.
class WordForms {
 public:
  // Keeps so many words of each language that it has stemmed.
  explicit WordForms(const Vocabulary& vocabulary,
                     size_t max_seen_words = size_t{1} << 16);
  ~WordForms();
  WordForms(const WordForms&) = delete;
  WordForms& operator=(const WordForms&) = delete;

  // This thread's own for the languages of `vocabulary`, so that however many
  // ask for words the memory is that of the threads. The reference lives until
  // the thread asks with another vocabulary.
  static WordForms& OfThisThread(const Vocabulary& vocabulary);

  // The language whose stemmer serves texts in `code` ("pt" for "pt-BR");
  // empty where there is none: words are then kept whole.
  std::string StemmedLanguage(absl::string_view code) const;

  // Every language that StemmedLanguage can give, "" among them, sorted.
  std::vector<std::string> Languages() const;

  // The forms of a word of WordsOf, without accents: the stem of the word and,
  // where they differ, that of the word typed without accents. Two words match
  // where they share a form. The reference lives until the next call.
  const std::vector<std::string>& FormsOf(const std::string& language,
                                          const std::string& word);

 private:
  struct StemmerDeleter {
    void operator()(sb_stemmer* stemmer) const;
  };
  struct Language {
    std::unique_ptr<sb_stemmer, StemmerDeleter> stemmer;
    absl::flat_hash_map<std::string, std::vector<std::string>> seen;
  };

  std::string Stem(Language& language, const std::string& word) const;

  const size_t max_seen_words_;
  absl::flat_hash_map<std::string, Language> languages_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_INDEX_WORD_FORMS_H_
