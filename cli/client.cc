#include "cli/client.h"

#include <algorithm>
#include <chrono>
#include <initializer_list>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/rpc/keep_library.h"
#include "common/rpc/library_logs.h"
#include "common/rpc/status.h"

namespace attache::cli {
namespace {

constexpr std::chrono::seconds kTimeout{60};
constexpr int kMaxReceiveBytes = 64 << 20;

bool HasAny(absl::string_view message,
            std::initializer_list<absl::string_view> signs) {
  return std::any_of(signs.begin(), signs.end(),
                     [message](absl::string_view sign) {
                       return absl::StrContains(message, sign);
                     });
}

// It is the connection that failed: as gRPC words it, for want of a listener,
// or because one side speaks TLS and the other does not, or one does not trust
// the other.
absl::Status UnreachableError(absl::string_view message,
                              absl::string_view service,
                              const std::string& address) {
  const std::string said = absl::AsciiStrToLower(message);
  const std::string cannot =
      absl::StrCat("cannot reach the ", service, " at ", address, ": ");
  if (HasAny(said, {"handshake", "ssl"})) {
    return absl::UnavailableError(absl::StrCat(
        cannot,
        "no TLS between the two; --tls-ca says who issued its certificate, "
        "--tls-server-name the name in it, --tls-certificate and --tls-key are "
        "your own, where it asks for one (",
        message, ")"));
  }
  const bool hung_up =
      HasAny(said, {"socket closed", "reset by peer", "broken pipe"});
  if (hung_up || HasAny(said, {"parsing http/2", "http1.x"})) {
    return absl::UnavailableError(absl::StrCat(
        cannot, hung_up ? "it hung up" : "what it answers is not gRPC",
        "; where it uses TLS, give --tls-ca, and --tls-certificate and "
        "--tls-key where it asks for them"));
  }
  if (service != kIngestor && service != kQueryService) {
    return absl::UnavailableError(
        absl::StrCat(cannot, "nothing answers there"));
  }
  return absl::UnavailableError(absl::StrCat(
      cannot, "start ",
      service == kIngestor ? "attache-ingestor" : "attache-query",
      " or name its address with ",
      service == kIngestor ? "--ingestor" : "--query", " HOST:PORT"));
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::Channel>> Connect(
    const Addresses& addresses, const std::string& address) {
  rpc::DropLibraryLogs();
  rpc::KeepLibrary();
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxReceiveBytes);
  arguments.SetUserAgentPrefix("attache-cli");
  // A service that starts again is found soon, one that vanished without a word
  // is noticed.
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2'000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 30'000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
  return rpc::OpenChannel(address, addresses.security, arguments);
}

std::unique_ptr<grpc::ClientContext> NewContext() {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + kTimeout);
  return context;
}

absl::Status ServiceError(const grpc::Status& status, absl::string_view service,
                          const std::string& address) {
  absl::Status error = rpc::FromGrpcStatus(status);
  if (absl::IsUnauthenticated(error)) {
    return absl::UnauthenticatedError(absl::StrCat(
        "the ", service, " at ", address, " refused: ", error.message(),
        "; give a token with --token-file or ATTACHE_TOKEN, or a certificate "
        "with --tls-certificate and --tls-key"));
  }
  if (absl::IsPermissionDenied(error)) {
    return absl::PermissionDeniedError(absl::StrCat(
        "the ", service, " at ", address, " refused: ", error.message()));
  }
  if (error.ok() || DetailsOf(error).has_value()) return error;
  // Without details it is the connection that failed, not the service that
  // refused.
  if (absl::IsUnavailable(error)) {
    return UnreachableError(error.message(), service, address);
  }
  if (error.code() == absl::StatusCode::kDeadlineExceeded) {
    return absl::DeadlineExceededError(
        absl::StrCat("the ", service, " at ", address,
                     " did not answer in time: look at its log, or try again"));
  }
  return absl::Status(error.code(),
                      absl::StrCat("the ", service, " at ", address,
                                   " answered: ", error.message()));
}

bool IsPassing(const grpc::Status& status) {
  return status.error_code() == grpc::StatusCode::UNAVAILABLE ||
         status.error_code() == grpc::StatusCode::CANCELLED;
}

absl::Duration RetryDelayOf(const grpc::Status& status) {
  const auto details = DetailsOf(rpc::FromGrpcStatus(status));
  return details && details->retry_delay ? *details->retry_delay
                                         : absl::ZeroDuration();
}

}  // namespace attache::cli
