#include "query_service/journal/journal.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/random_bytes.h"
#include "common/status_macros.h"
#include "common/store/database.h"
#include "query_service/journal/backup_journal.h"
#include "query_service/journal/file_identity.h"
#include "query_service/journal/history_writer.h"
#include "query_service/journal/journal_schema.h"
#include "query_service/journal/journal_tables.h"
#include "query_service/journal/producer_positions.h"
#include "query_service/journal/record_sum.h"

namespace attache {
namespace {

absl::StatusOr<std::string> NewIndexId() {
  ATTACHE_ASSIGN_OR_RETURN(const std::string bytes, RandomBytes(16));
  return absl::BytesToHexString(bytes);
}

// A withdrawal without a version is of whatever is held.
bool IsStale(const v1::RecordWrite& write, std::optional<int64_t> held) {
  if (!held.has_value() || (write.withdrawn() && write.version() == 0)) {
    return false;
  }
  return write.version() < *held;
}

v1::ItemStatus StaleStatus(const v1::RecordWrite& write, int64_t held) {
  const absl::Status error =
      MakeError(v1::ERROR_REASON_VERSION_STALE,
                absl::StrCat("version ", write.version(), " of briefing ",
                             write.briefing_id(), " is older than version ",
                             held, ", which is held"));
  v1::ItemStatus status;
  status.set_code(static_cast<int32_t>(error.code()));
  status.set_reason(ReasonName(v1::ERROR_REASON_VERSION_STALE));
  status.set_message(std::string(error.message()));
  return status;
}

}  // namespace

struct Journal::Impl {
  // How far one Commit has come: nothing of it counts unless all is on disk.
  struct Group {
    absl::Time index_time;
    absl::flat_hash_map<std::string, ProducerPosition> positions;
    Committed committed;
    HistoryExtent history;
    RecordSum change;
  };

  absl::Status ReadOrCreateMeta();
  absl::StatusOr<int64_t> MetaNumber(absl::string_view key);
  absl::Status RenameIndex();
  void SetIndexId(std::string id);
  absl::StatusOr<ProducerPosition*> Position(Group& group,
                                             const std::string& producer_id);
  absl::Status Take(ArrivedWrite& arrived, Group& group);
  absl::Status Apply(ArrivedWrite& arrived, std::optional<int64_t> held_version,
                     Group& group);
  absl::Status Finish(Group& group);
  absl::Status CheckSum(const RecordSum& loaded);

