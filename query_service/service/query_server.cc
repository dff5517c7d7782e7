#include "query_service/service/query_server.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/error.h"
#include "common/log.h"
#include "common/metrics/process_metrics.h"
#include "common/status_macros.h"
#include "query_service/service/write_trace.h"

namespace attache {
namespace {

// What the index is given at a time while it loads; it reads a call on all
// cores.
constexpr size_t kLoadChunkBytes = size_t{64} << 20;

// A write holds all records of one briefing, which are few; each may be as
// large as a record may be.
constexpr int64_t kRecordsInLargestWrite = 4;
// What a request carries around its writes.
constexpr int64_t kRequestOverheadBytes = 64 << 10;
constexpr int64_t kLargestRecordLimit = int64_t{256} << 20;

std::vector<BriefingRecords> ToIndexed(std::vector<JournaledBriefing> writes) {
  std::vector<BriefingRecords> indexed;
  indexed.reserve(writes.size());
  for (JournaledBriefing& write : writes) {
    BriefingRecords& briefing = indexed.emplace_back();
    briefing.briefing_id = std::move(write.briefing_id);
    briefing.records.reserve(write.records.size());
    for (JournaledRecord& record : write.records) {
      briefing.records.push_back({.record_id = std::move(record.record_id),
                                  .wire = std::move(record.wire)});
    }
  }
  return indexed;
}

absl::Status CheckRoom(const TripIndex& index, int64_t max_bytes) {
  if (max_bytes == 0) return absl::OkStatus();
  const auto bytes = static_cast<int64_t>(index.Pin()->memory_bytes());
  if (bytes < max_bytes) return absl::OkStatus();
  return WithRetryAfter(
      MakeError(v1::ERROR_REASON_INDEX_FULL,
                absl::StrCat("the index takes ", bytes,
                             " bytes of memory, and may take ", max_bytes,
                             "; nothing is lost, it waits where it was sent "
                             "from"),
                {{"limit", absl::StrCat(max_bytes)}}),
      absl::Seconds(5));
}

// The index took the records when they were written.
absl::Status Damaged(const std::string& data_dir, const absl::Status& status) {
  return absl::DataLossError(
      absl::StrCat("the journal in ", data_dir, ": ", status.message(),
                   "; the file is damaged: restore it from a copy"));
}

absl::Status Complete(QueryServerOptions& options) {
  StreamLimits& stream = options.stream;
  if (stream.write.max_record_bytes < 1 ||
      stream.write.max_record_bytes > kLargestRecordLimit) {
    return absl::InvalidArgumentError(
        absl::StrCat("--max_record_bytes takes 1 to ", kLargestRecordLimit));
  }
  if (stream.max_outstanding_writes < 1) {
    return absl::InvalidArgumentError(
        "--max_outstanding_writes must be at least 1");
  }
  if (options.max_index_bytes < 0) {
    return absl::InvalidArgumentError("--max_index_bytes must not be negative");
  }
  ATTACHE_RETURN_IF_ERROR(CheckHistoryOptions(options.history));
  ATTACHE_RETURN_IF_ERROR(CheckWatchLimits(options.watch));
  ATTACHE_RETURN_IF_ERROR(CheckPinOptions(options.pins));
  stream.write.max_write_bytes =
      kRecordsInLargestWrite * stream.write.max_record_bytes;
  if (stream.max_outstanding_bytes < stream.write.max_write_bytes) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--max_outstanding_bytes must be at least ",
        stream.write.max_write_bytes, ", which is ", kRecordsInLargestWrite,
        " times --max_record_bytes, so that the largest write fits"));
  }
  options.server.max_receive_bytes =
      static_cast<int>(stream.write.max_write_bytes + kRequestOverheadBytes);
  return absl::OkStatus();
}

}  // namespace

QueryServer::~QueryServer() { disk_.Stop(); }

absl::StatusOr<std::unique_ptr<QueryServer>> QueryServer::Start(
    QueryServerOptions options) {
  ATTACHE_RETURN_IF_ERROR(Complete(options));
  ATTACHE_RETURN_IF_ERROR(rpc::CheckListen(options.server));
  std::unique_ptr<QueryServer> server(new QueryServer());
  ATTACHE_RETURN_IF_ERROR(server->Open(options));
  ATTACHE_RETURN_IF_ERROR(server->Listen(options));
  ATTACHE_RETURN_IF_ERROR(server->Load(options));
  server->Serve(options.max_index_bytes);
  return server;
}

