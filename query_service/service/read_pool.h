// The threads that answer what is asked for by a filter.
#ifndef ATTACHE_QUERY_SERVICE_SERVICE_READ_POOL_H_
#define ATTACHE_QUERY_SERVICE_SERVICE_READ_POOL_H_

#include <cstddef>
#include <functional>

#include "absl/status/status.h"
#include "common/worker_threads.h"

namespace attache {

// A filter may have to read every record. gRPC has few threads, and they carry
// every other call and the word that a client is gone; so such work is done
// here. Thread-safe.
class ReadPool {
 public:
  // One thread a core, two at least.
  ReadPool();
  explicit ReadPool(size_t threads, size_t max_waiting = 1000)
      : max_waiting_(max_waiting), threads_(threads) {}

  // `read` is called once, on one of the threads, in turn. RESOURCE_EXHAUSTED
  // RATE_LIMITED with a RetryInfo, and it never is, where too many wait.
  absl::Status Run(std::function<void()> read);
  // Reads that have not begun.
  size_t waiting() const { return threads_.waiting(); }

 private:
  const size_t max_waiting_;
  WorkerThreads threads_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_SERVICE_READ_POOL_H_
