#include "common/rpc/keep_library.h"

#include "grpc/grpc.h"

namespace attache::rpc {

void KeepLibrary() {
  [[maybe_unused]] static const bool kKept = (grpc_init(), true);
}

}  // namespace attache::rpc
