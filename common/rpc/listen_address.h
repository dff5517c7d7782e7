// The addresses that a server may be told to listen on.
#ifndef ATTACHE_COMMON_RPC_LISTEN_ADDRESS_H_
#define ATTACHE_COMMON_RPC_LISTEN_ADDRESS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace attache::rpc {

struct ListenAddress {
  std::string host;  // a literal address, without brackets
  bool is_ipv6 = false;
  bool is_loopback = false;
  uint16_t port = 0;

  // "127.0.0.1:50051", "[::1]:50051".
  std::string ToString() const;
};

// "127.0.0.1:50051", "[::1]:0" or "localhost:50051", which stands for
// 127.0.0.1. Names are not resolved, so that what a server is open to is
// written where it is set. INVALID_ARGUMENT says what is expected.
absl::StatusOr<ListenAddress> ParseListenAddress(absl::string_view text);

// Whether a socket can be bound there now. UNAVAILABLE or INVALID_ARGUMENT says
// why not and what to do.
absl::Status TryToBind(const ListenAddress& address);

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_LISTEN_ADDRESS_H_
