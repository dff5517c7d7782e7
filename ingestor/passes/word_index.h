// What the vocabulary recognised in a document, of the kinds that one pass
// asks about, by token.
#ifndef ATTACHE_INGESTOR_PASSES_WORD_INDEX_H_
#define ATTACHE_INGESTOR_PASSES_WORD_INDEX_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "common/vocabulary/entry_memo.h"
#include "ingestor/document.h"

namespace attache {

// Whether a WordIndex has room for the kinds up to `last`.
template <typename Kind>
constexpr bool FitsWordIndex(Kind last) {
  return static_cast<unsigned>(last) < 64;
}

// `Kind` is the pass's own enum, for which FitsWordIndex must hold. Immutable
// and thread-safe once built. The entries belong to the vocabulary; the
// document is not kept.
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

  // `kind_of(entry)` is an optional<Kind>; `value_of(entry)` an int. Both may
  // only depend on what entries of the same LexiconEntry::meaning share.
  template <typename KindOf, typename ValueOf>
  WordIndex(const Document& document, KindOf kind_of, ValueOf value_of) {
    struct Reading {
      std::optional<Kind> kind;
      int value = 0;
    };
    EntryMemo<Reading> readings;
    const auto read = [&](const LexiconEntry& entry) {
      const std::optional<Kind> kind = kind_of(entry);
      return Reading{kind, kind.has_value() ? value_of(entry) : 0};
    };
    kinds_.assign(document.tokens.size(), 0);
    for (const LexiconMatch& match : document.matches) {
      const Reading& reading = readings.Of(*match.entry, read);
      if (!reading.kind.has_value()) continue;
      words_.push_back(
          {match.entry, match.begin, match.end, reading.value, *reading.kind});
      kinds_[match.begin] |= BitOf(*reading.kind);
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

  // The longest word of that kind that begins at `token`. O(words there), and
  // next to nothing where there is none.
  std::optional<Word> At(uint32_t token, Kind kind) const {
    std::optional<Word> best;
    if (token >= kinds_.size() || (kinds_[token] & BitOf(kind)) == 0) {
      return best;
    }
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
      if (begin >= kinds_.size() || (kinds_[begin] & BitOf(kind)) == 0) {
        continue;
      }
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
  static uint64_t BitOf(Kind kind) {
    return uint64_t{1} << static_cast<unsigned>(kind);
  }

  std::vector<Word> words_;      // by begin
  std::vector<uint64_t> kinds_;  // by token, bits of the words that begin there
  std::vector<uint32_t> first_;  // by token, into words_
  uint32_t longest_ = 0;         // tokens of the longest match
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_WORD_INDEX_H_
