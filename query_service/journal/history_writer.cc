#include "query_service/journal/history_writer.h"

#include <algorithm>
#include <iterator>

#include "common/status_macros.h"

namespace attache {
namespace {

using store::Statement;

// Rows; some milliseconds.
constexpr int64_t kCutStep = 1024;

// Indexes into kHistorySql.
enum HistoryStatement {
  kAddHeld,
  kAddBrought,
  kOldest,
  kCut,
  kHistorySqlCount
};

constexpr const char* kHistorySql[] = {
    "INSERT INTO history (revision, record_id, before) "
    "SELECT ?, record_id, wire FROM records WHERE briefing_id = ? "
    "RETURNING bytes",
    // There already where the briefing itself held the record.
    "INSERT OR IGNORE INTO history (revision, record_id, before) "
    "VALUES (?1, ?2, (SELECT wire FROM records WHERE record_id = ?2)) "
    "RETURNING bytes",
    "SELECT number, revision, bytes FROM history ORDER BY number LIMIT ?",
    "DELETE FROM history WHERE number <= ?",
};
static_assert(std::size(kHistorySql) == kHistorySqlCount);

absl::Status Insert(Statement& insert, HistoryExtent& extent) {
  for (;;) {
    ATTACHE_ASSIGN_OR_RETURN(const bool inserted, insert.Step());
    if (!inserted) return absl::OkStatus();
    extent.bytes += insert.Int(0);
    ++extent.added;
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<HistoryWriter>> HistoryWriter::Prepare(
    store::Database& database, const HistoryOptions& options) {
  std::vector<Statement> statements;
  for (const char* sql : kHistorySql) {
    ATTACHE_ASSIGN_OR_RETURN(Statement statement, database.Prepare(sql));
    statements.push_back(std::move(statement));
  }
  return std::unique_ptr<HistoryWriter>(
      new HistoryWriter(std::move(statements), options));
}

absl::Status HistoryWriter::Add(int64_t revision,
                                const JournaledBriefing& briefing, bool is_new,
                                HistoryExtent& extent) {
  if (options_.KeepsNone() && retained_from_ == kRetainsNone) {
    return absl::OkStatus();
  }
  if (!is_new) {
    ATTACHE_RETURN_IF_ERROR(Insert(statements_[kAddHeld]
                                       .Bind(1, revision)
                                       .BindText(2, briefing.briefing_id),
                                   extent));
  }
  for (const JournaledRecord& record : briefing.records) {
    ATTACHE_RETURN_IF_ERROR(Insert(statements_[kAddBrought]
                                       .Bind(1, revision)
                                       .BindText(2, record.record_id),
                                   extent));
  }
  return absl::OkStatus();
}

absl::Status HistoryWriter::Cut(int64_t revision, HistoryExtent& extent) {
  const bool none = options_.KeepsNone();
  const int64_t revisions = none ? 0 : options_.revisions;
  const int64_t max_bytes = none ? 0 : options_.bytes;
  // Rows up to there are no longer read, whether they are gone or not.
  extent.oldest_revision = std::max(
      extent.oldest_revision, std::min(revision - revisions, retained_from_));

  int64_t last_cut = 0;
  Statement& oldest = statements_[kOldest].Bind(
      1, kCutStep + 2 * std::exchange(extent.added, 0));
  for (;;) {
    ATTACHE_ASSIGN_OR_RETURN(const bool found, oldest.Step());
    if (!found) break;
    const int64_t row_revision = oldest.Int(1);
    const bool may_go =
        extent.bytes > max_bytes && row_revision <= retained_from_;
    if (row_revision > extent.oldest_revision && !may_go) break;
    last_cut = oldest.Int(0);
    extent.bytes -= oldest.Int(2);
    extent.oldest_revision = std::max(extent.oldest_revision, row_revision);
  }
  oldest.Reset();
  if (last_cut == 0) return absl::OkStatus();
  return statements_[kCut].Bind(1, last_cut).Run();
}

}  // namespace attache
