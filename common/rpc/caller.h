// What a call says of who makes it.
#ifndef ATTACHE_COMMON_RPC_CALLER_H_
#define ATTACHE_COMMON_RPC_CALLER_H_

#include <string>

#include "common/access/access_list.h"
#include "grpcpp/grpcpp.h"

namespace attache::rpc {

// The token of "authorization: Bearer TOKEN"; an authorization of any other
// form counts as a token that nobody has. The names are the DNS names, the URIs
// of a certificate that TLS has verified, or, where it has none, the common
// name.
Credentials CredentialsOf(const grpc::ServerContextBase& context);

// Where the call comes from, without the port, which is another for every
// connection, and of an IPv6 address the first 64 bits, since a host may have
// as many as it likes of the rest.
std::string AddressOf(const grpc::ServerContextBase& context);

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_CALLER_H_
