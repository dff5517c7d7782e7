#include "tests/query_service/support/plain_words.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "libstemmer.h"

namespace attache::testing {
namespace {

using Strings = std::vector<std::string>;

std::string LowerCase(absl::string_view text) {
  return absl::AsciiStrToLower(absl::StrReplaceAll(
      text, {{"Ñ", "ñ"}, {"É", "é"}, {"Ê", "ê"}, {"Ã", "ã"}, {"Ç", "ç"}}));
}

std::string Stem(absl::string_view language, const std::string& word) {
  static const std::map<std::string, std::string, std::less<>> kAlgorithms = {
      {"en", "english"},
      {"pt", "portuguese"},
      {"es", "spanish"},
      {"fr", "french"}};
  const auto algorithm = kAlgorithms.find(absl::AsciiStrToLower(
      language.substr(0, std::min(language.find('-'), language.find('_')))));
  if (algorithm == kAlgorithms.end()) return word;
  static auto* const known =
      new std::map<std::pair<std::string, std::string>, std::string>();
  auto [found, is_new] = known->try_emplace(std::pair(algorithm->second, word));
  if (!is_new) return found->second;
  sb_stemmer* stemmer = sb_stemmer_new(algorithm->second.c_str(), "UTF_8");
  const sb_symbol* stem =
      sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(word.data()),
                      static_cast<int>(word.size()));
  found->second.assign(reinterpret_cast<const char*>(stem),
                       static_cast<size_t>(sb_stemmer_length(stemmer)));
  sb_stemmer_delete(stemmer);
  return found->second;
}

bool Match(absl::string_view language, const std::string& a,
           const std::string& b) {
  const std::set<std::string> forms = PlainForms(language, a);
  for (const std::string& form : PlainForms(language, b)) {
    if (forms.count(form) > 0) return true;
  }
  return false;
}

}  // namespace

std::string PlainText(absl::string_view text) {
  return absl::StrReplaceAll(LowerCase(text), {{"á", "a"},
                                               {"ã", "a"},
                                               {"é", "e"},
                                               {"ê", "e"},
                                               {"í", "i"},
                                               {"ñ", "n"},
                                               {"ó", "o"},
                                               {"õ", "o"},
                                               {"ú", "u"},
                                               {"ç", "c"},
                                               {"—", "-"}});
}

Strings PlainWords(absl::string_view text) {
  std::string spaced = absl::StrReplaceAll(LowerCase(text), {{"—", " "}});
  for (char& c : spaced) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && !absl::ascii_isalnum(byte)) c = ' ';
  }
  return absl::StrSplit(spaced, ' ', absl::SkipEmpty());
}

std::string PlainKey(absl::string_view text) {
  return PlainText(absl::StrJoin(PlainWords(text), " "));
}

std::set<std::string> PlainForms(absl::string_view language,
                                 const std::string& word) {
  return {PlainText(Stem(language, word)), Stem(language, PlainText(word))};
}

bool PlainHoldsWords(absl::string_view language, absl::string_view text,
                     absl::string_view wanted) {
  const Strings held = PlainWords(text);
  for (const std::string& word : PlainWords(wanted)) {
    if (std::none_of(held.begin(), held.end(), [&](const std::string& other) {
          return Match(language, word, other);
        })) {
      return false;
    }
  }
  return true;
}

bool PlainHoldsPhrase(absl::string_view language, absl::string_view text,
                      absl::string_view wanted) {
  const Strings held = PlainWords(text);
  const Strings words = PlainWords(wanted);
  for (size_t at = 0; at + words.size() <= held.size(); ++at) {
    size_t same = 0;
    while (same < words.size() &&
           Match(language, held[at + same], words[same])) {
      ++same;
    }
    if (same == words.size()) return true;
  }
  return false;
}

bool PlainMatches(absl::string_view pattern, absl::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '*') {
    return PlainMatches(pattern.substr(1), text) ||
           (!text.empty() && PlainMatches(pattern, text.substr(1)));
  }
  return !text.empty() && pattern[0] == text[0] &&
         PlainMatches(pattern.substr(1), text.substr(1));
}

}  // namespace attache::testing
