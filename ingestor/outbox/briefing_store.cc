#include "ingestor/outbox/briefing_store.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/random_bytes.h"
#include "common/status_macros.h"
#include "ingestor/outbox/store_schema.h"

namespace attache::outbox {
namespace {

// Key and varint of RecordWrite.sequence.
constexpr int64_t kMaxSequenceFieldBytes = 11;

}  // namespace

int64_t SizeWithSequence(const std::string& write_bytes) {
  return static_cast<int64_t>(write_bytes.size()) + kMaxSequenceFieldBytes;
}

v1::ItemStatus ToItemStatus(const absl::Status& status) {
  v1::ItemStatus item;
  item.set_code(static_cast<int32_t>(status.code()));
  if (const auto details = DetailsOf(status)) item.set_reason(details->reason);
  item.set_message(std::string(status.message()));
  return item;
}

absl::StatusOr<std::unique_ptr<BriefingStore>> BriefingStore::Open(
    const StoreOptions& options) {
  ATTACHE_ASSIGN_OR_RETURN(std::unique_ptr<store::Database> database,
                           store::Database::Open(options.path, StoreSchema()));
  std::unique_ptr<BriefingStore> opened(
      new BriefingStore(options, std::move(database)));
  ATTACHE_RETURN_IF_ERROR(opened->LoadState());
  ATTACHE_RETURN_IF_ERROR(opened->Group([&] {
    StoreState& state = opened->state_;
    ++state.epoch;
    if (state.welcomed) state.sendable_sequence = state.last_sequence;
    state.welcomed = false;
    return absl::OkStatus();
  }));
  return opened;
}

absl::Status BriefingStore::LoadState() {
  {
    ATTACHE_ASSIGN_OR_RETURN(
        ScopedStatement row,
        statements_.Get("SELECT producer_id, token_key, epoch, last_sequence, "
                        "acknowledged_sequence, acknowledged_revision, "
                        "resync_until, max_write_bytes, index_id, "
                        "sendable_sequence, welcomed FROM state"));
    ATTACHE_ASSIGN_OR_RETURN(const bool found, row->Step());
    if (!found) return CreateState();
    state_.producer_id = std::string(row->Text(0));
    state_.token_key = std::string(row->Text(1));
    state_.epoch = row->Int(2);
    state_.last_sequence = row->Int(3);
    state_.acknowledged_sequence = row->Int(4);
    state_.acknowledged_revision = row->Int(5);
    state_.resync_until = row->Int(6);
    state_.max_write_bytes = row->Int(7);
    state_.index_id = std::string(row->Text(8));
    state_.sendable_sequence = row->Int(9);
    state_.welcomed = row->Int(10) != 0;
  }
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement sums,
      statements_.Get("SELECT (SELECT COALESCE(SUM(size), 0) FROM outbox), "
                      "(SELECT COALESCE(SUM(LENGTH(briefing_bytes)), 0) "
                      "FROM rejected)"));
  ATTACHE_RETURN_IF_ERROR(sums->Step().status());
  state_.pending_bytes = sums->Int(0);
  state_.rejected_bytes = sums->Int(1);
  saved_ = state_;
  return absl::OkStatus();
}

absl::Status BriefingStore::CreateState() {
  ATTACHE_ASSIGN_OR_RETURN(const std::string id, RandomBytes(16));
  ATTACHE_ASSIGN_OR_RETURN(const std::string key, RandomBytes(kTokenKeyBytes));
  state_.producer_id = absl::StrCat("ingestor-", absl::BytesToHexString(id));
  state_.token_key = key;
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement insert,
      statements_.Get(
          "INSERT INTO state VALUES (1, ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')"));
  insert->BindText(1, state_.producer_id).BindBlob(2, state_.token_key);
  ATTACHE_RETURN_IF_ERROR(insert->Run());
  saved_ = state_;
  return absl::OkStatus();
}

