#include "common/text/offset_map.h"

#include <algorithm>

namespace attache {

void OffsetMap::AddCopied(uint32_t origin, uint32_t size) {
  if (size == 0) return;
  if (!runs_.empty() && runs_.back().copied &&
      runs_.back().origin_end == origin) {
    runs_.back().origin_end += size;
  } else {
    runs_.push_back({size_, origin, origin + size, true});
  }
  size_ += size;
}

void OffsetMap::AddReplaced(uint32_t begin, uint32_t end, uint32_t size) {
  // A deletion needs no run: what stands on either side of it maps past it.
  if (size == 0) return;
  runs_.push_back({size_, begin, end, false});
  size_ += size;
}

TextRange OffsetMap::ToOrigin(uint32_t begin, uint32_t end) const {
  if (runs_.empty()) return {};
  begin = std::min(begin, size_);
  end = std::clamp(end, begin, size_);
  const auto run_at = [this](uint32_t at) {
    return *std::prev(std::upper_bound(
        runs_.begin(), runs_.end(), at,
        [](uint32_t value, const Run& run) { return value < run.at; }));
  };
  if (begin == end) {
    if (begin == size_) {
      const uint32_t last = runs_.back().origin_end;
      return {last, last};
    }
    const Run run = run_at(begin);
    if (run.copied || run.at == begin) {
      const uint32_t point = run.origin_begin + (begin - run.at);
      return {point, point};
    }
    return {run.origin_begin, run.origin_end};
  }
  const Run first = run_at(begin);
  const Run last = run_at(end - 1);
  return {first.copied ? first.origin_begin + (begin - first.at)
                       : first.origin_begin,
          last.copied ? last.origin_begin + (end - last.at) : last.origin_end};
}

}  // namespace attache
