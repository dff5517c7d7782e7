// A stretch of history, ready to be matched.
#ifndef ATTACHE_QUERY_SERVICE_WATCH_CHANGED_RECORDS_H_
#define ATTACHE_QUERY_SERVICE_WATCH_CHANGED_RECORDS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/vocabulary/vocabulary.h"
#include "query_service/convert/watch_bytes.h"
#include "query_service/index/segment.h"
#include "query_service/journal/history_reader.h"
#include "query_service/query/percolator.h"
#include "query_service/query/query.h"

namespace attache {

// What one revision changes for one watcher.
struct RevisionChanges {
  int64_t revision = 0;
  std::vector<SharedChange> changes;

  size_t bytes() const;
};

// Every version that a record had in this stretch is indexed once, by the same
// code that indexes what is listed, and matched by the same executor. The
// versions of one record stand in segments of their own, so that ids are unique
// in each: the first segment holds all records as they were before the stretch,
// the second as their first change left them, and so on. Not thread-safe, for
// it keeps what it has encoded.
class ChangedRecords {
 public:
  // INVALID_ARGUMENT where a record's bytes do not parse.
  static absl::StatusOr<ChangedRecords> Build(HistoryChunk chunk,
                                              const Vocabulary& vocabulary);

  // All changes up to this revision are in the stretch.
  int64_t up_to() const { return up_to_; }

  // The queries that some version may satisfy, each once.
  std::vector<Percolator::Id> Candidates(const Percolator& percolator) const;

  // The revisions that change something for who watches `query`, in order: a
  // record that satisfies it after its change is upserted, one that did only
  // before is removed.
  std::vector<RevisionChanges> ChangesFor(const Query& query, bool basic);

 private:
  static constexpr uint32_t kNone = ~uint32_t{0};

  // A record's change from a version in segment `layer` to one in the next.
  struct Change {
    int64_t revision = 0;
    std::string record_id;
    uint32_t layer = 0;
    uint32_t before = kNone;  // document in its segment; kNone where absent
    uint32_t after = kNone;
    // By what is sent; null until first asked for.
    SharedChange removed;
    SharedChange upserted_basic;
    SharedChange upserted_full;
  };
  struct Layer {
    std::shared_ptr<const Segment> segment;  // null where no record is left
    // For each document the change that made it, and the one that ended it.
    std::vector<uint32_t> made_by;
    std::vector<uint32_t> ended_by;
  };
  struct Match {
    uint32_t change;
    bool upserted;
  };

  void Resolve();
  std::vector<Match> MatchesOf(const Query& query) const;
  const SharedChange& Encoded(const Match& match, bool basic);

  int64_t up_to_ = 0;
  std::vector<Change> changes_;
  std::vector<Layer> layers_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_WATCH_CHANGED_RECORDS_H_
