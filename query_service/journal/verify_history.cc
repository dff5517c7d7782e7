#include "query_service/journal/verify_history.h"

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "attache/v1/trip_record.pb.h"
#include "common/status_macros.h"

namespace attache {
namespace {

using store::Database;
using store::Statement;
using store::Verification;

// Of the same record, one after the other; what is cut is no longer read.
constexpr char kChanges[] =
    "SELECT change.record_id, change.revision, change.before, "
    "  briefings.revision "
    "FROM history AS change "
    "LEFT JOIN records AS held ON held.record_id = change.record_id "
    "LEFT JOIN briefings ON briefings.briefing_id = held.briefing_id "
    "WHERE change.revision > ifnull((SELECT CAST(CAST(value AS TEXT) AS "
    "  INTEGER) FROM meta WHERE key = 'oldest_revision'), 0) "
    "ORDER BY change.record_id, change.revision";

constexpr char kNotWritten[] =
    "SELECT 'record ' || record_id || ': the history does not hold the change "
    "at revision ' || revision || ' that wrote it' "
    "FROM records JOIN briefings USING (briefing_id) "
    "WHERE revision > ifnull((SELECT CAST(CAST(value AS TEXT) AS INTEGER) "
    "  FROM meta WHERE key = 'oldest_revision'), 0) "
    "AND NOT EXISTS (SELECT 1 FROM history "
    "  WHERE history.record_id = records.record_id "
    "  AND history.revision = briefings.revision)";

constexpr char kOutOfOrder[] =
    "SELECT 'change ' || number || ' of the history is of revision ' || "
    "revision || ', after one of revision ' || previous FROM ("
    "  SELECT number, revision, lag(revision) OVER (ORDER BY number) AS "
    "previous"
    "  FROM history) WHERE previous > revision";

constexpr char kNotReached[] =
    "SELECT 'change ' || number || ' of the history is of revision ' || "
    "revision || ', and the journal is at ' || reached FROM history, "
    "(SELECT ifnull((SELECT CAST(CAST(value AS TEXT) AS INTEGER) FROM meta "
    "  WHERE key = 'revision'), 0) AS reached) WHERE revision > reached";

constexpr char kMiscounted[] =
    "SELECT 'the changes of the history take ' || total || ' bytes instead of "
    "the ' || known || ' that are noted' FROM "
    "(SELECT ifnull(sum(bytes), 0) AS total FROM history), "
    "(SELECT ifnull((SELECT CAST(CAST(value AS TEXT) AS INTEGER) FROM meta "
    "  WHERE key = 'history_bytes'), 0) AS known) WHERE total <> known";

// The changes of one record, as they are read.
class Chain {
 public:
  explicit Chain(Verification& verification) : verification_(verification) {}

  void Take(const Statement& row) {
    if (!begun_ || row.Text(0) != record_id_) Begin(row);
    std::optional<int64_t> before;
    if (!row.IsNull(2)) {
      const absl::StatusOr<v1::TripRecord> found =
          ReadRecord(row.Text(2), record_id_);
      if (!found.ok()) {
        Fault(row.Int(1), found.status().message());
      } else {
        before = found->revision();
      }
    }
    CheckBefore(row.Int(1), !row.IsNull(2), before);
    was_there_ = !row.IsNull(2);
    revision_ = row.Int(1);
  }

  // After the last change of a record.
  void End() {
    if (!begun_) return;
    if (!held_.has_value() && !was_there_) {
      Fault(revision_, "made the record, and it is not held");
    } else if (held_.has_value() && *held_ != revision_) {
      verification_.AddFault(absl::StrCat(
          "record ", record_id_, " was last changed at revision ", revision_,
          ", and what is held is of revision ", *held_));
    }
  }

 private:
  void Begin(const Statement& row) {
    End();
    begun_ = true;
    record_id_ = std::string(row.Text(0));
    revision_ = -1;
    held_.reset();
    if (!row.IsNull(3)) held_ = row.Int(3);
  }

  void CheckBefore(int64_t revision, bool is_there,
                   std::optional<int64_t> before) {
    if (before.has_value() && *before >= revision) {
      Fault(revision, absl::StrCat("replaced one of revision ", *before));
    } else if (revision_ >= 0 && before.has_value() && *before != revision_) {
      Fault(revision, absl::StrCat("replaced one of revision ", *before,
                                   " instead of ", revision_));
    } else if (revision_ >= 0 && !is_there && !was_there_) {
      Fault(revision_, "neither found the record nor left it");
    }
  }

  void Fault(int64_t revision, absl::string_view what) {
    verification_.AddFault(absl::StrCat("record ", record_id_,
                                        ": the change at revision ", revision,
                                        ": ", what));
  }

  Verification& verification_;
  std::string record_id_;
  bool begun_ = false;
  int64_t revision_ = -1;        // of the last change; -1 before the first
  bool was_there_ = false;       // before the last change
  std::optional<int64_t> held_;  // of what is held, by its briefing
};

absl::Status VerifyChains(Database& database, Verification& verification) {
  ATTACHE_ASSIGN_OR_RETURN(Statement changes, database.Prepare(kChanges));
  Chain chain(verification);
  for (;;) {
    ATTACHE_ASSIGN_OR_RETURN(const bool found, changes.Step());
    if (!found) break;
    chain.Take(changes);
  }
  chain.End();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::TripRecord> ReadRecord(absl::string_view wire,
                                          absl::string_view record_id) {
  v1::TripRecord record;
  if (!record.ParseFromArray(wire.data(), static_cast<int>(wire.size()))) {
    return absl::DataLossError("cannot be read as a TripRecord");
  }
  if (record.record_id() != record_id) {
    return absl::DataLossError(
        absl::StrCat("holds the record ", record.record_id()));
  }
  return record;
}

void VerifyHistory(Database& database, Verification& verification) {
  verification.Expect(VerifyChains(database, verification));
  for (const char* sql : {kNotWritten, kOutOfOrder, kNotReached, kMiscounted}) {
    VerifyRows(database, sql, verification);
  }
}

}  // namespace attache
