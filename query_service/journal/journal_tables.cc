#include "query_service/journal/journal_tables.h"

#include <utility>

#include "common/status_macros.h"

namespace attache {
namespace {

using store::Statement;

// Indexes into kTablesSql.
enum TablesStatement {
  kGetMeta,
  kSetMeta,
  kGetProducer,
  kSetProducer,
  kGetVersion,
  kSetBriefing,
  kDeleteRecords,
  kTakeRecord,
  kInsertRecord,
  kEachRecord,
  kInsertRefused,
  kForgetRefused,
  kGetRefused,
  kTablesSqlCount
};

constexpr const char* kTablesSql[] = {
    "SELECT value FROM meta WHERE key = ?",
    "INSERT OR REPLACE INTO meta VALUES (?, ?)",
    "SELECT epoch, last_sequence, resync_from, principal FROM producers "
    "WHERE producer_id = ?",
    "INSERT OR REPLACE INTO producers VALUES (?, ?, ?, ?, ?)",
    "SELECT version FROM briefings WHERE briefing_id = ?",
    "INSERT OR REPLACE INTO briefings VALUES (?, ?, ?, ?, ?, ?)",
    "DELETE FROM records WHERE briefing_id = ? "
    "RETURNING briefing_id, record_id, wire",
    "DELETE FROM records WHERE record_id = ? AND briefing_id <> ? "
    "RETURNING briefing_id, record_id, wire",
    "INSERT INTO records VALUES (?, ?, ?)",
    "SELECT briefing_id, record_id, wire FROM records ORDER BY rowid",
    "INSERT OR REPLACE INTO refused_writes VALUES (?, ?, ?, ?, ?, ?)",
    "DELETE FROM refused_writes WHERE producer_id = ? AND sequence <= ?",
    "SELECT sequence, briefing_id, code, reason, message FROM refused_writes "
    "WHERE producer_id = ? ORDER BY sequence",
};
static_assert(std::size(kTablesSql) == kTablesSqlCount);

absl::Status Delete(Statement& remove, RecordSum& sum) {
  for (;;) {
    ATTACHE_ASSIGN_OR_RETURN(const bool deleted, remove.Step());
    if (!deleted) return absl::OkStatus();
    sum.Remove(remove.Text(0), remove.Text(1), remove.Text(2));
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<JournalTables>> JournalTables::Prepare(
    store::Database& database) {
  std::vector<Statement> statements;
  for (const char* sql : kTablesSql) {
    ATTACHE_ASSIGN_OR_RETURN(Statement statement, database.Prepare(sql));
    statements.push_back(std::move(statement));
  }
  return std::unique_ptr<JournalTables>(
      new JournalTables(std::move(statements)));
}

absl::StatusOr<std::string> JournalTables::Meta(absl::string_view key) {
  Statement& get = statements_[kGetMeta].BindText(1, key);
  ATTACHE_ASSIGN_OR_RETURN(const bool found, get.Step());
  std::string value;
  if (found) value = std::string(get.Text(0));
  get.Reset();
  return value;
}

absl::Status JournalTables::SetMeta(absl::string_view key,
                                    absl::string_view value) {
  return statements_[kSetMeta].BindText(1, key).BindBlob(2, value).Run();
}

absl::StatusOr<ProducerPosition> JournalTables::Producer(
    absl::string_view producer_id) {
  Statement& get = statements_[kGetProducer].BindText(1, producer_id);
  ATTACHE_ASSIGN_OR_RETURN(const bool found, get.Step());
  ProducerPosition position;
  if (found) {
    position = {.epoch = get.Int(0),
                .last_sequence = get.Int(1),
                .resync_from = get.Int(2),
                .principal = std::string(get.Text(3))};
  }
  get.Reset();
  return position;
}

absl::Status JournalTables::SetProducer(absl::string_view producer_id,
                                        const ProducerPosition& position) {
  return statements_[kSetProducer]
      .BindText(1, producer_id)
      .Bind(2, position.epoch)
      .Bind(3, position.last_sequence)
      .Bind(4, position.resync_from)
      .BindText(5, position.principal)
      .Run();
}

absl::StatusOr<std::optional<int64_t>> JournalTables::Version(
    absl::string_view briefing_id) {
  Statement& get = statements_[kGetVersion].BindText(1, briefing_id);
  ATTACHE_ASSIGN_OR_RETURN(const bool found, get.Step());
  std::optional<int64_t> version;
  if (found) version = get.Int(0);
  get.Reset();
  return version;
}

absl::Status JournalTables::SetBriefing(absl::string_view producer_id,
                                        const v1::RecordWrite& write,
                                        int64_t version, int64_t revision,
                                        const JournaledBriefing& briefing,
                                        bool is_new, RecordSum& sum) {
  ATTACHE_RETURN_IF_ERROR(statements_[kSetBriefing]
                              .BindText(1, briefing.briefing_id)
                              .Bind(2, version)
                              .BindText(3, producer_id)
                              .Bind(4, write.sequence())
                              .Bind(5, write.withdrawn() ? 1 : 0)
                              .Bind(6, revision)
                              .Run());
  if (!is_new) {
    ATTACHE_RETURN_IF_ERROR(Delete(
        statements_[kDeleteRecords].BindText(1, briefing.briefing_id), sum));
  }
  for (const JournaledRecord& record : briefing.records) {
    ATTACHE_RETURN_IF_ERROR(Delete(statements_[kTakeRecord]
                                       .BindText(1, record.record_id)
                                       .BindText(2, briefing.briefing_id),
                                   sum));
    ATTACHE_RETURN_IF_ERROR(statements_[kInsertRecord]
                                .BindText(1, briefing.briefing_id)
                                .BindText(2, record.record_id)
                                .BindBlob(3, record.wire)
                                .Run());
    sum.Add(briefing.briefing_id, record.record_id, record.wire);
  }
  return absl::OkStatus();
}

absl::Status JournalTables::EachRecord(
    absl::FunctionRef<absl::Status(absl::string_view, JournaledRecord)> take) {
  Statement& each = statements_[kEachRecord];
  for (;;) {
    ATTACHE_ASSIGN_OR_RETURN(const bool found, each.Step());
    if (!found) return absl::OkStatus();
    const absl::Status status =
        take(each.Text(0), {.record_id = std::string(each.Text(1)),
                            .wire = std::string(each.Text(2))});
    if (!status.ok()) {
      each.Reset();
      return status;
    }
  }
}

absl::Status JournalTables::AddRefused(absl::string_view producer_id,
                                       const v1::RecordWrite& write,
                                       const v1::ItemStatus& status) {
  return statements_[kInsertRefused]
      .BindText(1, producer_id)
      .Bind(2, write.sequence())
      .BindText(3, write.briefing_id())
      .Bind(4, status.code())
      .BindText(5, status.reason())
      .BindText(6, status.message())
      .Run();
}

absl::Status JournalTables::ForgetRefused(absl::string_view producer_id,
                                          int64_t up_to_sequence) {
  return statements_[kForgetRefused]
      .BindText(1, producer_id)
      .Bind(2, up_to_sequence)
      .Run();
}

absl::StatusOr<std::vector<v1::RejectedWrite>> JournalTables::Refused(
    absl::string_view producer_id) {
  Statement& get = statements_[kGetRefused].BindText(1, producer_id);
  std::vector<v1::RejectedWrite> refused;
  for (;;) {
    ATTACHE_ASSIGN_OR_RETURN(const bool found, get.Step());
    if (!found) return refused;
    v1::RejectedWrite& write = refused.emplace_back();
    write.set_sequence(get.Int(0));
    write.set_briefing_id(std::string(get.Text(1)));
    write.mutable_status()->set_code(static_cast<int32_t>(get.Int(2)));
    write.mutable_status()->set_reason(std::string(get.Text(3)));
    write.mutable_status()->set_message(std::string(get.Text(4)));
  }
}

}  // namespace attache
