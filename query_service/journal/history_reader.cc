#include "query_service/journal/history_reader.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/status_macros.h"
#include "query_service/journal/journal_schema.h"

namespace attache {
namespace {

using store::Database;
using store::Statement;

constexpr char kGetMetaNumber[] =
    "SELECT CAST(CAST(value AS TEXT) AS INTEGER) FROM meta WHERE key = ?";

// A record became what its next change found; the last change left what is
// held.
constexpr char kGetChanges[] =
    "SELECT change.revision, change.record_id, change.bytes, change.before, "
    "  CASE WHEN next.number IS NULL THEN held.wire ELSE next.before END "
    "FROM history AS change "
    "LEFT JOIN history AS next ON next.number = ("
    "  SELECT later.number FROM history AS later "
    "  WHERE later.record_id = change.record_id "
    "    AND later.revision > change.revision "
    "  ORDER BY later.revision LIMIT 1) "
    "LEFT JOIN records AS held "
    "  ON next.number IS NULL AND held.record_id = change.record_id "
    "WHERE change.revision > ? ORDER BY change.revision";

std::optional<std::string> Bytes(const Statement& row, int column) {
  if (row.IsNull(column)) return std::nullopt;
  return std::string(row.Text(column));
}

absl::Status CheckHeld(int64_t after_revision, int64_t oldest,
                       int64_t revision) {
  if (after_revision < oldest) {
    return MakeError(
        v1::ERROR_REASON_HISTORY_GONE,
        absl::StrCat("the changes after revision ", after_revision,
                     " are no longer held, only those after ", oldest),
        {{"oldest_revision", absl::StrCat(oldest)}});
  }
  if (after_revision > revision) {
    return MakeError(
        v1::ERROR_REASON_REVISION_NOT_REACHED,
        absl::StrCat("revision ", after_revision,
                     " is not reached; the journal is at ", revision),
        {{"revision", absl::StrCat(revision)}});
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<HistoryReader>> HistoryReader::Open(
    const std::string& path) {
  ATTACHE_ASSIGN_OR_RETURN(std::unique_ptr<Database> database,
                           Database::OpenReadOnly(path));
  ATTACHE_ASSIGN_OR_RETURN(Statement get_meta,
                           database->Prepare(kGetMetaNumber));
  ATTACHE_ASSIGN_OR_RETURN(Statement get_changes,
                           database->Prepare(kGetChanges));
  return std::unique_ptr<HistoryReader>(new HistoryReader(
      std::move(database), std::move(get_meta), std::move(get_changes)));
}

absl::StatusOr<HistoryChunk> HistoryReader::Read(int64_t after_revision,
                                                 size_t max_bytes) {
  const std::scoped_lock lock(mutex_);
  HistoryChunk chunk;
  ATTACHE_RETURN_IF_ERROR(database_->TransactReading([&]() -> absl::Status {
    ATTACHE_ASSIGN_OR_RETURN(chunk.up_to, Meta(kMetaRevision));
    ATTACHE_ASSIGN_OR_RETURN(const int64_t oldest, Meta(kMetaOldestRevision));
    ATTACHE_RETURN_IF_ERROR(CheckHeld(after_revision, oldest, chunk.up_to));
    return ReadChanges(after_revision, max_bytes, chunk);
  }));
  std::sort(chunk.changes.begin(), chunk.changes.end(),
            [](const HistoryChange& a, const HistoryChange& b) {
              return std::tie(a.revision, a.record_id) <
                     std::tie(b.revision, b.record_id);
            });
  return chunk;
}

absl::StatusOr<int64_t> HistoryReader::Meta(const char* key) {
  get_meta_.BindText(1, key);
  ATTACHE_ASSIGN_OR_RETURN(const bool found, get_meta_.Step());
  const int64_t value = found ? get_meta_.Int(0) : 0;
  get_meta_.Reset();
  return value;
}

absl::Status HistoryReader::ReadChanges(int64_t after_revision,
                                        size_t max_bytes, HistoryChunk& chunk) {
  Statement& row = get_changes_.Bind(1, after_revision);
  size_t bytes = 0;
  for (;;) {
    ATTACHE_ASSIGN_OR_RETURN(const bool found, row.Step());
    if (!found) return absl::OkStatus();
    const int64_t revision = row.Int(0);
    if (bytes >= max_bytes && !chunk.changes.empty() &&
        revision != chunk.changes.back().revision) {
      row.Reset();
      chunk.up_to = revision - 1;
      return absl::OkStatus();
    }
    HistoryChange& change = chunk.changes.emplace_back(
        HistoryChange{.revision = revision,
                      .record_id = std::string(row.Text(1)),
                      .before = Bytes(row, 3),
                      .after = Bytes(row, 4)});
    bytes += row.Int(2) + change.after.value_or("").size();
  }
}

}  // namespace attache
