// The ingestor as a whole: its data, its parser, its service and its sender.
#ifndef ATTACHE_INGESTOR_SERVICE_INGEST_SERVER_H_
#define ATTACHE_INGESTOR_SERVICE_INGEST_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/limits.h"
#include "common/metrics/metrics_server.h"
#include "common/metrics/registry.h"
#include "common/rpc/channel.h"
#include "common/rpc/gate.h"
#include "common/rpc/server.h"
#include "common/store/database.h"
#include "common/store/disk_monitor.h"
#include "common/vocabulary/vocabulary.h"
#include "ingestor/outbox/outbox.h"
#include "ingestor/outbox/sender.h"
#include "ingestor/outbox/store_reader.h"
#include "ingestor/service/ingest_metrics.h"
#include "ingestor/service/ingest_service.h"
#include "ingestor/service/intake.h"
#include "ingestor/service/parse_pool.h"

namespace attache {

inline constexpr char kDefaultIngestMetricsListen[] = "127.0.0.1:9464";

struct IngestServerOptions {
  // max_receive_bytes follows from max_briefing_bytes.
  rpc::ServerOptions server;
  // Where Prometheus scrapes; empty for nowhere.
  std::string metrics_listen;
  std::string data_dir;
  std::string vocabulary_dir;
  std::string query_address;
  // How to the query service; errors name the flags.
  rpc::ChannelSecurity query_security;
  int64_t max_briefing_bytes = kDefaultMaxBriefingBytes;
  int64_t max_record_bytes = kDefaultMaxRecordBytes;
  int64_t max_outbox_bytes = int64_t{1} << 30;
  // 0 for one a core.
  int parser_threads = 0;
  absl::Duration index_timeout = absl::Seconds(30);
  // Of the program, as the metrics say it.
  std::string version;
};

// Not thread-safe but for RequestStop.
class IngestServer {
 public:
  // Locks the data directory, loads the vocabulary and the outbox, listens,
  // says that it serves, and looks for the query service, which need not be
  // there. Errors are one sentence for an operator: FAILED_PRECONDITION
  // (directory in use, newer format), INVALID_ARGUMENT (an option, the
  // vocabulary), UNAVAILABLE (port taken, disk), DATA_LOSS.
  static absl::StatusOr<std::unique_ptr<IngestServer>> Start(
      const IngestServerOptions& options);
  ~IngestServer() { disk_.Stop(); }

  const std::string& address() const { return server_->address(); }
  // Null where no metrics are served.
  const metrics::MetricsServer* metrics_server() const {
    return metrics_server_.get();
  }

  // Serves until SIGTERM, SIGINT or RequestStop; then drains and returns. False
  // where briefings are still being parsed whose calls have ended: what is
  // acknowledged is on the disk, and to destroy the server would wait for them.
  bool Run();
  void RequestStop() { server_->RequestStop(); }

 private:
  IngestServer() = default;
  absl::Status Load(const IngestServerOptions& options);
  absl::Status Listen(const IngestServerOptions& options);
  absl::StatusOr<std::unique_ptr<outbox::Sender>> StartSender(
      const IngestServerOptions& options);
  void StartIntake(const IngestServerOptions& options);
  void OnWritable(const absl::Status& status);

  absl::Duration drain_timeout_;
  // Each uses those above it, and goes before them.
  metrics::Registry registry_;
  IngestMetrics metrics_{registry_};
  // Told of writes by those below, and stopped before them.
  store::DiskMonitor disk_;
  std::unique_ptr<rpc::Gate> gate_;
  std::unique_ptr<store::DirectoryLock> lock_;
  std::shared_ptr<const Vocabulary> vocabulary_;
  std::unique_ptr<outbox::Outbox> outbox_;
  std::unique_ptr<outbox::StoreReader> reader_;
  std::unique_ptr<outbox::Sender> sender_;
  std::unique_ptr<Intake> intake_;
  std::unique_ptr<ParsePool> pool_;
  std::unique_ptr<IngestService> service_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<metrics::MetricsServer> metrics_server_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_SERVICE_INGEST_SERVER_H_
