// TLS of a server whose certificate, key and client CA may be replaced on disk.
#ifndef ATTACHE_COMMON_RPC_RELOADED_TLS_H_
#define ATTACHE_COMMON_RPC_RELOADED_TLS_H_

#include <memory>

#include "absl/status/statusor.h"
#include "common/rpc/server_security.h"
#include "common/rpc/tls_files.h"
#include "grpcpp/grpcpp.h"

namespace attache::rpc {

// Errors as ReadTlsFiles. Nothing where no file is named.
absl::StatusOr<TlsMaterial> ReadServerTls(const ServerSecurity& security);

// Looks at the files whenever a client connects, and reads them where they have
// changed. Only a set that ReadTlsFiles accepts is served, so that one which is
// half replaced, or broken, turns nobody away. Errors as ReadTlsFiles.
absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> ReloadedTlsCredentials(
    const ServerSecurity& security);

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_RELOADED_TLS_H_
