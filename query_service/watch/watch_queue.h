// What a watcher is still to be sent, and how it is cut into responses.
#ifndef ATTACHE_QUERY_SERVICE_WATCH_WATCH_QUEUE_H_
#define ATTACHE_QUERY_SERVICE_WATCH_WATCH_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "query_service/convert/watch_bytes.h"
#include "query_service/watch/changed_records.h"

namespace attache {

// Not thread-safe.
class WatchQueue {
 public:
  // The next response but for its index_id.
  struct Response {
    // Not 0 where every change up to it has been taken.
    int64_t revision = 0;
    bool synced = false;
    std::vector<SharedChange> changes;
  };

  // Some of what matched at the start, `revision`.
  void AddMatches(std::vector<SharedChange> matches);
  // There was no more at the start, `revision`.
  void AddSynced(int64_t revision);
  void AddRevision(RevisionChanges changes);
  void Clear();

  // As much as `max_bytes` hold, a change at least: some of the matches; or the
  // word that these were all; or whole revisions; or, where the next one does
  // not fit, a part of it and nothing else. nullopt where nothing is left.
  std::optional<Response> Take(size_t max_bytes);

  bool empty() const { return entries_.empty(); }
  size_t bytes() const { return bytes_; }
  size_t changes() const { return changes_; }

 private:
  // A revision, some matches (revision 0), or the word that these were all.
  struct Entry {
    int64_t revision = 0;
    bool synced = false;
    std::vector<SharedChange> changes;
    size_t taken = 0;  // of the changes
    size_t bytes = 0;  // of what is not taken
  };

  void Add(Entry entry);
  // Moves changes of the first entry while they fit, one at least where
  // `response` has none; true where that was all of the entry.
  bool TakeFrom(Entry& entry, size_t max_bytes, Response& response,
                size_t& response_bytes);

  std::deque<Entry> entries_;
  size_t bytes_ = 0;
  size_t changes_ = 0;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_WATCH_WATCH_QUEUE_H_
