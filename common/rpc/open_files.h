// How many files, connections among them, this process may have open.
#ifndef ATTACHE_COMMON_RPC_OPEN_FILES_H_
#define ATTACHE_COMMON_RPC_OPEN_FILES_H_

namespace attache::rpc {

// Takes as many as the system permits (the hard limit): by default it begins
// with 1,024, and gRPC 1.51 gives up a port for good where it cannot accept a
// connection on it. Call once in main, before the server listens.
void AllowOpenFiles();

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_OPEN_FILES_H_
