// The logs of the libraries beneath the servers.
#ifndef ATTACHE_COMMON_RPC_LIBRARY_LOGS_H_
#define ATTACHE_COMMON_RPC_LIBRARY_LOGS_H_

namespace attache::rpc {

// Sends what gRPC and Protobuf would write to standard error through Log, so
// that every line there is JSON. Call before gRPC is used; once is enough.
void RouteLibraryLogs();

// Drops them, for a command whose errors say what there is to say; not where
// GRPC_VERBOSITY asks for them. Otherwise as above.
void DropLibraryLogs();

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_LIBRARY_LOGS_H_
