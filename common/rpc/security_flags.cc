#include "common/rpc/security_flags.h"

#include <string>

#include "absl/flags/flag.h"

ABSL_FLAG(std::string, tls_certificate, "",
          "PEM file of the server's certificate, followed by those that issued "
          "it; empty for no TLS. Replaced on disk, it is served without a "
          "restart, as are the other files");
ABSL_FLAG(std::string, tls_key, "", "PEM file of the certificate's key");
ABSL_FLAG(std::string, tls_client_ca, "",
          "PEM file of the certificates that issue clients theirs; empty asks "
          "clients for none");
ABSL_FLAG(bool, tls_require_client_certificate, true,
          "with --tls_client_ca: turn away clients without a certificate; "
          "false where a token may stand for it");
ABSL_FLAG(std::string, access_file, "",
          "file of who may do what, a line each: NAME ROLES sha256:HEX or "
          "certificate:NAME (`attache token` makes one); empty lets everybody "
          "do everything");
ABSL_FLAG(bool, reflection, true,
          "let clients ask which RPCs there are; with --access_file only where "
          "all clients must have a certificate");
ABSL_FLAG(bool, channelz, false,
          "let clients look at connections and calls; with --access_file only "
          "where all clients must have a certificate");

namespace attache::rpc {

ServerSecurity SecurityFromFlags() {
  ServerSecurity security;
  security.tls_certificate = absl::GetFlag(FLAGS_tls_certificate);
  security.tls_key = absl::GetFlag(FLAGS_tls_key);
  security.tls_client_ca = absl::GetFlag(FLAGS_tls_client_ca);
  security.tls_require_client_certificate =
      absl::GetFlag(FLAGS_tls_require_client_certificate);
  security.access_file = absl::GetFlag(FLAGS_access_file);
  security.reflection = absl::GetFlag(FLAGS_reflection);
  security.channelz = absl::GetFlag(FLAGS_channelz);
  return security;
}

}  // namespace attache::rpc
