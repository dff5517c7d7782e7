// Where each byte of a changed text stood in the text that it was made from.
#ifndef ATTACHE_COMMON_TEXT_OFFSET_MAP_H_
#define ATTACHE_COMMON_TEXT_OFFSET_MAP_H_

#include <cstdint>
#include <vector>

#include "common/issue.h"

namespace attache {

// Built front to back, in the order of both texts, while the new text is
// written; runs that were copied unchanged take one entry each. Immutable once
// built, then thread-safe.
class OffsetMap {
 public:
  // The next `size` bytes of the new text are those at `origin` of the old.
  void AddCopied(uint32_t origin, uint32_t size);
  // The next `size` bytes of the new text stand for [begin, end) of the old
  // (an entity, a run of white space); 0 bytes stand for a deletion.
  void AddReplaced(uint32_t begin, uint32_t end, uint32_t size);

  // The range of the old text that [begin, end) of the new one stands for: the
  // smallest that covers it; a replaced run counts whole. An empty range gives
  // the point where it stands. O(log runs).
  TextRange ToOrigin(uint32_t begin, uint32_t end) const;

  // Bytes of the new text so far.
  uint32_t size() const { return size_; }

 private:
  struct Run {
    uint32_t at;            // in the new text
    uint32_t origin_begin;  // in the old text
    uint32_t origin_end;
    bool copied;
  };
  std::vector<Run> runs_;
  uint32_t size_ = 0;
};

}  // namespace attache

#endif  // ATTACHE_COMMON_TEXT_OFFSET_MAP_H_
