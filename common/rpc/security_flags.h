// The flags of both servers that say who may connect and what they may do.
#ifndef ATTACHE_COMMON_RPC_SECURITY_FLAGS_H_
#define ATTACHE_COMMON_RPC_SECURITY_FLAGS_H_

#include "common/rpc/server_security.h"

namespace attache::rpc {

// As the flags --tls_certificate, --tls_key, --tls_client_ca,
// --tls_require_client_certificate, --access_file, --reflection and --channelz
// have it.
ServerSecurity SecurityFromFlags();

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_SECURITY_FLAGS_H_
