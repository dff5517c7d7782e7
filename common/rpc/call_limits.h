// How much each client, and all together, may have the server do.
#ifndef ATTACHE_COMMON_RPC_CALL_LIMITS_H_
#define ATTACHE_COMMON_RPC_CALL_LIMITS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace attache::rpc {

enum class CallKind : uint8_t {
  kUnary,
  kStream,  // lasts as long as its client wants
};

struct CallLimitOptions {
  // Under way at once, of all clients and of one.
  int32_t max_calls = 10'000;
  int32_t max_client_calls = 5'000;
  int32_t max_streams = 24'000;
  int32_t max_client_streams = 12'000;
  // Calls and streams that one client may begin in a second, after a pause as
  // many at once; 0 for no limit.
  int32_t client_calls_per_second = 0;
};

// INVALID_ARGUMENT names the flag of an option that is not positive
// (--client_calls_per_second: negative).
absl::Status CheckCallLimits(const CallLimitOptions& options);

// Counts calls, and fills a bucket of tokens for each client. Thread-safe; one
// short critical section a call. Memory: of clients that have something under
// way or began something lately.
class CallLimits {
 public:
  explicit CallLimits(const CallLimitOptions& options);

  // Counts a call of `client` until the last copy of what it returns is gone,
  // which may be after the limits are. RESOURCE_EXHAUSTED with a RetryInfo:
  // TOO_MANY_STREAMS for a stream, RATE_LIMITED else.
  absl::StatusOr<std::shared_ptr<void>> Begin(const std::string& client,
                                              CallKind kind, absl::Time now);

  // Those that it remembers something of.
  size_t clients() const;

 private:
  struct Load;
  const std::shared_ptr<Load> load_;
};

}  // namespace attache::rpc

#endif  // ATTACHE_COMMON_RPC_CALL_LIMITS_H_
