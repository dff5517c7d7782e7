// What the vocabulary recognised in a document, of the kinds that one pass
// asks about, by token.
#ifndef ATTACHE_INGESTOR_PASSES_WORD_INDEX_H_
#define ATTACHE_INGESTOR_PASSES_WORD_INDEX_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "ingestor/document.h"

namespace attache {

// `Kind` is the pass's own enum. Immutable and thread-safe once built. The
// entries belong to the vocabulary; the document is not kept.
template <typename Kind>
class WordIndex {
 public:
  struct Word {
    const LexiconEntry* entry = nullptr;
    uint32_t begin = 0;  // tokens of the document
    uint32_t end = 0;
    int value = 0;  // what `value_of` made of the entry's value
    Kind kind;
  };

  // `kind_of(entry)` is an optional<Kind>; `value_of(entry)` an int.
  template <typename KindOf, typename ValueOf>
  WordIndex(const Document& document, KindOf kind_of, ValueOf value_of) {
    words_.reserve(document.matches.size());
    for (const LexiconMatch& match : document.matches) {
      std::optional<Kind> kind = kind_of(*match.entry);
      if (!kind.has_value()) continue;
      words_.push_back(
          {match.entry, match.begin, match.end, value_of(*match.entry), *kind});
      longest_ = std::max(longest_, match.end - match.begin);
    }
    // Most often they are in order already.
    const auto comes_first = [](const Word& a, const Word& b) {
      return a.begin < b.begin;
    };
    if (!std::is_sorted(words_.begin(), words_.end(), comes_first)) {
      std::stable_sort(words_.begin(), words_.end(), comes_first);
    }
    first_.assign(document.tokens.size() + 1, 0);
    uint32_t next = 0;
    for (uint32_t token = 0; token < first_.size(); ++token) {
      while (next < words_.size() && words_[next].begin < token) ++next;
      first_[token] = next;
    }
  }

  // The longest word of that kind that begins at `token`. O(words there).
  std::optional<Word> At(uint32_t token, Kind kind) const {
    std::optional<Word> best;
    if (token + 1 >= first_.size()) return best;
    for (uint32_t i = first_[token]; i < first_[token + 1]; ++i) {
      if (words_[i].kind != kind) continue;
      if (!best.has_value() || words_[i].end > best->end) best = words_[i];
    }
    return best;
  }

  // The longest that ends right before `token`.
  std::optional<Word> Before(uint32_t token, Kind kind) const {
    for (uint32_t back = std::min(longest_, token); back > 0; --back) {
      uint32_t begin = token - back;
      if (begin + 1 >= first_.size()) continue;
      for (uint32_t i = first_[begin]; i < first_[begin + 1]; ++i) {
        if (words_[i].kind == kind && words_[i].end == token) return words_[i];
      }
    }
    return std::nullopt;
  }

  // Those of that kind that begin in `span`, in order.
  std::vector<Word> In(TokenSpan span, Kind kind) const {
    std::vector<Word> found;
    if (span.end >= first_.size()) return found;
    for (uint32_t i = first_[span.begin]; i < first_[span.end]; ++i) {
      if (words_[i].kind == kind) found.push_back(words_[i]);
    }
    return found;
  }

 private:
  std::vector<Word> words_;      // by begin
  std::vector<uint32_t> first_;  // by token, into words_
  uint32_t longest_ = 0;         // tokens of the longest match
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_WORD_INDEX_H_
