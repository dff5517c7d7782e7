#include "common/rpc/reloaded_tls.h"

#include <mutex>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/log.h"
#include "common/status_macros.h"
#include "common/watched_file.h"
#include "grpc/grpc.h"
#include "grpc/grpc_security.h"

namespace attache::rpc {
namespace {

void LogServed(const TlsMaterial& material) {
  const bool expired = material.expires < absl::Now();
  Log(expired ? LogLevel::kWarning : LogLevel::kInfo,
      expired ? "the TLS certificate has expired: clients will refuse it"
              : "serving a TLS certificate",
      {{"expires", absl::FormatTime(absl::RFC3339_sec, material.expires,
                                    absl::UTCTimeZone())}});
}

// The files, and what of them is served. Thread-safe.
class TlsFiles {
 public:
  TlsFiles(ServerSecurity security, TlsMaterial material)
      : security_(std::move(security)),
        certificate_(security_.tls_certificate),
        key_(security_.tls_key),
        ca_(security_.tls_client_ca),
        material_(std::move(material)) {
    Changed();
    LogServed(material_);
  }

  // gRPC asks this at the start and with every connection.
  grpc_ssl_certificate_config_reload_status Fetch(
      grpc_ssl_server_certificate_config** config) {
    const std::scoped_lock lock(mutex_);
    if (Changed()) Reload();
    if (served_) return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;
    served_ = true;
    const grpc_ssl_pem_key_cert_pair pair{material_.key.c_str(),
                                          material_.certificate.c_str()};
    // gRPC wants some CA even where it asks no client for a certificate, and
    // then looks at none.
    *config = grpc_ssl_server_certificate_config_create(
        material_.ca.empty() ? material_.certificate.c_str()
                             : material_.ca.c_str(),
        &pair, 1);
    return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
  }

 private:
  // Looks at all three.
  bool Changed() {
    const bool certificate = certificate_.Changed();
    const bool key = key_.Changed();
    const bool ca = !security_.tls_client_ca.empty() && ca_.Changed();
    return certificate || key || ca;
  }

  void Reload() {
    auto read = ReadServerTls(security_);
    if (!read.ok()) {
      Log(LogLevel::kError,
          "cannot use the TLS files as they are now; the last good ones stay",
          {{"reason", std::string(read.status().message())}});
      return;
    }
    material_ = *std::move(read);
    served_ = false;
    LogServed(material_);
  }

  const ServerSecurity security_;
  std::mutex mutex_;
  // Guarded by mutex_.
  WatchedFile certificate_;
  WatchedFile key_;
  WatchedFile ca_;
  TlsMaterial material_;
  bool served_ = false;
};

grpc_ssl_certificate_config_reload_status FetchFrom(
    void* files, grpc_ssl_server_certificate_config** config) {
  return static_cast<TlsFiles*>(files)->Fetch(config);
}

// gRPC's C++ interface has no way to a server's certificates that lets them be
// checked before they are taken; its C interface has.
class Credentials final : public grpc::ServerCredentials {
 public:
  Credentials(grpc_ssl_client_certificate_request_type request,
              ServerSecurity security, TlsMaterial material)
      : files_(std::move(security), std::move(material)),
        credentials_(grpc_ssl_server_credentials_create_with_options(
            grpc_ssl_server_credentials_create_options_using_config_fetcher(
                request, &FetchFrom, &files_))) {}
  ~Credentials() override { grpc_server_credentials_release(credentials_); }

  void SetAuthMetadataProcessor(
      const std::shared_ptr<grpc::AuthMetadataProcessor>& /*processor*/)
      override {}

 private:
  int AddPortToServer(const std::string& address,
                      grpc_server* server) override {
    return grpc_server_add_http2_port(server, address.c_str(), credentials_);
  }

  TlsFiles files_;
  grpc_server_credentials* const credentials_;
};

}  // namespace

absl::StatusOr<TlsMaterial> ReadServerTls(const ServerSecurity& security) {
  return ReadTlsFiles({"--tls_certificate", security.tls_certificate},
                      {"--tls_key", security.tls_key},
                      {"--tls_client_ca", security.tls_client_ca});
}

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> ReloadedTlsCredentials(
    const ServerSecurity& security) {
  ATTACHE_ASSIGN_OR_RETURN(TlsMaterial material, ReadServerTls(security));
  auto request = GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE;
  if (!security.tls_client_ca.empty()) {
    request = security.tls_require_client_certificate
                  ? GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY
                  : GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY;
  }
  return std::make_shared<Credentials>(request, security, std::move(material));
}

}  // namespace attache::rpc
