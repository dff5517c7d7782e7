#include "common/rpc/server_security.h"

#include <utility>

#include "common/access/access_file.h"
#include "common/rpc/reloaded_tls.h"
#include "common/status_macros.h"

namespace attache::rpc {

absl::Status CheckServerSecurity(const ServerSecurity& security) {
  if (!security.has_tls() && !security.tls_client_ca.empty()) {
    return absl::InvalidArgumentError(
        "--tls_client_ca needs --tls_certificate and --tls_key: without TLS "
        "no client can show a certificate");
  }
  if (security.channelz && !security.may_describe_itself()) {
    return absl::InvalidArgumentError(
        "--channelz=true with --access_file needs --tls_client_ca, and "
        "certificates of all clients: channelz asks for no role, and anybody "
        "who connects could use it");
  }
  ATTACHE_RETURN_IF_ERROR(ReadServerTls(security).status());
  if (!security.access_file.empty()) {
    if (auto file = AccessFile::Open(security.access_file); !file.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--access_file: ", file.status().message()));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> MakeServerCredentials(
    const ServerSecurity& security) {
  if (!security.has_tls()) return grpc::InsecureServerCredentials();
  return ReloadedTlsCredentials(security);
}

}  // namespace attache::rpc
