// Channels to a service: with TLS or not, with a token or not.
#ifndef ATTACHE_COMMON_RPC_CHANNEL_H_
#define ATTACHE_COMMON_RPC_CHANNEL_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/rpc/tls_files.h"
#include "grpcpp/grpcpp.h"

namespace attache::rpc {

// How a client proves itself, and whom it trusts. Files name their flags, for
// errors.
struct ChannelSecurity {
  // Who must have issued the service's certificate; without it there is no TLS.
  FlagFile tls_ca;
  // The client's own, where the service asks for one.
  FlagFile tls_certificate;
  FlagFile tls_key;
  // The name in the service's certificate, where it is not the address's host.
  std::string tls_server_name;
  std::string tls_server_name_flag;
  // Holds the token. Where no file is named, `token` is it; empty for none.
  FlagFile token_file;
  std::string token;
  std::string token_flag;
};

// A channel that connects when it is used. Files are read again when they have
// changed; a token file that cannot be read then is logged once, and the last
// token stays. INVALID_ARGUMENT, naming the flag, where a file cannot be used,
// or where a token would be readable on the network: without TLS it is sent to
// a loopback address alone. No message holds anything of a token or key.
absl::StatusOr<std::shared_ptr<grpc::Channel>> OpenChannel(
    const std::string& address, const ChannelSecurity& security,
    grpc::ChannelArguments arguments);

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_CHANNEL_H_
