#include "ingestor/outbox/verify_store.h"

#include <cstdint>

#include <openssl/sha.h>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "attache/v1/briefing.pb.h"
#include "attache/v1/ingest_service.pb.h"
#include "attache/v1/trip_index_service.pb.h"
#include "common/status_macros.h"
#include "common/store/database.h"
#include "ingestor/outbox/backup_store.h"
#include "ingestor/outbox/store_schema.h"

namespace attache::outbox {
namespace {

using store::CountRows;
using store::Database;
using store::Statement;
using store::Verification;
using store::VerifyRows;

// Each row is a fault.
constexpr const char* kFaults[] = {
    "SELECT 'there are ' || count(*) || ' states instead of one' FROM state "
    "HAVING count(*) <> 1",
    "SELECT 'the producer has no id' FROM state WHERE producer_id = ''",
    "SELECT 'the key of page tokens has ' || length(token_key) || ' bytes "
    "instead of 32' FROM state WHERE length(token_key) <> 32",
    "SELECT 'sequence ' || acknowledged_sequence || ' is acknowledged, and ' "
    "|| last_sequence || ' is the last' FROM state "
    "WHERE acknowledged_sequence > last_sequence OR acknowledged_sequence < 0",
    "SELECT 'writes are to be sent again up to sequence ' || resync_until || "
    "', and ' || acknowledged_sequence || ' is acknowledged' FROM state "
    "WHERE resync_until > acknowledged_sequence",
    "SELECT 'sequence ' || sendable_sequence || ' may have been sent, and ' || "
    "last_sequence || ' is the last' FROM state "
    "WHERE sendable_sequence > last_sequence",

    // The outbox holds every sequence after the acknowledged one.
    "SELECT 'the outbox holds sequence ' || sequence || ', which is ' || "
    "iif(sequence > last_sequence, 'beyond the last, ' || last_sequence, "
    "'acknowledged') FROM outbox, state "
    "WHERE sequence > last_sequence OR sequence <= acknowledged_sequence",
    "SELECT 'the outbox does not hold sequences ' || (previous + 1) || ' to ' "
    "|| (sequence - 1) FROM ("
    "  SELECT sequence, lag(sequence, 1, acknowledged_sequence) "
    "    OVER (ORDER BY sequence) AS previous FROM ("
    "      SELECT sequence, acknowledged_sequence FROM outbox, state"
    "      UNION SELECT last_sequence + 1, acknowledged_sequence FROM state)"
    ") WHERE sequence > previous + 1",
    "SELECT 'write ' || sequence || ' of the outbox takes ' || "
    "(length(ifnull(overtaken_bytes, write_bytes)) + 11) || ' bytes instead of "
    "the ' || size || ' that are noted' FROM outbox JOIN writes "
    "USING (briefing) "
    "WHERE size <> length(ifnull(overtaken_bytes, write_bytes)) + 11",
    "SELECT 'write ' || sequence || ' of the outbox is ' || "
    "iif(overtaken_bytes IS NULL, 'the latest of its briefing, and the "
    "briefing names ', 'overtaken, and the briefing names it: ') || "
    "write_sequence FROM outbox JOIN briefings ON briefings.id = briefing "
    "WHERE (overtaken_bytes IS NULL) <> (sequence = write_sequence)",

    "SELECT 'briefing ' || briefing_id || ': its write ' || write_sequence || "
    "' is neither acknowledged nor in the outbox' FROM briefings, state "
    "WHERE write_sequence > acknowledged_sequence AND NOT EXISTS (SELECT 1 "
    "  FROM outbox WHERE sequence = write_sequence AND briefing = "
    "briefings.id)",
    "SELECT 'briefing ' || briefing_id || ' was never written' FROM briefings "
    "WHERE write_sequence < 1",
    "SELECT count(*) || ' briefings were written by sequence ' || "
    "write_sequence FROM briefings GROUP BY write_sequence HAVING count(*) > 1",
    "SELECT 'briefing ' || briefing_id || ' has no write' FROM briefings "
    "WHERE id NOT IN (SELECT briefing FROM writes)",
    "SELECT 'briefing ' || briefing_id || iif(retracted, ' is retracted and "
    "has a text', ' has no text') FROM briefings "
    "LEFT JOIN documents ON briefing = briefings.id "
    "WHERE (briefing IS NULL) <> retracted",
    "SELECT 'briefing ' || briefing_id || ': trip ' || number || ' was "
    "numbered, and ' || next_number || ' is the next number' FROM briefings "
    "JOIN trips ON briefing = briefings.id WHERE number >= next_number",
};

constexpr char kBriefings[] =
    "SELECT briefing_id, version, retracted, fingerprint, next_number, result, "
    "briefing_bytes, write_bytes FROM briefings "
    "LEFT JOIN documents ON documents.briefing = briefings.id "
    "LEFT JOIN writes ON writes.briefing = briefings.id ORDER BY briefings.id";

constexpr char kOvertaken[] =
    "SELECT briefing_id, version, next_number, sequence, overtaken_bytes "
    "FROM outbox JOIN briefings ON briefings.id = briefing "
    "WHERE overtaken_bytes IS NOT NULL ORDER BY sequence";

constexpr char kRejected[] =
    "SELECT id, briefing_bytes FROM rejected ORDER BY id";

template <typename Message>
bool Parse(absl::string_view bytes, Message& message) {
  return message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

std::string DigestOf(absl::string_view bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

// Whether `record_id` is "<briefing_id>#<n>" with n below `next_number`.
bool IsNumbered(absl::string_view record_id, absl::string_view briefing_id,
                int64_t next_number) {
  int64_t number = 0;
  return absl::ConsumePrefix(&record_id, briefing_id) &&
         absl::ConsumePrefix(&record_id, "#") &&
         absl::SimpleAtoi(record_id, &number) && number > 0 &&
         number < next_number;
}

// A write of the briefing, whose version is at most `version`.
absl::Status CheckWrite(absl::string_view bytes, const std::string& briefing_id,
                        int64_t version, int64_t next_number) {
  v1::RecordWrite write;
  if (!Parse(bytes, write)) return absl::DataLossError("cannot be read");
  if (write.briefing_id() != briefing_id) {
    return absl::DataLossError(
        absl::StrCat("is of briefing ", write.briefing_id()));
  }
  if (write.version() < 0 || write.version() > version) {
    return absl::DataLossError(absl::StrCat("is of version ", write.version(),
                                            ", and the briefing of ", version));
  }
  if (write.withdrawn() && !write.records().empty()) {
    return absl::DataLossError("withdraws the briefing and holds records");
  }
  for (const v1::TripRecord& record : write.records()) {
    if (!IsNumbered(record.record_id(), briefing_id, next_number)) {
      return absl::DataLossError(absl::StrCat(
          "holds the record ", record.record_id(), ", which is not one of it"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckDocument(absl::string_view bytes,
                           absl::string_view fingerprint,
                           const std::string& briefing_id) {
  v1::Briefing briefing;
  if (!Parse(bytes, briefing)) return absl::DataLossError("cannot be read");
  if (briefing.briefing_id() != briefing_id) {
    return absl::DataLossError(
        absl::StrCat("is of briefing ", briefing.briefing_id()));
  }
  if (DigestOf(bytes) != fingerprint) {
    return absl::DataLossError("is not the one that was accepted");
  }
  return absl::OkStatus();
}

void CheckBriefing(const Statement& row, Verification& verification) {
  const std::string id(row.Text(0));
  const auto expect = [&](absl::string_view what, const absl::Status& status) {
    if (status.ok()) return;
    verification.AddFault(
        absl::StrCat("briefing ", id, ": its ", what, " ", status.message()));
  };
  if (!row.IsNull(6)) {
    expect("text", CheckDocument(row.Text(6), row.Text(3), id));
  }
  if (!row.IsNull(7)) {
    expect("write", CheckWrite(row.Text(7), id, row.Int(1), row.Int(4)));
  }
  v1::IngestResult result;
  if (!Parse(row.Text(5), result) || result.briefing_id() != id) {
    expect("answer", absl::DataLossError("cannot be read"));
  }
}

absl::Status CheckMessages(Database& database, Verification& verification) {
  ATTACHE_ASSIGN_OR_RETURN(Statement row, database.Prepare(kBriefings));
  for (;;) {
    ATTACHE_ASSIGN_OR_RETURN(const bool found, row.Step());
    if (!found) break;
    CheckBriefing(row, verification);
  }
  ATTACHE_ASSIGN_OR_RETURN(Statement overtaken, database.Prepare(kOvertaken));
  for (;;) {
    ATTACHE_ASSIGN_OR_RETURN(const bool found, overtaken.Step());
    if (!found) break;
    const absl::Status status =
        CheckWrite(overtaken.Text(4), std::string(overtaken.Text(0)),
                   overtaken.Int(1), overtaken.Int(2));
    if (!status.ok()) {
      verification.AddFault(absl::StrCat("write ", overtaken.Int(3),
                                         " of the outbox ", status.message()));
    }
  }
  ATTACHE_ASSIGN_OR_RETURN(Statement rejected, database.Prepare(kRejected));
  for (;;) {
    ATTACHE_ASSIGN_OR_RETURN(const bool found, rejected.Step());
    if (!found) return absl::OkStatus();
    v1::Briefing briefing;
    if (!Parse(rejected.Text(1), briefing)) {
      verification.AddFault(absl::StrCat("rejected briefing ", rejected.Int(0),
                                         " cannot be read"));
    }
  }
}

absl::Status Check(Database& database, Verification& verification) {
  for (const char* sql : kFaults) VerifyRows(database, sql, verification);
  verification.Expect(CheckMessages(database, verification));

  CountRows(database, "format", "PRAGMA user_version", verification);
  CountRows(database, "briefings", "SELECT count(*) FROM briefings",
            verification);
  CountRows(database, "accepted writes", "SELECT last_sequence FROM state",
            verification);
  CountRows(database, "waiting writes", "SELECT count(*) FROM outbox",
            verification);
  CountRows(database, "rejected briefings", "SELECT count(*) FROM rejected",
            verification);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Verification> VerifyStore(const std::string& data_dir) {
  return store::VerifyFile(data_dir, kStoreFileName, StoreSchema(), Check);
}

}  // namespace attache::outbox
