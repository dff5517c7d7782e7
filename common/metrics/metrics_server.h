// Where Prometheus scrapes a service.
#ifndef ATTACHE_COMMON_METRICS_METRICS_SERVER_H_
#define ATTACHE_COMMON_METRICS_METRICS_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/metrics/registry.h"

namespace prometheus {
class Exposer;
}  // namespace prometheus

namespace attache::metrics {

// Answers GET /metrics over plain HTTP, on threads of its own, until destroyed.
class MetricsServer {
 public:
  // `listen` as a server's --listen; port 0 takes a free one. `registry`
  // outlives it. INVALID_ARGUMENT for a malformed address, UNAVAILABLE where
  // the port is taken; the message names the flag and says what to do.
  static absl::StatusOr<std::unique_ptr<MetricsServer>> Start(
      absl::string_view listen, const Registry& registry);
  ~MetricsServer();

  // With the real port: "127.0.0.1:41873".
  const std::string& address() const { return address_; }

 private:
  MetricsServer(std::unique_ptr<prometheus::Exposer> exposer,
                std::string address);

  const std::unique_ptr<prometheus::Exposer> exposer_;
  const std::string address_;
};

// What a service does at its start: serves metrics at `listen`, says where in
// its log, or gives null where that is empty. A second service on a machine
// finds the port of the default taken: it goes without metrics, and warns,
// where `listen` is `default_listen`. Any other fault is an error, as of Start.
absl::StatusOr<std::unique_ptr<MetricsServer>> StartAtFlag(
    absl::string_view listen, absl::string_view default_listen,
    const Registry& registry);

}  // namespace attache::metrics

#endif  // ATTACHE_COMMON_METRICS_METRICS_SERVER_H_
