#include "common/random_bytes.h"

#include <unistd.h>

namespace attache {

absl::StatusOr<std::string> RandomBytes(size_t count) {
  std::string bytes(count, '\0');
  if (getentropy(bytes.data(), count) != 0) {
    return absl::InternalError("the system gives no random bytes");
  }
  return bytes;
}

}  // namespace attache
