#include "ingestor/outbox/store_reader.h"

#include <utility>

#include "common/status_macros.h"
#include "common/timestamp.h"

namespace attache::outbox {
namespace {

template <typename Message>
absl::Status Read(absl::string_view bytes, Message& message) {
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::DataLossError(
        "A stored briefing cannot be read: the file is damaged.");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<StoreReader>> StoreReader::Open(
    const std::string& path) {
  ATTACHE_ASSIGN_OR_RETURN(std::unique_ptr<store::Database> database,
                           store::Database::OpenReadOnly(path));
  return std::unique_ptr<StoreReader>(new StoreReader(std::move(database)));
}

absl::StatusOr<std::optional<HeldBriefing>> StoreReader::Find(
    const std::string& briefing_id) {
  absl::MutexLock lock(&mutex_);
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement row,
      statements_.Get(
          "SELECT fingerprint, version, parser_version, vocabulary_version, "
          "retracted, refused FROM briefings WHERE briefing_id = ?"));
  row->BindText(1, briefing_id);
  ATTACHE_ASSIGN_OR_RETURN(const bool found, row->Step());
  if (!found) return std::nullopt;
  return HeldBriefing{.fingerprint = std::string(row->Text(0)),
                      .version = row->Int(1),
                      .parser_version = std::string(row->Text(2)),
                      .vocabulary_version = std::string(row->Text(3)),
                      .retracted = row->Int(4) != 0,
                      .refused = row->Int(5) != 0};
}

absl::StatusOr<std::optional<v1::Briefing>> StoreReader::ReadBriefing(
    const std::string& briefing_id) {
  absl::MutexLock lock(&mutex_);
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement row,
      statements_.Get(
          "SELECT d.briefing_bytes FROM briefings b JOIN documents d "
          "ON d.briefing = b.id WHERE b.briefing_id = ?"));
  row->BindText(1, briefing_id);
  ATTACHE_ASSIGN_OR_RETURN(const bool found, row->Step());
  if (!found) return std::nullopt;
  v1::Briefing briefing;
  ATTACHE_RETURN_IF_ERROR(Read(row->Text(0), briefing));
  return briefing;
}

absl::StatusOr<std::vector<PendingWrite>> StoreReader::ReadPending(
    int64_t sequence, int max_writes, int64_t max_bytes) {
  absl::MutexLock lock(&mutex_);
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement row,
      statements_.Get(
          "SELECT o.sequence, COALESCE(o.overtaken_bytes, w.write_bytes) "
          "FROM outbox o JOIN writes w ON w.briefing = o.briefing "
          "WHERE o.sequence > ? ORDER BY o.sequence LIMIT ?"));
  row->Bind(1, sequence).Bind(2, max_writes);
  std::vector<PendingWrite> writes;
  int64_t bytes = 0;
  while (true) {
    ATTACHE_ASSIGN_OR_RETURN(const bool found, row->Step());
    if (!found) break;
    bytes += static_cast<int64_t>(row->Text(1).size());
    if (!writes.empty() && bytes > max_bytes) break;
    writes.push_back({row->Int(0), std::string(row->Text(1))});
  }
  return writes;
}

absl::StatusOr<std::optional<absl::Time>> StoreReader::OldestPendingTime() {
  absl::MutexLock lock(&mutex_);
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement row,
      statements_.Get(
          "SELECT accept_micros FROM outbox ORDER BY sequence LIMIT 1"));
  ATTACHE_ASSIGN_OR_RETURN(const bool found, row->Step());
  if (!found) return std::nullopt;
  return absl::FromUnixMicros(row->Int(0));
}

absl::StatusOr<std::optional<StoredBriefing>> StoreReader::NextBriefing(
    int64_t after_row, const std::optional<Skip>& skip) {
  absl::MutexLock lock(&mutex_);
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement row,
      statements_.Get(
          "SELECT b.id, d.briefing_bytes, b.fingerprint FROM briefings b "
          "JOIN documents d ON d.briefing = b.id WHERE b.id > ? AND NOT "
          "(b.parser_version = ? AND b.vocabulary_version = ?) "
          "ORDER BY b.id LIMIT 1"));
  // No briefing is kept under an empty version.
  row->Bind(1, after_row)
      .BindText(2, skip ? skip->parser_version : "")
      .BindText(3, skip ? skip->vocabulary_version : "");
  ATTACHE_ASSIGN_OR_RETURN(const bool found, row->Step());
  if (!found) return std::nullopt;
  StoredBriefing stored;
  stored.row = row->Int(0);
  ATTACHE_RETURN_IF_ERROR(Read(row->Text(1), stored.briefing));
  stored.fingerprint = std::string(row->Text(2));
  return stored;
}

absl::StatusOr<int64_t> StoreReader::CountBriefings(
    const std::optional<Skip>& skip) {
  absl::MutexLock lock(&mutex_);
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement row,
      statements_.Get(
          "SELECT COUNT(*) FROM briefings WHERE retracted = 0 AND NOT "
          "(parser_version = ? AND vocabulary_version = ?)"));
  row->BindText(1, skip ? skip->parser_version : "")
      .BindText(2, skip ? skip->vocabulary_version : "");
  ATTACHE_RETURN_IF_ERROR(row->Step().status());
  return row->Int(0);
}

absl::StatusOr<std::vector<RejectedEntry>> StoreReader::ListRejected(
    int64_t before_id, int limit) {
  absl::MutexLock lock(&mutex_);
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement row,
      statements_.Get(
          "SELECT id, briefing_bytes, code, reason, message, reject_micros "
          "FROM rejected WHERE ?1 = 0 OR id < ?1 ORDER BY id DESC LIMIT ?2"));
  row->Bind(1, before_id).Bind(2, limit);
  std::vector<RejectedEntry> entries;
  while (true) {
    ATTACHE_ASSIGN_OR_RETURN(const bool found, row->Step());
    if (!found) return entries;
    RejectedEntry& entry = entries.emplace_back();
    entry.id = row->Int(0);
    ATTACHE_RETURN_IF_ERROR(
        Read(row->Text(1), *entry.rejected.mutable_briefing()));
    v1::ItemStatus* status = entry.rejected.mutable_status();
    status->set_code(static_cast<int32_t>(row->Int(2)));
    status->set_reason(std::string(row->Text(3)));
    status->set_message(std::string(row->Text(4)));
    SetTimestamp(absl::FromUnixMicros(row->Int(5)),
                 entry.rejected.mutable_reject_time());
  }
}

}  // namespace attache::outbox