absl::Status QueryServer::Open(const QueryServerOptions& options) {
  ATTACHE_ASSIGN_OR_RETURN(gate_,
                           rpc::Gate::Open(options.server.security.access_file,
                                           options.server.calls));
  ATTACHE_ASSIGN_OR_RETURN(lock_,
                           store::DirectoryLock::Acquire(options.data_dir));
  ATTACHE_ASSIGN_OR_RETURN(vocabulary_,
                           Vocabulary::Load(options.vocabulary_dir));
  ATTACHE_ASSIGN_OR_RETURN(journal_,
                           Journal::Open(options.data_dir, options.history));
  MergePolicy merges;
  if (options.max_index_bytes > 0) {
    merges.max_deleted_share = MergePolicy::kSoonDeletedShare;
  }
  index_ = std::make_unique<TripIndex>(
      vocabulary_, merges,
      [this](absl::Duration lasted) { metrics_.OnMerged(lasted); });
  writer_ = std::make_unique<JournalWriter>(
      *journal_,
      [this](std::vector<JournaledBriefing> writes, int64_t revision) {
        ATTACHE_RETURN_IF_ERROR(
            index_->Apply(ToIndexed(std::move(writes)), revision));
        hub_->OnPublished();
        return absl::OkStatus();
      },
      [index = index_.get(), max_bytes = options.max_index_bytes] {
        return CheckRoom(*index, max_bytes);
      },
      JournalWriter::Observer{
          .on_group =
              [this](const JournalWriter::Report& report) {
                metrics_.OnGroup(report);
                LogTracedWrites(report);
              },
          .on_disk =
              [this](const absl::Status& status) { disk_.Report(status); }});
  return absl::OkStatus();
}

absl::Status QueryServer::Listen(const QueryServerOptions& options) {
  index_service_ =
      std::make_unique<TripIndexServiceImpl>(*gate_, *writer_, options.stream);
  query_service_ = std::make_unique<TripQueryServiceImpl>(
      *gate_, *index_, vocabulary_,
      ReaderContext{
          .page_token_key = journal_->page_token_key(),
          .index_id = [journal =
                           journal_.get()] { return journal->index_id(); },
          .disk_bytes = [journal =
                             journal_.get()] { return journal->DiskBytes(); },
          .oldest_revision =
              [journal = journal_.get()] { return journal->oldest_revision(); },
          .version = options.version,
          .start_time = absl::Now(),
          .pins = options.pins});
  index_service_->HoldBack();
  query_service_->HoldBack();

  metrics::AddProcessMetrics(registry_, options.version);
  rpc::ServerOptions server = options.server;
  server.service_names = {v1::TripIndexService::service_full_name(),
                          v1::TripQueryService::service_full_name()};
  server.metrics = &registry_;
  ATTACHE_ASSIGN_OR_RETURN(
      server_,
      rpc::Server::Start(server, {index_service_.get(), query_service_.get()}));
  ATTACHE_ASSIGN_OR_RETURN(
      metrics_server_,
      metrics::StartAtFlag(options.metrics_listen, kDefaultQueryMetricsListen,
                           registry_));
  return absl::OkStatus();
}

absl::Status QueryServer::Load(const QueryServerOptions& options) {
  const absl::Time start = absl::Now();
  const int64_t revision = journal_->revision();
  Log(LogLevel::kInfo, "loading the journal",
      {{"revision", absl::StrCat(revision)}});
  int64_t briefings = 0;
  ATTACHE_RETURN_IF_ERROR(journal_->Load(
      kLoadChunkBytes, [&](std::vector<JournaledBriefing> chunk) {
        if (rpc::StopSignalCame()) {
          return absl::CancelledError("told to stop while it loads");
        }
        briefings += static_cast<int64_t>(chunk.size());
        const absl::Status applied =
            index_->Apply(ToIndexed(std::move(chunk)), revision);
        return absl::IsInvalidArgument(applied)
                   ? Damaged(options.data_dir, applied)
                   : applied;
      }));
  // A journal without records has a revision all the same.
  ATTACHE_RETURN_IF_ERROR(index_->Apply({}, revision));
  ATTACHE_ASSIGN_OR_RETURN(
      hub_, WatchHub::Start(*journal_, *index_, vocabulary_, options.watch));
  Log(LogLevel::kInfo, "loaded the journal",
      {{"index_id", journal_->index_id()},
       {"revision", absl::StrCat(revision)},
       {"oldest_revision", absl::StrCat(journal_->oldest_revision())},
       {"briefings_with_records", absl::StrCat(briefings)},
       {"seconds", absl::StrCat(absl::ToDoubleSeconds(absl::Now() - start))}});
  return absl::OkStatus();
}

void QueryServer::Serve(int64_t max_index_bytes) {
  metrics_.ReadFrom({.journal = journal_.get(),
                     .index = index_.get(),
                     .writer = writer_.get(),
                     .hub = hub_.get(),
                     .index_service = index_service_.get(),
                     .query_service = query_service_.get(),
                     .max_index_bytes = max_index_bytes});
  index_service_->Open();
  query_service_->Open(hub_.get());
  server_->health().SetAll(true);
  disk_.Start([this] { return writer_->TryWrite(); },
              [this](const absl::Status& status) { OnWritable(status); });
}

// What is held is answered all the same, so TripQueryService stays as it is.
void QueryServer::OnWritable(const absl::Status& status) {
  server_->health().SetReady(status.ok());
  server_->health().SetServing(v1::TripIndexService::service_full_name(),
                               status.ok());
}

void QueryServer::Run() {
  server_->RunUntilSignal([this] {
    Log(LogLevel::kInfo, "draining");
    index_service_->Drain();
    query_service_->Drain();
  });
}

}  // namespace attache
