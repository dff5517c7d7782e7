// The threads that answer what is asked for by a filter.
#ifndef ATTACHE_QUERY_SERVICE_SERVICE_READ_POOL_H_
#define ATTACHE_QUERY_SERVICE_SERVICE_READ_POOL_H_

#include <cstddef>
#include <functional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/worker_threads.h"

namespace attache {

// A filter may have to read every record. gRPC has few threads, and they carry
// every other call and the word that a client is gone; so such work is done
// here. Thread-safe.
class ReadPool {
 public:
  struct Options {
    size_t threads = 0;  // 0: one a core, two at least
    size_t max_waiting = 1000;
    absl::Duration max_wait = absl::Seconds(2);
  };

  ReadPool();
  explicit ReadPool(const Options& options);

  // `read` is called once: on one of the threads, in turn, with OK. Or with
  // RESOURCE_EXHAUSTED RATE_LIMITED and a RetryInfo, to be told to the client:
  // at once where too many wait, and in its turn where that has come too late,
  // so that under more than can be done what is done is done in time.
  void Run(std::function<void(const absl::Status& turn)> read);
  // Reads that have not begun.
  size_t waiting() const { return threads_.waiting(); }

 private:
  const Options options_;
  WorkerThreads threads_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_SERVICE_READ_POOL_H_
