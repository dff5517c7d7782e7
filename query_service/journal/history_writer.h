// Writes the history and cuts it; for this folder alone.
#ifndef ATTACHE_QUERY_SERVICE_JOURNAL_HISTORY_WRITER_H_
#define ATTACHE_QUERY_SERVICE_JOURNAL_HISTORY_WRITER_H_

#include <cstdint>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/store/database.h"
#include "query_service/journal/history_options.h"
#include "query_service/journal/stored_record.h"

namespace attache {

struct HistoryExtent {
  // All changes after this revision are held.
  int64_t oldest_revision = 0;
  // What the rows take that are there.
  int64_t bytes = 0;
  // Rows that were added since the last Cut.
  int64_t added = 0;
};

// Not thread-safe. Calls belong inside of Database::Transact; the caller keeps
// the extent, and forgets what it became where the transaction fails.
class HistoryWriter {
 public:
  // `database` was opened with JournalSchema and outlives the writer.
  static absl::StatusOr<std::unique_ptr<HistoryWriter>> Prepare(
      store::Database& database, const HistoryOptions& options);

  // All changes after this revision are kept, however many they are, also where
  // the options keep none.
  void RetainFrom(int64_t revision) { retained_from_ = revision; }

  // Keeps what `revision` replaces when it gives the briefing these records;
  // goes before JournalTables::SetBriefing. `is_new` as there.
  absl::Status Add(int64_t revision, const JournaledBriefing& briefing,
                   bool is_new, HistoryExtent& extent);

  // Cuts what is too much at `revision`, the newest, once for all that was
  // added: at most twice as many rows, and a fixed number more, so that it
  // keeps up and yet a commit never waits for all of a large history to go.
  absl::Status Cut(int64_t revision, HistoryExtent& extent);

 private:
  static constexpr int64_t kRetainsNone = std::numeric_limits<int64_t>::max();

  HistoryWriter(std::vector<store::Statement> statements,
                const HistoryOptions& options)
      : statements_(std::move(statements)), options_(options) {}

  std::vector<store::Statement> statements_;
  const HistoryOptions options_;
  int64_t retained_from_ = kRetainsNone;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_JOURNAL_HISTORY_WRITER_H_
