// What both servers share: their flags, how they listen, say that they are
// well, and stop.
#ifndef ATTACHE_COMMON_RPC_SERVER_H_
#define ATTACHE_COMMON_RPC_SERVER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/metrics/registry.h"
#include "common/rpc/call_limits.h"
#include "common/rpc/health.h"
#include "common/rpc/server_security.h"
#include "grpcpp/grpcpp.h"

namespace attache::rpc {

struct ServerOptions {
  // "127.0.0.1:50051", "[::1]:0"; port 0 takes a free one.
  std::string listen;
  // Permits an address that is not loopback, without TLS.
  bool insecure_listen = false;
  int max_receive_bytes = 4 << 20;
  absl::Duration drain_timeout = absl::Seconds(10);
  // The full names of the services, which health and metrics tell apart.
  std::vector<std::string> service_names = {};
  // Where calls are counted; null for nowhere. Outlives the server.
  metrics::Registry* metrics = nullptr;
  ServerSecurity security = {};
  // Of the Gate, which the services ask themselves.
  CallLimitOptions calls = {};
};

// Whether Start could listen as things are: what an operator got wrong is said
// before anything takes long. INVALID_ARGUMENT for a malformed or refused
// address and as CheckServerSecurity and CheckCallLimits, UNAVAILABLE where the
// port is taken; the message says what to do.
absl::Status CheckListen(const ServerOptions& options);

// A server that listens. Not thread-safe but for RequestStop.
class Server {
 public:
  // Registers the services, health (open to all) and, where they are wanted,
  // reflection and channelz, and listens. The services outlive the server, and
  // ask a Gate themselves. Errors as CheckListen.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      const ServerOptions& options, std::vector<grpc::Service*> services);
  ~Server();

  // Where it listens, with the real port: "127.0.0.1:41873".
  const std::string& address() const;

  // What grpc.health.v1 says: alive, and nothing else until it is told.
  Health& health();

  // Blocks until SIGTERM or SIGINT (or RequestStop), then runs `drain` (tell
  // long streams to go), stops accepting, and ends what is still running after
  // options.drain_timeout. Call once.
  void RunUntilSignal(const std::function<void()>& drain);
  void RequestStop();

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// REQUIRES: called in main before any other thread starts, so that SIGTERM and
// SIGINT reach RunUntilSignal alone. A limit on the size of files (ulimit -f)
// then fails the write, as a full disk does, and does not end the process.
void BlockStopSignals();

// Whether SIGTERM or SIGINT came since BlockStopSignals and waits for
// RunUntilSignal: for what takes long before that.
bool StopSignalCame();

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_SERVER_H_
