#include "query_service/journal/verify_journal.h"

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "attache/v1/trip_record.pb.h"
#include "common/status_macros.h"
#include "common/store/database.h"
#include "query_service/journal/backup_journal.h"
#include "query_service/journal/journal_schema.h"
#include "query_service/journal/record_sum.h"
#include "query_service/journal/verify_history.h"

namespace attache {
namespace {

using store::CountRows;
using store::Database;
using store::Statement;
using store::Verification;
using store::VerifyRows;

// The first format with a history.
constexpr int64_t kHistoryVersion = 2;

// Each row is a fault.
constexpr const char* kFaults[] = {
    "SELECT 'producer ' || producer_id || ': epoch ' || epoch || "
    "', last sequence ' || last_sequence || ' and resync from ' || resync_from "
    "|| ' cannot be' FROM producers WHERE epoch < 0 OR last_sequence < 0 OR "
    "resync_from < -1 OR (resync_from >= 0 AND resync_from <= last_sequence)",

    "SELECT 'briefing ' || briefing_id || ': producer ' || producer_id || "
    "', which wrote it, is not known' FROM briefings "
    "WHERE producer_id NOT IN (SELECT producer_id FROM producers)",
    "SELECT 'briefing ' || briefing_id || ': sequence ' || sequence || "
    "' is beyond ' || last_sequence || ', the last of producer ' || "
    "producer_id FROM briefings JOIN producers USING (producer_id) "
    "WHERE sequence < 1 OR sequence > last_sequence",
    "SELECT count(*) || ' briefings were written by sequence ' || sequence || "
    "' of producer ' || producer_id FROM briefings "
    "GROUP BY producer_id, sequence HAVING count(*) > 1",
    "SELECT count(*) || ' briefings were written at revision ' || revision "
    "FROM briefings GROUP BY revision HAVING count(*) > 1",
    "SELECT 'briefing ' || briefing_id || ': version ' || version || "
    "' is negative' FROM briefings WHERE version < 0",
    "SELECT 'briefing ' || briefing_id || ' is withdrawn and holds records' "
    "FROM briefings WHERE withdrawn <> 0 AND "
    "briefing_id IN (SELECT briefing_id FROM records)",

    "SELECT 'the journal is at revision ' || reached || ', and the last write "
    "was at ' || last FROM (SELECT ifnull((SELECT CAST(CAST(value AS TEXT) AS "
    "INTEGER) FROM meta WHERE key = 'revision'), 0) AS reached), "
    "(SELECT ifnull(max(revision), 0) AS last FROM briefings) "
    "WHERE reached <> last",
    "SELECT 'the history is said to begin after revision ' || value || "
    "', which is not reached' FROM (SELECT CAST(CAST(value AS TEXT) AS "
    "INTEGER) AS value FROM meta WHERE key = 'oldest_revision') WHERE value > "
    "ifnull((SELECT CAST(CAST(value AS TEXT) AS INTEGER) FROM meta WHERE key "
    "= 'revision'), 0)",
    "SELECT 'the key of page tokens has ' || length(value) || ' bytes instead "
    "of 32' FROM meta WHERE key = 'page_token_key' AND length(value) <> 32",
    "SELECT 'the index has no id' WHERE NOT EXISTS (SELECT 1 FROM meta "
    "WHERE key = 'index_id' AND length(value) > 0)",

    "SELECT 'refused write ' || sequence || ' of producer ' || producer_id || "
    "': the producer is not known, or has not come so far' FROM refused_writes "
    "LEFT JOIN producers USING (producer_id) "
    "WHERE last_sequence IS NULL OR sequence < 1 OR sequence > last_sequence",
    "SELECT 'refused write ' || sequence || ' of producer ' || producer_id || "
    "' was applied' FROM refused_writes JOIN briefings "
    "USING (producer_id, sequence)",
};

constexpr char kRecords[] =
    "SELECT records.briefing_id, record_id, wire, revision FROM records "
    "LEFT JOIN briefings USING (briefing_id) ORDER BY records.rowid";

absl::Status CheckRecord(absl::string_view briefing_id,
                         absl::string_view record_id, const Statement& row) {
  if (row.IsNull(3)) {
    return absl::DataLossError(
        absl::StrCat("its briefing ", briefing_id, " is not there"));
  }
  absl::string_view number = record_id;
  if (!absl::ConsumePrefix(&number, briefing_id) ||
      !absl::ConsumePrefix(&number, "#")) {
    return absl::DataLossError(
        absl::StrCat("belongs to another briefing than ", briefing_id));
  }
  ATTACHE_ASSIGN_OR_RETURN(const v1::TripRecord record,
                           ReadRecord(row.Text(2), record_id));
  if (const std::string& id = record.source().briefing_id();
      !id.empty() && id != briefing_id) {
    return absl::DataLossError(absl::StrCat("was read from briefing ", id));
  }
  if (record.revision() != row.Int(3)) {
    return absl::DataLossError(
        absl::StrCat("is of revision ", record.revision(),
                     ", and its briefing of ", row.Int(3)));
  }
  if (!record.has_index_time()) {
    return absl::DataLossError("does not say when it was indexed");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Meta(Database& database, const char* key) {
  ATTACHE_ASSIGN_OR_RETURN(
      Statement meta,
      database.Prepare("SELECT CAST(value AS TEXT) FROM meta WHERE key = ?"));
  meta.BindText(1, key);
  ATTACHE_ASSIGN_OR_RETURN(const bool found, meta.Step());
  return found ? std::string(meta.Text(0)) : std::string();
}

// As a start of the service checks it.
absl::Status CheckSum(Database& database, const RecordSum& sum,
                      Verification& verification) {
  ATTACHE_ASSIGN_OR_RETURN(const std::string revision,
                           Meta(database, kMetaRevision));
  ATTACHE_ASSIGN_OR_RETURN(const std::string text,
                           Meta(database, kMetaRecordSum));
  int64_t number = 0;
  if (!absl::SimpleAtoi(revision, &number)) number = 0;
  const auto noted =
      number == 0 ? RecordSum() : RecordSum::FromText(text, number);
  if (noted.has_value() && *noted != sum) {
    verification.AddFault("the records are not those that were written");
  }
  return absl::OkStatus();
}

absl::Status CheckRecords(Database& database, Verification& verification) {
  ATTACHE_ASSIGN_OR_RETURN(Statement records, database.Prepare(kRecords));
  RecordSum sum;
  for (;;) {
    ATTACHE_ASSIGN_OR_RETURN(const bool found, records.Step());
    if (!found) return CheckSum(database, sum, verification);
    sum.Add(records.Text(0), records.Text(1), records.Text(2));
    const std::string record_id(records.Text(1));
    const absl::Status status =
        CheckRecord(std::string(records.Text(0)), record_id, records);
    if (!status.ok()) {
      verification.AddFault(
          absl::StrCat("record ", record_id, ": ", status.message()));
    }
  }
}

absl::Status Check(Database& database, Verification& verification) {
  for (const char* sql : kFaults) VerifyRows(database, sql, verification);
  verification.Expect(CheckRecords(database, verification));
  ATTACHE_ASSIGN_OR_RETURN(const int64_t version, database.Version());
  if (version >= kHistoryVersion) VerifyHistory(database, verification);

  verification.AddFact("format", version);
  CountRows(database, "records", "SELECT count(*) FROM records", verification);
  CountRows(database, "briefings", "SELECT count(*) FROM briefings",
            verification);
  CountRows(database, "revision",
            "SELECT ifnull((SELECT CAST(CAST(value AS TEXT) AS INTEGER) "
            "FROM meta WHERE key = 'revision'), 0)",
            verification);
  CountRows(database, "producers", "SELECT count(*) FROM producers",
            verification);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Verification> VerifyJournal(const std::string& data_dir) {
  return store::VerifyFile(data_dir, kJournalFileName, JournalSchema(), Check);
}

}  // namespace attache