  std::string path;
  // The statements go before the database.
  std::unique_ptr<store::Database> database;
  std::unique_ptr<JournalTables> tables;
  std::unique_ptr<HistoryWriter> history;
  HistoryExtent extent;  // of the history, as it is on disk
  // nullopt until the records were loaded, where the file has no sum.
  std::optional<RecordSum> sum;
  std::string page_token_key;
  std::atomic<int64_t> revision = 0;
  std::atomic<int64_t> oldest_revision = 0;
  std::atomic<int64_t> history_bytes = 0;
  std::atomic<int64_t> retained_from = std::numeric_limits<int64_t>::max();
  std::mutex mutex;
  std::string index_id;  // guarded by mutex
};

Journal::Journal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Journal::~Journal() = default;

absl::StatusOr<std::unique_ptr<Journal>> Journal::Open(
    const std::string& directory, const HistoryOptions& history) {
  auto impl = std::make_unique<Impl>();
  impl->path = absl::StrCat(directory, "/", kJournalFileName);
  ATTACHE_ASSIGN_OR_RETURN(impl->database,
                           store::Database::Open(impl->path, JournalSchema()));
  ATTACHE_ASSIGN_OR_RETURN(impl->tables,
                           JournalTables::Prepare(*impl->database));
  ATTACHE_ASSIGN_OR_RETURN(impl->history,
                           HistoryWriter::Prepare(*impl->database, history));
  ATTACHE_RETURN_IF_ERROR(impl->ReadOrCreateMeta());
  return std::unique_ptr<Journal>(new Journal(std::move(impl)));
}

absl::StatusOr<int64_t> Journal::Impl::MetaNumber(absl::string_view key) {
  ATTACHE_ASSIGN_OR_RETURN(const std::string text, tables->Meta(key));
  int64_t number = 0;
  if (!text.empty() && !absl::SimpleAtoi(text, &number)) {
    return absl::DataLossError(absl::StrCat(
        path, ": ", key, " is unreadable; restore the file from a copy"));
  }
  return number;
}

absl::Status Journal::Impl::ReadOrCreateMeta() {
  ATTACHE_ASSIGN_OR_RETURN(const std::string identity, FileIdentity(path));
  ATTACHE_ASSIGN_OR_RETURN(const std::string known_identity,
                           tables->Meta(kMetaFileIdentity));
  ATTACHE_ASSIGN_OR_RETURN(page_token_key, tables->Meta(kMetaPageTokenKey));
  ATTACHE_ASSIGN_OR_RETURN(revision, MetaNumber(kMetaRevision));
  ATTACHE_ASSIGN_OR_RETURN(extent.oldest_revision,
                           MetaNumber(kMetaOldestRevision));
  ATTACHE_ASSIGN_OR_RETURN(extent.bytes, MetaNumber(kMetaHistoryBytes));
  oldest_revision = extent.oldest_revision;
  history_bytes = extent.bytes;
  ATTACHE_ASSIGN_OR_RETURN(const std::string text,
                           tables->Meta(kMetaRecordSum));
  sum = revision == 0 ? RecordSum() : RecordSum::FromText(text, revision);
  if (identity == known_identity) {
    ATTACHE_ASSIGN_OR_RETURN(std::string id, tables->Meta(kMetaIndexId));
    SetIndexId(std::move(id));
    return absl::OkStatus();
  }
  return database->Transact([&]() -> absl::Status {
    if (page_token_key.empty()) {
      ATTACHE_ASSIGN_OR_RETURN(page_token_key, RandomBytes(32));
      ATTACHE_RETURN_IF_ERROR(
          tables->SetMeta(kMetaPageTokenKey, page_token_key));
    }
    ATTACHE_RETURN_IF_ERROR(tables->SetMeta(kMetaFileIdentity, identity));
    return RenameIndex();
  });
}

// Inside of a transaction.
absl::Status Journal::Impl::RenameIndex() {
  ATTACHE_ASSIGN_OR_RETURN(std::string id, NewIndexId());
  ATTACHE_RETURN_IF_ERROR(tables->SetMeta(kMetaIndexId, id));
  SetIndexId(std::move(id));
  return absl::OkStatus();
}

void Journal::Impl::SetIndexId(std::string id) {
  const std::scoped_lock lock(mutex);
  index_id = std::move(id);
}

absl::Status Journal::Load(
    size_t chunk_bytes,
    absl::FunctionRef<absl::Status(std::vector<JournaledBriefing>)> take) {
  std::vector<JournaledBriefing> chunk;
  size_t bytes = 0;
  RecordSum sum;
  ATTACHE_RETURN_IF_ERROR(
      impl_->tables->EachRecord([&](absl::string_view briefing_id,
                                    JournaledRecord record) -> absl::Status {
        sum.Add(briefing_id, record.record_id, record.wire);
        if (chunk.empty() || chunk.back().briefing_id != briefing_id) {
          if (bytes >= chunk_bytes) {
            ATTACHE_RETURN_IF_ERROR(take(std::exchange(chunk, {})));
            bytes = 0;
          }
          chunk.push_back(
              {.briefing_id = std::string(briefing_id), .records = {}});
        }
        bytes += record.wire.size();
        chunk.back().records.push_back(std::move(record));
        return absl::OkStatus();
      }));
  if (!chunk.empty()) ATTACHE_RETURN_IF_ERROR(take(std::move(chunk)));
  return impl_->CheckSum(sum);
}

absl::Status Journal::Impl::CheckSum(const RecordSum& loaded) {
  if (!sum.has_value()) sum = loaded;
  if (*sum == loaded) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(
      path,
      ": its records are not those that were written; the file is damaged: "
      "restore it from a copy"));
}

absl::StatusOr<v1::Welcome> Journal::Greet(const v1::Hello& hello,
                                           absl::string_view principal) {
  ATTACHE_RETURN_IF_ERROR(CheckHello(hello));
  v1::Welcome welcome;
  const std::string known_index_id = index_id();
  const absl::Status status = impl_->database->Transact([&]() -> absl::Status {
    JournalTables& tables = *impl_->tables;
    ATTACHE_ASSIGN_OR_RETURN(ProducerPosition position,
                             tables.Producer(hello.producer_id()));
    ATTACHE_RETURN_IF_ERROR(Claim(principal, hello, position));
    bool found_restored = false;
    ATTACHE_RETURN_IF_ERROR(attache::Greet(hello, position, found_restored));
    if (found_restored) ATTACHE_RETURN_IF_ERROR(impl_->RenameIndex());
    ATTACHE_RETURN_IF_ERROR(tables.SetProducer(hello.producer_id(), position));
    ATTACHE_RETURN_IF_ERROR(
        tables.ForgetRefused(hello.producer_id(), AcknowledgedSequence(hello)));
    ATTACHE_ASSIGN_OR_RETURN(auto refused, tables.Refused(hello.producer_id()));
    welcome.mutable_rejected_writes()->Assign(refused.begin(), refused.end());
    welcome.set_last_sequence(position.last_sequence);
    welcome.set_resync(position.resync_from >= 0);
    return absl::OkStatus();
  });
  if (!status.ok()) {
    impl_->SetIndexId(known_index_id);
    return status;
  }
  welcome.set_revision(revision());
  welcome.set_index_id(index_id());
  return welcome;
}

