// gRPC's own end, which may take long.
#ifndef ATTACHE_COMMON_RPC_KEEP_LIBRARY_H_
#define ATTACHE_COMMON_RPC_KEEP_LIBRARY_H_

namespace attache::rpc {

// Keeps gRPC from being shut down before the process ends. It shuts itself down
// with the last channel or server, and then waits for threads of its own that
// may sleep for 10 s where much was written: a process would seem to hang when
// all is done. Call before gRPC is used; again does no harm.
void KeepLibrary();

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_KEEP_LIBRARY_H_
