// Certificates and keys as operators keep them: PEM files.
#ifndef ATTACHE_COMMON_RPC_TLS_FILES_H_
#define ATTACHE_COMMON_RPC_TLS_FILES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace attache::rpc {

// A file and the flag that names it, which errors repeat: "--tls_key".
struct FlagFile {
  std::string flag;
  std::string path;

  bool given() const { return !path.empty(); }
};

// What the files held when they were read.
struct TlsMaterial {
  std::string certificate;  // of this side, with those that issued it; PEM
  std::string key;          // PEM
  std::string ca;           // that the other side is held to; PEM
  absl::Time expires = absl::InfiniteFuture();  // of the certificate
};

// Reads those that are given, and checks that each holds what it should and
// that certificate and key belong together; either both are given or neither.
// INVALID_ARGUMENT names the flag and the file and holds nothing of a key.
absl::StatusOr<TlsMaterial> ReadTlsFiles(const FlagFile& certificate,
                                         const FlagFile& key,
                                         const FlagFile& ca);

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_TLS_FILES_H_
