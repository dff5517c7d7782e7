// Reads what the latest revisions changed.
#ifndef ATTACHE_QUERY_SERVICE_JOURNAL_HISTORY_READER_H_
#define ATTACHE_QUERY_SERVICE_JOURNAL_HISTORY_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/store/database.h"

namespace attache {

// What one revision did to one record: TripRecords as in JournaledRecord, right
// before and right after it; nullopt where there was none. Never both. A
// briefing that is written anew changes all its records, because they name
// their revision.
struct HistoryChange {
  int64_t revision = 0;
  std::string record_id;
  std::optional<std::string> before;
  std::optional<std::string> after;

  bool operator==(const HistoryChange&) const = default;
};

struct HistoryChunk {
  // Of whole revisions, by revision and record_id. A revision may have none:
  // one that takes back a briefing without records.
  std::vector<HistoryChange> changes;
  // These are all changes after the revision asked for, up to this one.
  int64_t up_to = 0;
};

// A connection of its own to the journal's file, so that reads go on beside the
// writer: a read sees what was committed before it. Thread-safe: one call at a
// time, the others wait; readers do not wait for each other.
class HistoryReader {
 public:
  // REQUIRES: a Journal has opened the file.
  static absl::StatusOr<std::unique_ptr<HistoryReader>> Open(
      const std::string& path);

  // The changes right after `after_revision`, until they take about `max_bytes`
  // or there are no more; of one revision at least, however large it is.
  //
  // OUT_OF_RANGE HISTORY_GONE where not all of them are held any more;
  // FAILED_PRECONDITION REVISION_NOT_REACHED where the journal has not come as
  // far as `after_revision`; else as store::Statement.
  absl::StatusOr<HistoryChunk> Read(int64_t after_revision, size_t max_bytes);

 private:
  HistoryReader(std::unique_ptr<store::Database> database,
                store::Statement get_meta, store::Statement get_changes)
      : database_(std::move(database)),
        get_meta_(std::move(get_meta)),
        get_changes_(std::move(get_changes)) {}

  absl::StatusOr<int64_t> Meta(const char* key);
  absl::Status ReadChanges(int64_t after_revision, size_t max_bytes,
                           HistoryChunk& chunk);

  // Guards what follows. Of the standard library, which ThreadSanitizer knows.
  std::mutex mutex_;
  // The statements go before the database.
  std::unique_ptr<store::Database> database_;
  store::Statement get_meta_;
  store::Statement get_changes_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_JOURNAL_HISTORY_READER_H_
