// Everything that matches, in the order of record ids, a chunk at a time.
#ifndef ATTACHE_QUERY_SERVICE_QUERY_EXPORTER_H_
#define ATTACHE_QUERY_SERVICE_QUERY_EXPORTER_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "query_service/index/snapshot.h"
#include "query_service/query/query.h"

namespace attache {

struct ExportPlan {
  Query query = {};
  bool basic = false;
  // Only records whose ids come after this one, in byte order.
  std::optional<std::string> after = {};
  // A chunk ends before the record whose bytes would exceed this, unless it is
  // the first. Counts as PageRequest::max_bytes does.
  size_t max_chunk_bytes = 0;
};

// Of the matches only the numbers are held, 4 bytes each, and put in order as
// far as they are asked for: the first chunk does not wait until all are, and
// a stream that ends early has not paid for the rest. Not thread-safe.
class Exporter {
 public:
  // Executes the query on every segment.
  Exporter(std::shared_ptr<const Snapshot> snapshot, const ExportPlan& plan);
  ~Exporter();

  struct Chunk {
    // Live as long as the snapshot. Empty only where nothing matches.
    std::vector<RecordLocation> records;
    bool last = false;
  };
  // REQUIRES: none was the last.
  Chunk Next();

  const std::shared_ptr<const Snapshot>& snapshot() const { return snapshot_; }

 private:
  class SegmentMatches;

  static bool ComesAfter(const SegmentMatches* a, const SegmentMatches* b);
  void Push(SegmentMatches* matches);
  SegmentMatches* Pop();

  const std::shared_ptr<const Snapshot> snapshot_;
  const bool basic_;
  const size_t max_chunk_bytes_;
  std::vector<std::unique_ptr<SegmentMatches>> segments_;
  // Those with matches left; a heap, the smallest id first.
  std::vector<SegmentMatches*> heap_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_QUERY_EXPORTER_H_
