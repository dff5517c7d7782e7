#include "common/rpc/channel.h"

#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/rpc/bearer_token.h"
#include "common/rpc/listen_address.h"
#include "common/status_macros.h"
#include "grpcpp/security/tls_certificate_provider.h"
#include "grpcpp/security/tls_credentials_options.h"

namespace attache::rpc {
namespace {

constexpr unsigned int kRefreshSeconds = 1;

// A name that is resolved may be anywhere, "localhost" apart.
bool IsLoopback(absl::string_view address) {
  if (absl::ConsumePrefix(&address, "unix:")) return true;
  const auto parsed = ParseListenAddress(address);
  return parsed.ok() && parsed->is_loopback;
}

absl::Status NeedsTls(const std::string& flag, const FlagFile& ca) {
  return absl::InvalidArgumentError(
      absl::StrCat(flag, " needs TLS, which ", ca.flag,
                   " turns on: the certificates that the service's is issued "
                   "by, in PEM form"));
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> MakeCredentials(
    const ChannelSecurity& security) {
  if (!security.tls_ca.given()) {
    for (const FlagFile& file : {security.tls_certificate, security.tls_key}) {
      if (file.given()) return NeedsTls(file.flag, security.tls_ca);
    }
    if (!security.tls_server_name.empty()) {
      return NeedsTls(security.tls_server_name_flag, security.tls_ca);
    }
    return grpc::InsecureChannelCredentials();
  }
  ATTACHE_RETURN_IF_ERROR(
      ReadTlsFiles(security.tls_certificate, security.tls_key, security.tls_ca)
          .status());
  grpc::experimental::TlsChannelCredentialsOptions options;
  options.set_certificate_provider(
      std::make_shared<grpc::experimental::FileWatcherCertificateProvider>(
          security.tls_key.path, security.tls_certificate.path,
          security.tls_ca.path, kRefreshSeconds));
  options.watch_root_certs();
  if (security.tls_certificate.given()) options.watch_identity_key_cert_pairs();
  return grpc::experimental::TlsCredentials(options);
}

absl::StatusOr<std::shared_ptr<TokenSource>> MakeTokenSource(
    const ChannelSecurity& security) {
  if (security.token_file.given()) {
    return TokenSource::OfFile(security.token_file);
  }
  return TokenSource::Of(security.token, security.token_flag);
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::Channel>> OpenChannel(
    const std::string& address, const ChannelSecurity& security,
    grpc::ChannelArguments arguments) {
  // A proxy of the environment would be asked for its own loopback, and be
  // given a token that is meant for nobody beyond this machine.
  if (IsLoopback(address)) arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  ATTACHE_ASSIGN_OR_RETURN(const auto credentials, MakeCredentials(security));
  if (!security.tls_server_name.empty()) {
    arguments.SetSslTargetNameOverride(security.tls_server_name);
  }
  if (!security.token_file.given() && security.token.empty()) {
    return grpc::CreateCustomChannel(address, credentials, arguments);
  }
  const std::string& flag = security.token_file.given()
                                ? security.token_file.flag
                                : security.token_flag;
  if (!security.tls_ca.given() && !IsLoopback(address)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "refusing to send the token of ", flag, " to ", address,
        " without TLS, where others on the network could read it; ",
        security.tls_ca.flag, " turns TLS on"));
  }
  ATTACHE_ASSIGN_OR_RETURN(auto source, MakeTokenSource(security));
  std::vector<
      std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>>
      interceptors;
  interceptors.push_back(SendToken(std::move(source)));
  return grpc::experimental::CreateCustomChannelWithInterceptors(
      address, credentials, arguments, std::move(interceptors));
}

}  // namespace attache::rpc
