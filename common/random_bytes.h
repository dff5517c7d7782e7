// Bytes that nobody can guess.
#ifndef ATTACHE_COMMON_RANDOM_BYTES_H_
#define ATTACHE_COMMON_RANDOM_BYTES_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"

namespace attache {

// From the system; at most 256. INTERNAL where it gives none.
absl::StatusOr<std::string> RandomBytes(size_t count);

}  // namespace attache

#endif  // ATTACHE_COMMON_RANDOM_BYTES_H_
