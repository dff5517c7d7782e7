// Which records of a segment satisfy a query.
#ifndef ATTACHE_QUERY_SERVICE_QUERY_EXECUTOR_H_
#define ATTACHE_QUERY_SERVICE_QUERY_EXECUTOR_H_

#include <cstdint>
#include <optional>
#include <utility>

#include "query_service/index/snapshot.h"
#include "query_service/query/query.h"
#include "roaring/roaring.hh"

namespace attache {

// Numbers of one segment: all of them, a bitmap of the segment's own that is
// not copied, or one made for the occasion. Lives no longer than the segment.
class DocSet {
 public:
  static DocSet All() { return DocSet(); }
  static DocSet Of(const PostingList& list);
  static DocSet Of(Roaring docs);

  bool all() const { return borrowed_ == nullptr && !owned_.has_value(); }
  // REQUIRES: !all().
  const Roaring& docs() const { return owned_ ? *owned_ : *borrowed_; }
  // The bitmap to change; a borrowed one is copied first. REQUIRES: !all().
  Roaring Take() &&;

  bool Contains(uint32_t doc) const { return all() || docs().contains(doc); }
  bool empty() const { return !all() && docs().isEmpty(); }

 private:
  const Roaring* borrowed_ = nullptr;
  std::optional<Roaring> owned_;
};

// The numbers in `segment` that satisfy the query, deletions aside.
DocSet Execute(const Query& query, const Segment& segment);

// How many live records of the view satisfy the query; `docs` is what Execute
// gave for it.
uint64_t CountLive(const DocSet& docs, const SegmentView& view);

uint64_t Count(const Query& query, const Snapshot& snapshot);
bool AnyMatch(const Query& query, const Snapshot& snapshot);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_QUERY_EXECUTOR_H_
