// The logs of the libraries beneath the servers.
#ifndef ATTACHE_COMMON_RPC_LIBRARY_LOGS_H_
#define ATTACHE_COMMON_RPC_LIBRARY_LOGS_H_

namespace attache::rpc {

// Sends what gRPC and Protobuf would write to standard error through Log, so
// that every line there is JSON. Call before gRPC is used; once is enough.
void RouteLibraryLogs();

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_LIBRARY_LOGS_H_
