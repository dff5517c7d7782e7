#include "query_service/index/postings.h"

#include <utility>

namespace attache {

void PostingList::AppendTo(std::vector<uint32_t>& numbers) const {
  if (bitmap == nullptr) {
    numbers.insert(numbers.end(), plain.begin(), plain.end());
    return;
  }
  const size_t before = numbers.size();
  numbers.resize(before + bitmap->cardinality());
  bitmap->toUint32Array(numbers.data() + before);
}

PostingList Postings::list(size_t index) const {
  const Entry& entry = entries_[index];
  if (entry.count > kPlainLimit) return {{}, &bitmaps_[entry.at]};
  return {absl::MakeConstSpan(plain_).subspan(entry.at, entry.count), nullptr};
}

size_t Postings::LowerBound(absl::string_view key) const {
  size_t low = 0;
  size_t high = size();
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (term(middle) < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

PostingList Postings::Find(absl::string_view key) const {
  const size_t index = LowerBound(key);
  if (index == size() || term(index) != key) return {};
  return list(index);
}

size_t Postings::memory_bytes() const {
  size_t bytes = terms_.capacity() + ends_.capacity() * sizeof(uint32_t) +
                 entries_.capacity() * sizeof(Entry) +
                 plain_.capacity() * sizeof(uint32_t) +
                 bitmaps_.capacity() * sizeof(Roaring);
  for (const Roaring& bitmap : bitmaps_) bytes += bitmap.getSizeInBytes(false);
  return bytes;
}

void PostingsBuilder::Add(absl::string_view term,
                          absl::Span<const uint32_t> numbers) {
  postings_.terms_.append(term.data(), term.size());
  postings_.ends_.push_back(static_cast<uint32_t>(postings_.terms_.size()));
  const auto count = static_cast<uint32_t>(numbers.size());
  if (count > kPlainLimit) {
    postings_.entries_.push_back(
        {static_cast<uint32_t>(postings_.bitmaps_.size()), count});
    Roaring& bitmap =
        postings_.bitmaps_.emplace_back(numbers.size(), numbers.data());
    bitmap.runOptimize();
    bitmap.shrinkToFit();
  } else {
    postings_.entries_.push_back(
        {static_cast<uint32_t>(postings_.plain_.size()), count});
    postings_.plain_.insert(postings_.plain_.end(), numbers.begin(),
                            numbers.end());
  }
}

Postings PostingsBuilder::Build() && {
  postings_.terms_.shrink_to_fit();
  postings_.ends_.shrink_to_fit();
  postings_.entries_.shrink_to_fit();
  postings_.plain_.shrink_to_fit();
  return std::move(postings_);
}

}  // namespace attache
