// What a reader makes of the vocabulary's entries, worked out once for each
// meaning instead of at every match.
#ifndef ATTACHE_COMMON_VOCABULARY_ENTRY_MEMO_H_
#define ATTACHE_COMMON_VOCABULARY_ENTRY_MEMO_H_

#include <optional>
#include <vector>

#include "common/vocabulary/lexicon.h"

namespace attache {

// For the entries of one Lexicon. Not thread-safe.
template <typename Reading>
class EntryMemo {
 public:
  // `read(entry)`, which may only depend on what entries of the same
  // LexiconEntry::meaning share. Valid until the next call. O(1) but for the
  // first of a meaning.
  template <typename Read>
  const Reading& Of(const LexiconEntry& entry, const Read& read) {
    if (entry.meaning >= readings_.size()) readings_.resize(entry.meaning + 1);
    std::optional<Reading>& known = readings_[entry.meaning];
    if (!known.has_value()) known = read(entry);
    return *known;
  }

 private:
  std::vector<std::optional<Reading>> readings_;  // by meaning
};

}  // namespace attache

#endif  // ATTACHE_COMMON_VOCABULARY_ENTRY_MEMO_H_
