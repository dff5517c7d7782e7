// The term dictionary of a segment and what each term is found in.
#ifndef ATTACHE_QUERY_SERVICE_INDEX_POSTINGS_H_
#define ATTACHE_QUERY_SERVICE_INDEX_POSTINGS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "roaring/roaring.hh"

namespace attache {

// The numbers that a term is found in, ascending. Most terms are rare, and a
// Roaring bitmap for each would cost more than what it holds: up to kPlainLimit
// numbers stand in a plain array, more in a bitmap.
struct PostingList {
  absl::Span<const uint32_t> plain;  // used where bitmap is null
  const Roaring* bitmap = nullptr;

  uint64_t size() const {
    return bitmap != nullptr ? bitmap->cardinality() : plain.size();
  }
  void AppendTo(std::vector<uint32_t>& numbers) const;
};

inline constexpr size_t kPlainLimit = 64;

// Immutable once built; thread-safe. Terms are sorted by their bytes, so those
// of one field are neighbours.
class Postings {
 public:
  size_t size() const { return entries_.size(); }
  absl::string_view term(size_t index) const {
    return absl::string_view(terms_).substr(ends_[index],
                                            ends_[index + 1] - ends_[index]);
  }
  PostingList list(size_t index) const;
  // The lists' cardinality without touching them.
  uint32_t count(size_t index) const { return entries_[index].count; }

  // The first term that is not below `key`. O(log terms).
  size_t LowerBound(absl::string_view key) const;
  // Empty where no record has the term. O(log terms).
  PostingList Find(absl::string_view key) const;

  size_t memory_bytes() const;

 private:
  friend class PostingsBuilder;
  struct Entry {
    uint32_t at;  // into plain_, or bitmaps_ where count > kPlainLimit
    uint32_t count;
  };
  std::string terms_;
  std::vector<uint32_t> ends_ = {0};
  std::vector<Entry> entries_;
  std::vector<uint32_t> plain_;
  std::vector<Roaring> bitmaps_;
};

class PostingsBuilder {
 public:
  // REQUIRES: `term` above the last one; `numbers` ascending, not empty.
  void Add(absl::string_view term, absl::Span<const uint32_t> numbers);
  Postings Build() &&;

 private:
  Postings postings_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_INDEX_POSTINGS_H_
