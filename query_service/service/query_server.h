// The query service as a whole: its data, its index, its two services.
#ifndef ATTACHE_QUERY_SERVICE_SERVICE_QUERY_SERVER_H_
#define ATTACHE_QUERY_SERVICE_SERVICE_QUERY_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/metrics/metrics_server.h"
#include "common/metrics/registry.h"
#include "common/rpc/gate.h"
#include "common/rpc/server.h"
#include "common/store/database.h"
#include "common/store/disk_monitor.h"
#include "query_service/index/trip_index.h"
#include "query_service/journal/history_options.h"
#include "query_service/journal/journal.h"
#include "query_service/journal/journal_writer.h"
#include "query_service/query/snapshot_pins.h"
#include "query_service/service/producer_session.h"
#include "query_service/service/query_metrics.h"
#include "query_service/service/trip_index_service.h"
#include "query_service/service/trip_query_service.h"
#include "query_service/watch/watch_hub.h"

namespace attache {

inline constexpr char kDefaultQueryMetricsListen[] = "127.0.0.1:9465";

struct QueryServerOptions {
  // max_receive_bytes follows from the stream's limits.
  rpc::ServerOptions server;
  // Where Prometheus scrapes; empty for nowhere.
  std::string metrics_listen;
  std::string data_dir;
  std::string vocabulary_dir;
  // write.max_write_bytes follows from write.max_record_bytes.
  StreamLimits stream;
  // Of memory, at which the index takes no more records; 0 for no limit.
  int64_t max_index_bytes = 0;
  HistoryOptions history;
  WatchLimits watch;
  // How long a revision is held for the next page, and how many are.
  PinOptions pins;
  // Of the program, as GetIndexStatus says it.
  std::string version;
};

// Not thread-safe but for RequestStop.
class QueryServer {
 public:
  // Locks the data directory, loads the vocabulary and listens; then loads the
  // journal, while calls are told so, and says that it serves. Errors are one
  // sentence for an operator: FAILED_PRECONDITION (directory in use, newer
  // format), INVALID_ARGUMENT (an option, the vocabulary), UNAVAILABLE (port
  // taken, disk), DATA_LOSS; CANCELLED where a stop signal came while it loads.
  static absl::StatusOr<std::unique_ptr<QueryServer>> Start(
      QueryServerOptions options);
  ~QueryServer();

  const std::string& address() const { return server_->address(); }
  // Null where no metrics are served.
  const metrics::MetricsServer* metrics_server() const {
    return metrics_server_.get();
  }

  // Serves until SIGTERM, SIGINT or RequestStop; then drains and returns.
  void Run();
  void RequestStop() { server_->RequestStop(); }

 private:
  QueryServer() = default;
  absl::Status Open(const QueryServerOptions& options);
  absl::Status Listen(const QueryServerOptions& options);
  absl::Status Load(const QueryServerOptions& options);
  void Serve(int64_t max_index_bytes);
  void OnWritable(const absl::Status& status);

  // Each uses those above it, and goes before them.
  metrics::Registry registry_;
  QueryMetrics metrics_{registry_};
  // Told of writes by those below, and stopped before them.
  store::DiskMonitor disk_;
  std::unique_ptr<rpc::Gate> gate_;
  std::unique_ptr<store::DirectoryLock> lock_;
  std::shared_ptr<const Vocabulary> vocabulary_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<TripIndex> index_;
  std::unique_ptr<WatchHub> hub_;
  std::unique_ptr<JournalWriter> writer_;
  std::unique_ptr<TripIndexServiceImpl> index_service_;
  std::unique_ptr<TripQueryServiceImpl> query_service_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<metrics::MetricsServer> metrics_server_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_SERVICE_QUERY_SERVER_H_
