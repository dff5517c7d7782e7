// The threads that parse.
#ifndef ATTACHE_INGESTOR_SERVICE_PARSE_POOL_H_
#define ATTACHE_INGESTOR_SERVICE_PARSE_POOL_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace attache {

// Tasks start in the order in which they come. Thread-safe.
class ParsePool {
 public:
  explicit ParsePool(int threads);
  // Runs what waits, then ends.
  ~ParsePool();

  // Callers bound what they have in flight.
  void Run(std::function<void()> task);

  // Tasks that have not started.
  int64_t waiting() const;

  // Waits until nothing runs and nothing waits; false where that takes longer
  // than `timeout`.
  bool AwaitIdle(absl::Duration timeout);

 private:
  void Work();
  bool HasWork() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return stopping_ || !waiting_.empty();
  }

  mutable absl::Mutex mutex_;
  std::deque<std::function<void()>> waiting_ ABSL_GUARDED_BY(mutex_);
  bool IsIdle() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return running_ == 0 && waiting_.empty();
  }
  int running_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_SERVICE_PARSE_POOL_H_
