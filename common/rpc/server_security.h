// How a server proves itself, and what it asks of those who connect.
#ifndef ATTACHE_COMMON_RPC_SERVER_SECURITY_H_
#define ATTACHE_COMMON_RPC_SERVER_SECURITY_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "grpcpp/grpcpp.h"

namespace attache::rpc {

struct ServerSecurity {
  // PEM files; empty for no TLS.
  std::string tls_certificate;
  std::string tls_key;
  // Whose certificates clients may present; empty asks for none.
  std::string tls_client_ca;
  // With tls_client_ca: whether a client without a certificate is turned away.
  bool tls_require_client_certificate = true;
  // See AccessList; empty lets everybody do everything. Asked by the Gate of
  // the services.
  std::string access_file;
  // What the server tells of itself. With an access file only where every
  // client must have a certificate, for no role guards them.
  bool reflection = true;
  bool channelz = false;

  bool has_tls() const { return !tls_certificate.empty(); }
  bool every_client_has_certificate() const {
    return !tls_client_ca.empty() && tls_require_client_certificate;
  }
  bool may_describe_itself() const {
    return access_file.empty() || every_client_has_certificate();
  }
};

// Whether the options go together and the files can be used. INVALID_ARGUMENT
// names the flag at fault and holds nothing of a key or a token.
absl::Status CheckServerSecurity(const ServerSecurity& security);

// Without TLS where no certificate is named. The files are read again when they
// have changed, at the next connection; what cannot be used then is logged
// once, and the last good ones stay. Errors as CheckServerSecurity.
absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> MakeServerCredentials(
    const ServerSecurity& security);

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_SERVER_SECURITY_H_
