#include "query_service/service/query_server.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/log.h"
#include "common/status_macros.h"

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

QueryServer::~QueryServer() = default;

absl::StatusOr<std::unique_ptr<QueryServer>> QueryServer::Start(
    QueryServerOptions options) {
  ATTACHE_RETURN_IF_ERROR(Complete(options));
  ATTACHE_RETURN_IF_ERROR(rpc::CheckListen(options.server));
  std::unique_ptr<QueryServer> server(new QueryServer());
  ATTACHE_RETURN_IF_ERROR(server->Load(options));
  ATTACHE_RETURN_IF_ERROR(server->Listen(options));
  return server;
}

absl::Status QueryServer::Load(const QueryServerOptions& options) {
  const absl::Time start = absl::Now();
  ATTACHE_ASSIGN_OR_RETURN(lock_,
                           store::DirectoryLock::Acquire(options.data_dir));
  ATTACHE_ASSIGN_OR_RETURN(vocabulary_,
                           Vocabulary::Load(options.vocabulary_dir));
  ATTACHE_ASSIGN_OR_RETURN(journal_,
                           Journal::Open(options.data_dir, options.history));
  index_ = std::make_unique<TripIndex>(vocabulary_);
  int64_t briefings = 0;
  const int64_t revision = journal_->revision();
  ATTACHE_RETURN_IF_ERROR(journal_->Load(
      kLoadChunkBytes, [&](std::vector<JournaledBriefing> chunk) {
        briefings += static_cast<int64_t>(chunk.size());
        const absl::Status applied =
            index_->Apply(ToIndexed(std::move(chunk)), revision);
        return absl::IsInvalidArgument(applied)
                   ? Damaged(options.data_dir, applied)
                   : applied;
      }));
  // A journal without records has a revision all the same.
  ATTACHE_RETURN_IF_ERROR(index_->Apply({}, revision));
  Log(LogLevel::kInfo, "loaded the journal",
      {{"index_id", journal_->index_id()},
       {"revision", absl::StrCat(revision)},
       {"oldest_revision", absl::StrCat(journal_->oldest_revision())},
       {"briefings_with_records", absl::StrCat(briefings)},
       {"seconds", absl::StrCat(absl::ToDoubleSeconds(absl::Now() - start))}});
  return absl::OkStatus();
}

absl::Status QueryServer::Listen(const QueryServerOptions& options) {
  ATTACHE_ASSIGN_OR_RETURN(
      hub_, WatchHub::Start(*journal_, *index_, vocabulary_, options.watch));
  writer_ = std::make_unique<JournalWriter>(
      *journal_, [index = index_.get(), hub = hub_.get()](
                     std::vector<JournaledBriefing> writes, int64_t revision) {
        ATTACHE_RETURN_IF_ERROR(
            index->Apply(ToIndexed(std::move(writes)), revision));
        hub->OnPublished();
        return absl::OkStatus();
      });
  index_service_ =
      std::make_unique<TripIndexServiceImpl>(*writer_, options.stream);
  query_service_ = std::make_unique<TripQueryServiceImpl>(
      *index_, vocabulary_,
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
          .pins = options.pins},
      hub_.get());
  ATTACHE_ASSIGN_OR_RETURN(
      server_, rpc::Server::Start(options.server, {index_service_.get(),
                                                   query_service_.get()}));
  server_->SetServing(true);
  return absl::OkStatus();
}

void QueryServer::Run() {
  server_->RunUntilSignal([this] {
    Log(LogLevel::kInfo, "draining");
    index_service_->Drain();
    query_service_->Drain();
  });
}

}  // namespace attache
