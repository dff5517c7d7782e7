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
#include "common/rpc/library_logs.h"
#include "common/rpc/open_files.h"
#include "common/rpc/server.h"
#include "common/vocabulary/vocabulary.h"
#include "ingestor/service/ingest_server.h"

ABSL_FLAG(std::string, listen, "127.0.0.1:50051",
          "address to listen on, as 127.0.0.1:50051 or [::1]:50051; port 0 "
          "takes a free one");
ABSL_FLAG(std::string, data_dir, "attache-ingestor-data",
          "directory that holds the outbox; created where it is missing");
ABSL_FLAG(std::string, query_address, "127.0.0.1:50052",
          "address of the query service; it need not be there yet");
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
ABSL_FLAG(int64_t, outbox_max_bytes, int64_t{1} << 30,
          "bytes of records not yet at the query service at which nothing more "
          "is accepted");
ABSL_FLAG(int32_t, parser_threads, 0, "threads that parse; 0 for one a core");
ABSL_FLAG(absl::Duration, index_timeout, absl::Seconds(30),
          "how long DURABILITY_INDEXED waits for the query service at most");
ABSL_FLAG(attache::LogLevel, log_level, attache::LogLevel::kInfo,
          "debug, info, warning or error");

namespace {

attache::IngestServerOptions OptionsFromFlags() {
  attache::IngestServerOptions options;
  options.server.listen = absl::GetFlag(FLAGS_listen);
  options.server.insecure_listen = absl::GetFlag(FLAGS_insecure_listen);
  options.server.drain_timeout = absl::GetFlag(FLAGS_drain_timeout);
  options.data_dir = absl::GetFlag(FLAGS_data_dir);
  options.vocabulary_dir = absl::GetFlag(FLAGS_vocabulary_dir);
  if (options.vocabulary_dir.empty()) {
    options.vocabulary_dir = attache::DefaultVocabularyDirectory();
  }
  options.query_address = absl::GetFlag(FLAGS_query_address);
  options.max_briefing_bytes = absl::GetFlag(FLAGS_max_briefing_bytes);
  options.max_record_bytes = absl::GetFlag(FLAGS_max_record_bytes);
  options.outbox_max_bytes = absl::GetFlag(FLAGS_outbox_max_bytes);
  options.parser_threads = absl::GetFlag(FLAGS_parser_threads);
  options.index_timeout = absl::GetFlag(FLAGS_index_timeout);
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
