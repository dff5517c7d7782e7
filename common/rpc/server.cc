#include "common/rpc/server.h"

#include <cerrno>
#include <cstdint>
#include <string>
#include <utility>

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "common/log.h"
#include "common/rpc/call_observer.h"
#include "common/rpc/keep_library.h"
#include "common/rpc/listen_address.h"
#include "common/status_macros.h"
#include "grpcpp/ext/channelz_service_plugin.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/impl/server_builder_option.h"
#include "grpcpp/impl/server_builder_plugin.h"

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

// Once linked, reflection is a plugin of every server, and once initialized so
// is channelz: those that are not wanted are taken out by their names.
class SelfDescription final : public grpc::ServerBuilderOption {
 public:
  SelfDescription(bool reflection, bool channelz)
      : reflection_(reflection), channelz_(channelz) {}

  void UpdateArguments(grpc::ChannelArguments* /*arguments*/) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>*
                         plugins) override {
    std::erase_if(*plugins, [this](const auto& plugin) {
      const std::string name = plugin->name();
      return (name == "proto_server_reflection" && !reflection_) ||
             (name == "channelz_service" && !channelz_);
    });
  }

 private:
  const bool reflection_;
  const bool channelz_;
};

// A builder has the plugins of when it is made.
void InitSelfDescription(const ServerSecurity& security) {
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  if (security.channelz) {
    grpc::channelz::experimental::InitChannelzService();
  }
}

void DescribeItself(const ServerSecurity& security,
                    grpc::ServerBuilder& builder) {
  const bool reflection = security.reflection && security.may_describe_itself();
  if (security.reflection && !reflection) {
    Log(LogLevel::kInfo,
        "reflection is off: with an access file it is for servers whose "
        "clients must all have a certificate");
  }
  builder.SetOption(
      std::make_unique<SelfDescription>(reflection, security.channelz));
}

// To everybody who reaches it, and not from this machine alone.
void WarnWhereOpen(const ListenAddress& address,
                   const ServerSecurity& security) {
  if (address.is_loopback || !security.access_file.empty() ||
      security.every_client_has_certificate()) {
    return;
  }
  Log(LogLevel::kWarning,
      "everybody who reaches this address may read and write: there is "
      "neither --access_file nor --tls_client_ca",
      {{"address", address.ToString()}});
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
  if (!address.is_loopback && !options.security.has_tls() &&
      !options.insecure_listen) {
    return absl::InvalidArgumentError(absl::StrCat(
        "refusing to listen on ", address.ToString(),
        " without TLS, where others on the network could read ",
        options.security.access_file.empty() ? "and write everything"
                                             : "everything, tokens included",
        "; give --tls_certificate and --tls_key, listen on a loopback address "
        "such as 127.0.0.1:",
        address.port, ", or accept it with --insecure_listen=true"));
  }
  ATTACHE_RETURN_IF_ERROR(CheckServerSecurity(options.security));
  ATTACHE_RETURN_IF_ERROR(CheckCallLimits(options.calls));
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
  // gRPC asks them for certificates as long as the server is there.
  std::shared_ptr<grpc::ServerCredentials> credentials;
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
  ATTACHE_ASSIGN_OR_RETURN(auto credentials,
                           MakeServerCredentials(options.security));
  InitSelfDescription(options.security);
  grpc::ServerBuilder builder;
  // Else two servers could share the port, each with half of the clients.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.SetMaxReceiveMessageSize(options.max_receive_bytes);
  SetKeepalive(builder);
  if (options.metrics != nullptr) {
    ObserveCalls(builder,
                 RpcMetrics::Add(*options.metrics, options.service_names));
  }
  DescribeItself(options.security, builder);
  WarnWhereOpen(address, options.security);
  for (grpc::Service* service : services) builder.RegisterService(service);
  int port = 0;
  builder.AddListeningPort(address.ToString(), credentials, &port);

  auto impl = std::make_unique<Impl>();
  impl->credentials = std::move(credentials);
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

bool StopSignalCame() {
  sigset_t pending;
  if (sigpending(&pending) != 0) return false;
  return sigismember(&pending, SIGTERM) == 1 ||
         sigismember(&pending, SIGINT) == 1;
}

}  // namespace attache::rpc
