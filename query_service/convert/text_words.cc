#include "query_service/convert/text_words.h"

#include <algorithm>

#include "query_service/index/word_forms.h"

namespace attache {
namespace {

bool Match(const std::vector<std::string>& a,
           const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& form) {
    return std::find(b.begin(), b.end(), form) != b.end();
  });
}

}  // namespace

bool TextWords::HoldsAll(absl::string_view text, absl::string_view language,
                         const std::vector<std::string>& words) const {
  const Forms held = FormsOf(WordsOf(text), language);
  const Forms wanted = FormsOf(words, language);
  return std::all_of(wanted.begin(), wanted.end(), [&](const auto& word) {
    return std::any_of(held.begin(), held.end(),
                       [&](const auto& other) { return Match(word, other); });
  });
}

bool TextWords::HoldsPhrase(absl::string_view text, absl::string_view language,
                            const std::vector<std::string>& words) const {
  const Forms held = FormsOf(WordsOf(text), language);
  const Forms wanted = FormsOf(words, language);
  return std::search(held.begin(), held.end(), wanted.begin(), wanted.end(),
                     Match) != held.end();
}

TextWords::Forms TextWords::FormsOf(const std::vector<std::string>& words,
                                    absl::string_view language) const {
  WordForms& forms = WordForms::OfThisThread(vocabulary_);
  const std::string stemmed = forms.StemmedLanguage(language);
  Forms all;
  all.reserve(words.size());
  for (const std::string& word : words) {
    all.push_back(forms.FormsOf(stemmed, word));
  }
  return all;
}

}  // namespace attache
