// What a query found, before anything is counted or shown.
#ifndef ATTACHE_QUERY_SERVICE_QUERY_MATCHES_H_
#define ATTACHE_QUERY_SERVICE_QUERY_MATCHES_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "query_service/index/snapshot.h"
#include "query_service/query/executor.h"
#include "query_service/query/query.h"

namespace attache {

// The matching records of one segment; those that are gone are left out.
struct SegmentMatches {
  const Segment* segment;
  DocSet docs;
};

// Of each segment that holds a match. Lives no longer than the snapshot.
class Matches {
 public:
  // Executes the query once.
  Matches(const Query& query, const Snapshot& snapshot);

  absl::Span<const SegmentMatches> segments() const { return segments_; }
  uint64_t total() const { return total_; }

 private:
  std::vector<SegmentMatches> segments_;
  uint64_t total_ = 0;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_QUERY_MATCHES_H_
