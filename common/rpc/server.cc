#include "common/rpc/server.h"

#include <cerrno>
#include <cstdint>

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "common/rpc/call_observer.h"
#include "common/rpc/keep_library.h"
#include "common/rpc/listen_address.h"
#include "common/status_macros.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/health_check_service_interface.h"

namespace attache::rpc {
namespace {

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

constexpr absl::Duration kLongestDrain = absl::Hours(1);

// Notices clients that vanished without a word, and lets clients do the same
// on streams that are quiet for long.
void SetKeepalive(grpc::ServerBuilder& builder) {
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(
      GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
}

void ObserveCalls(grpc::ServerBuilder& builder,
                  std::shared_ptr<RpcMetrics> metrics) {
  std::vector<
      std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>>
      observers;
  observers.push_back(
      std::make_unique<CallObserverFactory>(std::move(metrics)));
  builder.experimental().SetInterceptorCreators(std::move(observers));
}

void AddReady(metrics::Registry& registry, std::weak_ptr<const Health> health) {
  registry.AddSource([health = std::move(health)](metrics::Samples& samples) {
    const auto held = health.lock();
    samples.Gauge("attache_ready",
                  "1 where the service is ready, as its health says; else 0.",
                  held != nullptr && held->ready() ? 1 : 0);
  });
}

}  // namespace

absl::Status CheckListen(const ServerOptions& options) {
  if (options.drain_timeout < absl::ZeroDuration() ||
      options.drain_timeout > kLongestDrain) {
    return absl::InvalidArgumentError(
        absl::StrCat("--drain_timeout is not between 0s and ",
                     absl::FormatDuration(kLongestDrain)));
  }
  ATTACHE_ASSIGN_OR_RETURN(const ListenAddress address,
                           ParseListenAddress(options.listen));
  if (!address.is_loopback && !options.insecure_listen) {
    return absl::InvalidArgumentError(absl::StrCat(
        "refusing to listen on ", address.ToString(),
        " without TLS, where others on the network could read and write "
        "everything; listen on a loopback address such as 127.0.0.1:",
        address.port, ", or accept it with --insecure_listen=true"));
  }
  // Tried apart, because gRPC does not say why it cannot listen.
  return TryToBind(address);
}

struct Server::Impl {
  ~Impl() {
    if (stop_event >= 0) close(stop_event);
  }

  std::string address;
  absl::Duration drain_timeout;
  int stop_event = -1;
  std::unique_ptr<grpc::Server> server;
  std::shared_ptr<Health> health;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() {
  impl_->server->Shutdown(std::chrono::system_clock::now());
  impl_->server->Wait();
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    const ServerOptions& options, std::vector<grpc::Service*> services) {
  ATTACHE_RETURN_IF_ERROR(CheckListen(options));
  KeepLibrary();
  ATTACHE_ASSIGN_OR_RETURN(ListenAddress address,
                           ParseListenAddress(options.listen));
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  // Else two servers could share the port, each with half of the clients.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.SetMaxReceiveMessageSize(options.max_receive_bytes);
  SetKeepalive(builder);
  if (options.metrics != nullptr) {
    ObserveCalls(builder,
                 RpcMetrics::Add(*options.metrics, options.service_names));
  }
  for (grpc::Service* service : services) builder.RegisterService(service);
  int port = 0;
  builder.AddListeningPort(address.ToString(),
                           grpc::InsecureServerCredentials(), &port);

  auto impl = std::make_unique<Impl>();
  impl->stop_event = eventfd(0, EFD_CLOEXEC);
  if (impl->stop_event < 0) {
    return absl::ResourceExhaustedError("no file descriptor is left");
  }
  impl->drain_timeout = options.drain_timeout;
  impl->server = builder.BuildAndStart();
  if (impl->server == nullptr) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", address.ToString()));
  }
  impl->health = std::make_shared<Health>(impl->server->GetHealthCheckService(),
                                          options.service_names);
  if (options.metrics != nullptr) AddReady(*options.metrics, impl->health);
  address.port = static_cast<uint16_t>(port);
  impl->address = address.ToString();
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

const std::string& Server::address() const { return impl_->address; }

Health& Server::health() { return *impl_->health; }

void Server::RunUntilSignal(const std::function<void()>& drain) {
  const sigset_t signals = StopSignals();
  const int signal_fd = signalfd(-1, &signals, SFD_CLOEXEC);
  pollfd waits[] = {{.fd = impl_->stop_event, .events = POLLIN, .revents = 0},
                    {.fd = signal_fd, .events = POLLIN, .revents = 0}};
  while (poll(waits, 2, -1) < 0 && errno == EINTR) {
  }
  // What ended the wait is taken, so that it ends nothing else afterwards.
  if ((waits[1].revents & POLLIN) != 0) {
    signalfd_siginfo taken;
    [[maybe_unused]] const ssize_t size =
        read(signal_fd, &taken, sizeof(taken));
  }
  if (signal_fd >= 0) close(signal_fd);

  health().Drain();
  drain();
  impl_->server->Shutdown(std::chrono::system_clock::now() +
                          absl::ToChronoMilliseconds(impl_->drain_timeout));
  impl_->server->Wait();
}

void Server::RequestStop() {
  const uint64_t one = 1;
  [[maybe_unused]] const ssize_t size =
      write(impl_->stop_event, &one, sizeof(one));
}

void BlockStopSignals() {
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGXFSZ, SIG_IGN);
}

}  // namespace attache::rpc
