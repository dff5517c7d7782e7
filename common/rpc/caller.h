// What a call says of who makes it.
#ifndef ATTACHE_COMMON_RPC_CALLER_H_
#define ATTACHE_COMMON_RPC_CALLER_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/access/access_list.h"
#include "common/access/token.h"
#include "grpcpp/grpcpp.h"

namespace attache::rpc {

// Of the token in "Bearer TOKEN"; an authorization of any other form counts as
// a token that nobody has.
TokenDigest DigestOfAuthorization(absl::string_view authorization);

// The token is that of the header "authorization". The names are the DNS names
// and the URIs of a certificate that TLS has verified or, where it has none,
// the common name.
Credentials CredentialsOf(const grpc::ServerContextBase& context);

// Where a call comes from, by gRPC's name for the peer, such as
// "ipv6:%5B2001:db8::1%5D:41873": without the port, which is another for every
// connection, and of an IPv6 address the first 64 bits, since a host may have
// as many as it likes of the rest.
std::string AddressOf(absl::string_view peer);

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_CALLER_H_
