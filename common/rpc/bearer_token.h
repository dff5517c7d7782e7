// The token that a client sends with its calls.
#ifndef ATTACHE_COMMON_RPC_BEARER_TOKEN_H_
#define ATTACHE_COMMON_RPC_BEARER_TOKEN_H_

#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/tls_files.h"
#include "common/watched_file.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/support/client_interceptor.h"

namespace attache::rpc {

// Thread-safe.
class TokenSource {
 public:
  // INVALID_ARGUMENT where the file cannot be read or holds no token as
  // ReadToken has it; says which flag and not what it holds.
  static absl::StatusOr<std::shared_ptr<TokenSource>> OfFile(
      const FlagFile& file);
  // Likewise, of a text that `flag` gives.
  static absl::StatusOr<std::shared_ptr<TokenSource>> Of(
      absl::string_view text, absl::string_view flag);

  // The file's, as it is now; where it is of no use, the last that was.
  std::string Current();

 private:
  explicit TokenSource(const FlagFile& file) : flag_(file), file_(file.path) {}
  absl::StatusOr<std::string> ReadFile() const;

  const FlagFile flag_;
  std::mutex mutex_;
  WatchedFile file_;   // guarded by mutex_
  std::string token_;  // guarded by mutex_
};

// Puts "authorization: Bearer TOKEN" into every call of a channel.
std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>
SendToken(std::shared_ptr<TokenSource> source);

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_BEARER_TOKEN_H_
