#include "common/metrics/metrics_server.h"

#include <exception>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/log.h"
#include "common/rpc/listen_address.h"
#include "common/status_macros.h"
#include "prometheus/exposer.h"

namespace attache::metrics {
namespace {

absl::Status OfFlag(const absl::Status& status) {
  return absl::Status(status.code(),
                      absl::StrCat("--metrics_listen: ", status.message()));
}

}  // namespace

MetricsServer::MetricsServer(std::unique_ptr<prometheus::Exposer> exposer,
                             std::string address)
    : exposer_(std::move(exposer)), address_(std::move(address)) {}

MetricsServer::~MetricsServer() = default;

absl::StatusOr<std::unique_ptr<MetricsServer>> MetricsServer::Start(
    absl::string_view listen, const Registry& registry) {
  absl::StatusOr<rpc::ListenAddress> address = rpc::ParseListenAddress(listen);
  if (!address.ok()) return OfFlag(address.status());
  if (absl::Status bound = rpc::TryToBind(*address); !bound.ok()) {
    return OfFlag(bound);
  }
  // The library tells of faults by exceptions alone.
  try {
    auto exposer = std::make_unique<prometheus::Exposer>(address->ToString());
    exposer->RegisterCollectable(registry.collectable());
    address->port = static_cast<uint16_t>(exposer->GetListeningPorts().at(0));
    return std::unique_ptr<MetricsServer>(
        new MetricsServer(std::move(exposer), address->ToString()));
  } catch (const std::exception& error) {
    return absl::UnavailableError(
        absl::StrCat("--metrics_listen: cannot listen on ", address->ToString(),
                     ": ", error.what()));
  }
}

absl::StatusOr<std::unique_ptr<MetricsServer>> StartAtFlag(
    absl::string_view listen, absl::string_view default_listen,
    const Registry& registry) {
  if (listen.empty()) return nullptr;
  auto server = MetricsServer::Start(listen, registry);
  if (server.ok()) {
    Log(LogLevel::kInfo, "serving metrics",
        {{"metrics_address", (*server)->address()}});
  } else if (absl::IsUnavailable(server.status()) && listen == default_listen) {
    Log(LogLevel::kWarning,
        "no metrics are served, for another process has the default port; set "
        "--metrics_listen",
        {{"error", std::string(server.status().message())}});
    return nullptr;
  }
  return server;
}

}  // namespace attache::metrics
