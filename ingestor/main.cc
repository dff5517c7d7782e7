// attache-ingestor: takes briefings in, parses them, and streams what they
// report to the query service.
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
#include "ingestor/service/ingest_server.h"

ABSL_FLAG(std::string, listen, "127.0.0.1:50051",
          "address to listen on, as 127.0.0.1:50051 or [::1]:50051; port 0 "
          "takes a free one");
ABSL_FLAG(std::string, metrics_listen, attache::kDefaultIngestMetricsListen,
          "address where Prometheus finds /metrics over plain HTTP; port 0 "
          "takes a free one, empty serves none");
ABSL_FLAG(std::string, data_dir, "attache-ingestor-data",
          "directory that holds the outbox; created where it is missing");
ABSL_FLAG(std::string, query_address, "127.0.0.1:50052",
          "address of the query service; it need not be there yet");
ABSL_FLAG(std::string, query_tls_ca, "",
          "PEM file of the certificates that issue the query service's; turns "
          "TLS on to it");
ABSL_FLAG(std::string, query_tls_certificate, "",
          "PEM file of the certificate to show the query service, where it "
          "asks for one; read again when it has changed, as are the others");
ABSL_FLAG(std::string, query_tls_key, "", "PEM file of its key");
ABSL_FLAG(std::string, query_tls_server_name, "",
          "name in the query service's certificate, where it is not the host "
          "of --query_address");
ABSL_FLAG(std::string, query_token_file, "",
          "file that holds the token for the query service");
ABSL_FLAG(std::string, vocabulary_dir, "",
          "directory of the vocabulary; empty for the one that came with the "
          "program");
ABSL_FLAG(bool, insecure_listen, false,
          "permit an address that others on the network can reach, without "
          "TLS");
ABSL_FLAG(absl::Duration, drain_timeout, absl::Seconds(10),
          "how long calls may go on after SIGTERM");
ABSL_FLAG(int64_t, max_briefing_bytes, attache::kDefaultMaxBriefingBytes,
          "largest content of a briefing, in bytes");
ABSL_FLAG(int64_t, max_record_bytes, attache::kDefaultMaxRecordBytes,
          "largest record, in bytes; as the query service has it");
ABSL_FLAG(int64_t, max_outbox_bytes, int64_t{1} << 30,
          "bytes of records not yet at the query service at which nothing more "
          "is accepted");
ABSL_FLAG(int32_t, parser_threads, 0, "threads that parse; 0 for one a core");
ABSL_FLAG(absl::Duration, index_timeout, absl::Seconds(30),
          "how long DURABILITY_INDEXED waits for the query service at most");
ABSL_FLAG(attache::LogLevel, log_level, attache::LogLevel::kInfo,
          "debug, info, warning or error");

namespace {

attache::rpc::ChannelSecurity QuerySecurityFromFlags() {
  attache::rpc::ChannelSecurity security;
  security.tls_ca = {"--query_tls_ca", absl::GetFlag(FLAGS_query_tls_ca)};
  security.tls_certificate = {"--query_tls_certificate",
                              absl::GetFlag(FLAGS_query_tls_certificate)};
  security.tls_key = {"--query_tls_key", absl::GetFlag(FLAGS_query_tls_key)};
  security.tls_server_name_flag = "--query_tls_server_name";
  security.tls_server_name = absl::GetFlag(FLAGS_query_tls_server_name);
  security.token_file = {"--query_token_file",
                         absl::GetFlag(FLAGS_query_token_file)};
  return security;
}

attache::IngestServerOptions OptionsFromFlags() {
  attache::IngestServerOptions options;
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
  options.query_address = absl::GetFlag(FLAGS_query_address);
  options.query_security = QuerySecurityFromFlags();
  options.max_briefing_bytes = absl::GetFlag(FLAGS_max_briefing_bytes);
  options.max_record_bytes = absl::GetFlag(FLAGS_max_record_bytes);
  options.max_outbox_bytes = absl::GetFlag(FLAGS_max_outbox_bytes);
  options.parser_threads = absl::GetFlag(FLAGS_parser_threads);
  options.index_timeout = absl::GetFlag(FLAGS_index_timeout);
  options.version = ATTACHE_VERSION;
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  attache::ParseServerFlags(argc, argv);
  attache::rpc::BlockStopSignals();
  attache::InitLog("attache-ingestor", absl::GetFlag(FLAGS_log_level));
  attache::rpc::RouteLibraryLogs();
  attache::rpc::AllowOpenFiles();
  const auto server = attache::IngestServer::Start(OptionsFromFlags());
  if (!server.ok()) {
    attache::Log(attache::LogLevel::kError,
                 absl::StrCat("cannot start: ", server.status().message()),
                 {{"code", absl::StatusCodeToString(server.status().code())}});
    return EXIT_FAILURE;
  }
  attache::Log(attache::LogLevel::kInfo, "listening",
               {{"address", (*server)->address()}});
  const bool idle = (*server)->Run();
  attache::Log(attache::LogLevel::kInfo, "stopped");
  // A parse cannot be interrupted, and nobody waits for it any more.
  if (!idle) std::_Exit(EXIT_SUCCESS);
  return EXIT_SUCCESS;
}
