#include "ingestor/service/ingest_server.h"

#include <filesystem>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/log.h"
#include "common/metrics/process_metrics.h"
#include "common/status_macros.h"
#include "ingestor/outbox/backup_store.h"
#include "ingestor/parser.h"
#include "ingestor/service/briefing_trace.h"

namespace attache {
namespace {

// Requests beyond the limit are still received up to here, so that the client
// is told what the limit is.
constexpr int64_t kReceiveMargin = int64_t{64} << 20;
constexpr int64_t kMaxMaxBriefingBytes = int64_t{1} << 30;
constexpr int64_t kMinMaxRecordBytes = 1024;
constexpr int64_t kMaxMaxRecordBytes = int64_t{256} << 20;
constexpr int kMaxParserThreads = 1024;
constexpr absl::Duration kMaxIndexTimeout = absl::Hours(1);
// What a parse may take after its call has ended for want of time.
constexpr absl::Duration kParseGrace = absl::Seconds(1);

absl::Status CheckOptions(const IngestServerOptions& options) {
  if (options.max_briefing_bytes < 1 ||
      options.max_briefing_bytes > kMaxMaxBriefingBytes) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--max_briefing_bytes is not between 1 and ", kMaxMaxBriefingBytes));
  }
  if (options.max_record_bytes < kMinMaxRecordBytes ||
      options.max_record_bytes > kMaxMaxRecordBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("--max_record_bytes is not between ", kMinMaxRecordBytes,
                     " and ", kMaxMaxRecordBytes));
  }
  if (options.max_outbox_bytes < 1) {
    return absl::InvalidArgumentError("--max_outbox_bytes is below 1");
  }
  if (options.parser_threads < 0 ||
      options.parser_threads > kMaxParserThreads) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--parser_threads is not between 0 and ", kMaxParserThreads));
  }
  if (options.index_timeout < absl::ZeroDuration() ||
      options.index_timeout > kMaxIndexTimeout) {
    return absl::InvalidArgumentError(
        absl::StrCat("--index_timeout is not between 0s and ",
                     absl::FormatDuration(kMaxIndexTimeout)));
  }
  // Without a port gRPC would take that of HTTPS.
  const std::string& query = options.query_address;
  const size_t colon = query.rfind(':');
  uint32_t port = 0;
  if (colon == std::string::npos || colon == 0 ||
      absl::StartsWith(query, "http://") ||
      absl::StartsWith(query, "https://") ||
      !absl::SimpleAtoi(query.substr(colon + 1), &port) || port == 0 ||
      port > 65535) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--query_address \"", query,
        "\" is no host and port, such as 127.0.0.1:50052 or query:50052"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<IngestServer>> IngestServer::Start(
    const IngestServerOptions& options) {
  ATTACHE_RETURN_IF_ERROR(CheckOptions(options));
  ATTACHE_RETURN_IF_ERROR(rpc::CheckListen(options.server));
  std::unique_ptr<IngestServer> server(new IngestServer);
  ATTACHE_RETURN_IF_ERROR(server->Load(options));
  ATTACHE_RETURN_IF_ERROR(server->Listen(options));
  return server;
}