absl::StatusOr<Journal::Committed> Journal::Commit(
    absl::Span<ArrivedWrite> writes, absl::Time index_time) {
  Impl::Group group{.index_time = index_time,
                    .positions = {},
                    .committed = {.revision = revision(), .applied = {}},
                    .history = impl_->extent,
                    .change = {}};
  impl_->history->RetainFrom(impl_->retained_from);
  ATTACHE_RETURN_IF_ERROR(impl_->database->Transact([&]() -> absl::Status {
    for (ArrivedWrite& arrived : writes) {
      ATTACHE_RETURN_IF_ERROR(impl_->Take(arrived, group));
    }
    return impl_->Finish(group);
  }));
  impl_->extent = group.history;
  if (impl_->sum.has_value()) impl_->sum->Apply(group.change);
  impl_->oldest_revision = group.history.oldest_revision;
  impl_->history_bytes = group.history.bytes;
  impl_->revision = group.committed.revision;
  return std::move(group.committed);
}

absl::Status Journal::TryWrite() {
  return impl_->database->Transact([this] { return impl_->database->Touch(); });
}

// Writes back what the writes have moved.
absl::Status Journal::Impl::Finish(Group& group) {
  for (const auto& [producer_id, position] : group.positions) {
    ATTACHE_RETURN_IF_ERROR(tables->SetProducer(producer_id, position));
  }
  const int64_t reached = group.committed.revision;
  ATTACHE_RETURN_IF_ERROR(history->Cut(reached, group.history));
  ATTACHE_RETURN_IF_ERROR(tables->SetMeta(
      kMetaOldestRevision, absl::StrCat(group.history.oldest_revision)));
  ATTACHE_RETURN_IF_ERROR(
      tables->SetMeta(kMetaHistoryBytes, absl::StrCat(group.history.bytes)));
  if (sum.has_value()) {
    RecordSum after = *sum;
    after.Apply(group.change);
    ATTACHE_RETURN_IF_ERROR(
        tables->SetMeta(kMetaRecordSum, after.ToText(reached)));
  }
  return tables->SetMeta(kMetaRevision, absl::StrCat(reached));
}

absl::StatusOr<ProducerPosition*> Journal::Impl::Position(
    Group& group, const std::string& producer_id) {
  const auto [found, is_new] = group.positions.try_emplace(producer_id);
  if (is_new) {
    ATTACHE_ASSIGN_OR_RETURN(found->second, tables->Producer(producer_id));
  }
  return &found->second;
}

absl::Status Journal::Impl::Take(ArrivedWrite& arrived, Group& group) {
  ATTACHE_ASSIGN_OR_RETURN(ProducerPosition * position,
                           Position(group, arrived.producer_id));
  const v1::RecordWrite& write = arrived.write;
  if (write.sequence() <= position->last_sequence) return absl::OkStatus();
  if (write.sequence() != position->NextSequence()) {
    return absl::InternalError(absl::StrCat(
        "producer ", arrived.producer_id, ": sequence ", write.sequence(),
        " instead of ", position->NextSequence()));
  }
  position->Take();

  std::optional<int64_t> held_version;
  if (!arrived.refusal.has_value()) {
    ATTACHE_ASSIGN_OR_RETURN(held_version,
                             tables->Version(write.briefing_id()));
    if (IsStale(write, held_version)) {
      arrived.refusal = StaleStatus(write, *held_version);
    }
  }
  if (arrived.refusal.has_value()) {
    return tables->AddRefused(arrived.producer_id, write, *arrived.refusal);
  }
  return Apply(arrived, held_version, group);
}

absl::Status Journal::Impl::Apply(ArrivedWrite& arrived,
                                  std::optional<int64_t> held_version,
                                  Group& group) {
  v1::RecordWrite& write = arrived.write;
  const int64_t write_revision = ++group.committed.revision;
  JournaledBriefing& briefing = group.committed.applied.emplace_back();
  briefing.briefing_id = write.briefing_id();
  for (v1::TripRecord& record : *write.mutable_records()) {
    briefing.records.push_back(
        ToJournaled(record, write_revision, group.index_time));
  }
  const bool is_new = !held_version.has_value();
  ATTACHE_RETURN_IF_ERROR(
      history->Add(write_revision, briefing, is_new, group.history));
  return tables->SetBriefing(
      arrived.producer_id, write,
      std::max(write.version(), held_version.value_or(write.version())),
      write_revision, briefing, is_new, group.change);
}

absl::StatusOr<std::unique_ptr<HistoryReader>> Journal::OpenHistory() const {
  return HistoryReader::Open(impl_->path);
}

void Journal::RetainHistoryFrom(int64_t revision) {
  impl_->retained_from = revision;
}

int64_t Journal::revision() const { return impl_->revision; }

int64_t Journal::oldest_revision() const { return impl_->oldest_revision; }

int64_t Journal::history_bytes() const { return impl_->history_bytes; }

std::string Journal::index_id() const {
  const std::scoped_lock lock(impl_->mutex);
  return impl_->index_id;
}

const std::string& Journal::page_token_key() const {
  return impl_->page_token_key;
}

int64_t Journal::DiskBytes() const { return impl_->database->DiskBytes(); }

}  // namespace attache
