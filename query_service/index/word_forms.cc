#include "query_service/index/word_forms.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/ascii.h"
#include "common/text/characters.h"
#include "common/text/fold.h"
#include "libstemmer.h"
#include "unicode/bytestream.h"
#include "unicode/normalizer2.h"
#include "unicode/uchar.h"
#include "unicode/utf8.h"

namespace attache {
namespace {

// There may be many threads, and nobody counts their memory: half a megabyte a
// language.
constexpr size_t kSeenByAThread = size_t{1} << 12;

bool IsAscii(absl::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

bool IsWordCharacter(UChar32 c) {
  return u_isalnum(c) || (U_MASK(u_charType(c)) & U_GC_M_MASK) != 0;
}

std::string Composed(absl::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  std::string composed;
  if (U_FAILURE(error)) return std::string(text);
  icu::StringByteSink<std::string> sink(&composed);
  nfc->normalizeUTF8(
      0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink,
      nullptr, error);
  return U_FAILURE(error) ? std::string(text) : composed;
}

void AppendWords(absl::string_view text, std::vector<std::string>& words) {
  std::string word;
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      ++i;
      if (absl::ascii_isalnum(byte)) {
        word.push_back(absl::ascii_tolower(byte));
        continue;
      }
    } else {
      UChar32 c;
      U8_NEXT_OR_FFFD(text.data(), i, size, c);
      if (IsInvisible(c)) continue;
      if (IsWordCharacter(c)) {
        c = u_tolower(c);
        char bytes[U8_MAX_LENGTH];
        int32_t length = 0;
        U8_APPEND_UNSAFE(bytes, length, c);
        word.append(bytes, static_cast<size_t>(length));
        continue;
      }
    }
    if (!word.empty()) words.push_back(std::exchange(word, {}));
  }
  if (!word.empty()) words.push_back(std::move(word));
}

}  // namespace

std::vector<std::string> WordsOf(absl::string_view text) {
  std::vector<std::string> words;
  if (IsAscii(text)) {
    AppendWords(text, words);
  } else {
    AppendWords(Composed(text), words);
  }
  return words;
}

std::string NormalizeLanguage(absl::string_view code) {
  std::string tag = absl::AsciiStrToLower(code);
  for (char& c : tag) {
    if (c == '_') c = '-';
  }
  return tag;
}

void WordForms::StemmerDeleter::operator()(sb_stemmer* stemmer) const {
  sb_stemmer_delete(stemmer);
}

WordForms::WordForms(const Vocabulary& vocabulary, size_t max_seen_words)
    : max_seen_words_(max_seen_words) {
  for (const LanguageSettings& settings : vocabulary.languages()) {
    sb_stemmer* stemmer = sb_stemmer_new(settings.stemmer.c_str(), "UTF_8");
    if (stemmer != nullptr) languages_[settings.code].stemmer.reset(stemmer);
  }
  languages_[""];
}

WordForms::~WordForms() = default;

WordForms& WordForms::OfThisThread(const Vocabulary& vocabulary) {
  struct Forms {
    std::string vocabulary_version;
    std::unique_ptr<WordForms> forms;
  };
  thread_local Forms own;
  if (own.forms == nullptr || own.vocabulary_version != vocabulary.version()) {
    own.forms = std::make_unique<WordForms>(vocabulary, kSeenByAThread);
    own.vocabulary_version = vocabulary.version();
  }
  return *own.forms;
}

std::string WordForms::StemmedLanguage(absl::string_view code) const {
  const std::string tag = NormalizeLanguage(code);
  const std::string primary = tag.substr(0, tag.find('-'));
  return languages_.contains(primary) ? primary : "";
}

std::vector<std::string> WordForms::Languages() const {
  std::vector<std::string> codes;
  for (const auto& [code, language] : languages_) codes.push_back(code);
  std::sort(codes.begin(), codes.end());
  return codes;
}

const std::vector<std::string>& WordForms::FormsOf(const std::string& language,
                                                   const std::string& word) {
  Language& known = languages_[languages_.contains(language) ? language : ""];
  if (const auto found = known.seen.find(word); found != known.seen.end()) {
    return found->second;
  }
  if (known.seen.size() >= max_seen_words_) known.seen.clear();
  std::vector<std::string> forms = {Fold(Stem(known, word))};
  if (!IsAscii(word)) {
    std::string plain = Stem(known, Fold(word));
    if (plain != forms[0]) forms.push_back(std::move(plain));
  }
  return known.seen.emplace(word, std::move(forms)).first->second;
}

std::string WordForms::Stem(Language& language, const std::string& word) const {
  if (language.stemmer == nullptr) return word;
  const sb_symbol* stem = sb_stemmer_stem(
      language.stemmer.get(), reinterpret_cast<const sb_symbol*>(word.data()),
      static_cast<int>(word.size()));
  if (stem == nullptr) return word;
  return std::string(
      reinterpret_cast<const char*>(stem),
      static_cast<size_t>(sb_stemmer_length(language.stemmer.get())));
}

}  // namespace attache
