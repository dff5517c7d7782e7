// attache-query: indexes the records that ingestors stream to it, and answers
// queries about them.
#include <cstdlib>
#include <string>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/flags.h"
#include "common/limits.h"
#include "common/log.h"
#include "common/rpc/call_limit_flags.h"
#include "common/rpc/library_logs.h"
#include "common/rpc/open_files.h"
#include "common/rpc/security_flags.h"
#include "common/rpc/server.h"
#include "common/vocabulary/vocabulary.h"
#include "query_service/service/query_server.h"

ABSL_FLAG(std::string, listen, "127.0.0.1:50052",
          "address to listen on, as 127.0.0.1:50052 or [::1]:50052; port 0 "
          "takes a free one");
ABSL_FLAG(std::string, metrics_listen, attache::kDefaultQueryMetricsListen,
          "address where Prometheus finds /metrics over plain HTTP; port 0 "
          "takes a free one, empty serves none");
ABSL_FLAG(std::string, data_dir, "attache-query-data",
          "directory that holds the journal; created where it is missing");
ABSL_FLAG(std::string, vocabulary_dir, "",
          "directory of the vocabulary; empty for the one that came with the "
          "program");
ABSL_FLAG(bool, insecure_listen, false,
          "permit an address that others on the network can reach, without "
          "TLS");
ABSL_FLAG(absl::Duration, drain_timeout, absl::Seconds(10),
          "how long calls may go on after SIGTERM");
ABSL_FLAG(int64_t, max_record_bytes, attache::kDefaultMaxRecordBytes,
          "largest record that is accepted, in bytes");
ABSL_FLAG(int32_t, max_outstanding_writes, 1024,
          "writes that an ingestor may send before they are acknowledged");
ABSL_FLAG(int64_t, max_outstanding_bytes, int64_t{16} << 20,
          "bytes of writes that an ingestor may send before they are "
          "acknowledged");
ABSL_FLAG(int64_t, max_index_bytes, 0,
          "bytes of memory at which the index takes no more records; ingestors "
          "keep them until there is room; 0 for no limit");
ABSL_FLAG(int64_t, history_revisions, attache::HistoryOptions().revisions,
          "revisions whose changes are kept for watches to go on from; 0 keeps "
          "none");
ABSL_FLAG(int64_t, history_bytes, attache::HistoryOptions().bytes,
          "bytes that those changes may take; 0 keeps none");
ABSL_FLAG(absl::Duration, page_token_ttl, attache::PinOptions().lifetime,
          "how long a revision is held for the next page of a list or for an "
          "export to go on, after its last use");
ABSL_FLAG(int64_t, max_pinned_snapshots, attache::PinOptions().capacity,
          "revisions that are held for that at most; those that an export is "
          "reading come on top");
ABSL_FLAG(int32_t, max_watchers, attache::WatchLimits().max_watchers,
          "watches that may be open at a time");
ABSL_FLAG(int64_t, watch_queue_bytes, attache::WatchLimits().queue_bytes,
          "bytes of changes that may wait for a watcher that does not take "
          "them, before it is disconnected");
ABSL_FLAG(attache::LogLevel, log_level, attache::LogLevel::kInfo,
          "debug, info, warning or error");

namespace {

attache::QueryServerOptions OptionsFromFlags() {
  attache::QueryServerOptions options;
  options.server.listen = absl::GetFlag(FLAGS_listen);
  options.server.insecure_listen = absl::GetFlag(FLAGS_insecure_listen);
  options.server.security = attache::rpc::SecurityFromFlags();
  options.server.calls = attache::rpc::CallLimitsFromFlags();
  options.server.drain_timeout = absl::GetFlag(FLAGS_drain_timeout);
  options.metrics_listen = absl::GetFlag(FLAGS_metrics_listen);
  options.data_dir = absl::GetFlag(FLAGS_data_dir);
  options.vocabulary_dir = absl::GetFlag(FLAGS_vocabulary_dir);
  if (options.vocabulary_dir.empty()) {
    options.vocabulary_dir = attache::DefaultVocabularyDirectory();
  }
  options.stream.max_outstanding_writes =
      absl::GetFlag(FLAGS_max_outstanding_writes);
  options.stream.max_outstanding_bytes =
      absl::GetFlag(FLAGS_max_outstanding_bytes);
  options.stream.write.max_record_bytes = absl::GetFlag(FLAGS_max_record_bytes);
  options.max_index_bytes = absl::GetFlag(FLAGS_max_index_bytes);
  options.history.revisions = absl::GetFlag(FLAGS_history_revisions);
  options.history.bytes = absl::GetFlag(FLAGS_history_bytes);
  options.pins.lifetime = absl::GetFlag(FLAGS_page_token_ttl);
  options.pins.capacity = absl::GetFlag(FLAGS_max_pinned_snapshots);
  options.watch.max_watchers = absl::GetFlag(FLAGS_max_watchers);
  options.watch.queue_bytes = absl::GetFlag(FLAGS_watch_queue_bytes);
  options.version = ATTACHE_VERSION;
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  attache::ParseServerFlags(argc, argv);
  attache::rpc::BlockStopSignals();
  attache::InitLog("attache-query", absl::GetFlag(FLAGS_log_level));
  attache::rpc::RouteLibraryLogs();
  attache::rpc::AllowOpenFiles();
  const auto server = attache::QueryServer::Start(OptionsFromFlags());
  if (absl::IsCancelled(server.status())) {
    attache::Log(attache::LogLevel::kInfo, server.status().message());
    return EXIT_SUCCESS;
  }
  if (!server.ok()) {
    attache::Log(attache::LogLevel::kError,
                 absl::StrCat("cannot start: ", server.status().message()),
                 {{"code", absl::StatusCodeToString(server.status().code())}});
    return EXIT_FAILURE;
  }
  attache::Log(
      attache::LogLevel::kInfo, "listening",
      {{"address", (*server)->address()}, {"version", ATTACHE_VERSION}});
  (*server)->Run();
  attache::Log(attache::LogLevel::kInfo, "stopped");
  return EXIT_SUCCESS;
}