absl::Status BriefingStore::SaveState() {
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement update,
      statements_.Get("UPDATE state SET epoch = ?, last_sequence = ?, "
                      "acknowledged_sequence = ?, acknowledged_revision = ?, "
                      "resync_until = ?, max_write_bytes = ?, index_id = ?, "
                      "sendable_sequence = ?, welcomed = ?"));
  update->Bind(1, state_.epoch)
      .Bind(2, state_.last_sequence)
      .Bind(3, state_.acknowledged_sequence)
      .Bind(4, state_.acknowledged_revision)
      .Bind(5, state_.resync_until)
      .Bind(6, state_.max_write_bytes)
      .BindText(7, state_.index_id)
      .Bind(8, state_.sendable_sequence)
      .Bind(9, state_.welcomed ? 1 : 0);
  return update->Run();
}

absl::Status BriefingStore::Group(const std::function<absl::Status()>& body) {
  const StoreState before = state_;
  const absl::Status status = database_->Transact([&] {
    ATTACHE_RETURN_IF_ERROR(body());
    return state_ == saved_ ? absl::OkStatus() : SaveState();
  });
  if (status.ok()) {
    saved_ = state_;
  } else {
    state_ = before;
  }
  return status;
}

BriefingStore::Held BriefingStore::ReadRow(const store::Statement& row) {
  Held held;
  held.id = row.Int(0);
  held.briefing_id = std::string(row.Text(1));
  held.fingerprint = std::string(row.Text(2));
  held.version = row.Int(3);
  held.parser_version = std::string(row.Text(4));
  held.vocabulary_version = std::string(row.Text(5));
  held.retracted = row.Int(6) != 0;
  held.refused = row.Int(7) != 0;
  held.write_sequence = row.Int(8);
  held.next_number = row.Int(9);
  held.result = std::string(row.Text(10));
  return held;
}

absl::StatusOr<std::optional<BriefingStore::Held>> BriefingStore::Find(
    const std::string& briefing_id) {
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement select,
      statements_.Get("SELECT id, briefing_id, fingerprint, version, "
                      "parser_version, vocabulary_version, retracted, refused, "
                      "write_sequence, next_number, result "
                      "FROM briefings WHERE briefing_id = ?"));
  select->BindText(1, briefing_id);
  ATTACHE_ASSIGN_OR_RETURN(const bool found, select->Step());
  if (!found) return std::nullopt;
  return ReadRow(*select);
}

absl::Status BriefingStore::Insert(Held& held) {
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement insert,
      statements_.Get("INSERT INTO briefings (briefing_id, fingerprint, "
                      "version, parser_version, vocabulary_version, retracted, "
                      "refused, write_sequence, next_number, result) "
                      "VALUES (?, '', 0, '', '', 0, 0, 0, 1, '') "
                      "RETURNING id"));
  insert->BindText(1, held.briefing_id);
  ATTACHE_RETURN_IF_ERROR(insert->Step().status());
  held.id = insert->Int(0);
  return absl::OkStatus();
}

absl::Status BriefingStore::Update(const Held& held) {
  ATTACHE_ASSIGN_OR_RETURN(
      ScopedStatement update,
      statements_.Get("UPDATE briefings SET fingerprint = ?, version = ?, "
                      "parser_version = ?, vocabulary_version = ?, "
                      "retracted = ?, refused = ?, write_sequence = ?, "
                      "next_number = ?, result = ? WHERE id = ?"));
  update->BindBlob(1, held.fingerprint)
      .Bind(2, held.version)
      .BindText(3, held.parser_version)
      .BindText(4, held.vocabulary_version)
      .Bind(5, held.retracted ? 1 : 0)
      .Bind(6, held.refused ? 1 : 0)
      .Bind(7, held.write_sequence)
      .Bind(8, held.next_number)
      .BindBlob(9, held.result)
      .Bind(10, held.id);
  return update->Run();
}

}  // namespace attache::outbox