absl::Status IngestServer::Load(const IngestServerOptions& options) {
  ATTACHE_ASSIGN_OR_RETURN(gate_,
                           rpc::Gate::Open(options.server.security.access_file,
                                           options.server.calls));
  ATTACHE_ASSIGN_OR_RETURN(lock_,
                           store::DirectoryLock::Acquire(options.data_dir));
  ATTACHE_ASSIGN_OR_RETURN(vocabulary_,
                           Vocabulary::Load(options.vocabulary_dir));
  outbox::StoreOptions store;
  store.path = std::filesystem::path(options.data_dir) / outbox::kStoreFileName;
  store.parser_version = std::string(ParserVersion());
  store.vocabulary_version = vocabulary_->version();
  store.max_pending_bytes = options.max_outbox_bytes;
  store.max_record_bytes = options.max_record_bytes;
  ATTACHE_ASSIGN_OR_RETURN(outbox_, outbox::Outbox::Open(store));
  ATTACHE_ASSIGN_OR_RETURN(reader_, outbox::StoreReader::Open(store.path));
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<outbox::Sender>> IngestServer::StartSender(
    const IngestServerOptions& options) {
  outbox::SenderOptions sender;
  sender.query_address = options.query_address;
  sender.query_security = options.query_security;
  sender.store_path =
      std::filesystem::path(options.data_dir) / outbox::kStoreFileName;
  sender.parser_version = std::string(ParserVersion());
  sender.vocabulary_version = vocabulary_->version();
  sender.on_refused = [this](absl::string_view reason) {
    metrics_.OnRefusedWrite(reason);
  };
  return outbox::Sender::Start(sender, outbox_.get());
}

void IngestServer::StartIntake(const IngestServerOptions& options) {
  pool_ = std::make_unique<ParsePool>(
      options.parser_threads > 0
          ? options.parser_threads
          : static_cast<int>(std::thread::hardware_concurrency()));
  Intake::Parts parts;
  parts.outbox = outbox_.get();
  parts.reader = reader_.get();
  parts.pool = pool_.get();
  parts.parse = [this](const v1::Briefing& briefing) {
    const absl::Time start = absl::Now();
    auto result = Parse(briefing, *vocabulary_);
    metrics_.OnParsed(absl::Now() - start);
    return result;
  };
  parts.parser_version = std::string(ParserVersion());
  parts.vocabulary_version = vocabulary_->version();
  parts.max_briefing_bytes = options.max_briefing_bytes;
  parts.on_answered = [this](const Intake::Answered& answered) {
    metrics_.OnAnswered(answered.result);
    LogTracedBriefing(answered);
  };
  intake_ = std::make_unique<Intake>(std::move(parts));
}

absl::Status IngestServer::Listen(const IngestServerOptions& options) {
  outbox_->OnGroup([this](const outbox::Outbox::Report& report) {
    metrics_.OnGroup(report);
    disk_.Report(report.status);
  });
  ATTACHE_ASSIGN_OR_RETURN(sender_, StartSender(options));
  StartIntake(options);

  IngestService::Options service;
  service.index_timeout = options.index_timeout;
  service.connected = [this] { return sender_->connected(); };
  service_ = std::make_unique<IngestService>(gate_.get(), intake_.get(),
                                             std::move(service));

  rpc::ServerOptions server = options.server;
  server.max_receive_bytes =
      static_cast<int>(options.max_briefing_bytes + kReceiveMargin);
  server.service_names = {v1::IngestService::service_full_name()};
  server.metrics = &registry_;
  drain_timeout_ = server.drain_timeout;
  ATTACHE_ASSIGN_OR_RETURN(server_,
                           rpc::Server::Start(server, {service_.get()}));

  metrics::AddProcessMetrics(registry_, options.version);
  metrics_.ReadFrom({.outbox = outbox_.get(),
                     .reader = reader_.get(),
                     .sender = sender_.get(),
                     .pool = pool_.get(),
                     .max_outbox_bytes = options.max_outbox_bytes});
  ATTACHE_ASSIGN_OR_RETURN(
      metrics_server_,
      metrics::StartAtFlag(options.metrics_listen, kDefaultIngestMetricsListen,
                           registry_));
  server_->health().SetAll(true);
  disk_.Start([this] { return outbox_->TryWrite(); },
              [this](const absl::Status& status) { OnWritable(status); });
  return absl::OkStatus();
}

// Not to reach the query service is no reason not to be ready: what is accepted
// is kept until it is there.
void IngestServer::OnWritable(const absl::Status& status) {
  server_->health().SetAll(status.ok());
}

bool IngestServer::Run() {
  server_->RunUntilSignal([this] {
    Log(LogLevel::kInfo, "draining");
    // Half of the time is for waits, the other for the answers to arrive.
    service_->Drain(absl::Now() + drain_timeout_ / 2);
  });
  return pool_->AwaitIdle(kParseGrace);
}

}  // namespace attache
