// Whether anybody still waits for an answer.
#ifndef ATTACHE_QUERY_SERVICE_QUERY_STOP_H_
#define ATTACHE_QUERY_SERVICE_QUERY_STOP_H_

#include <atomic>
#include <functional>
#include <utility>

namespace attache {

// What reads records looks here before each test of one, so that a request
// which nobody waits for any more soon costs nothing. An answer that was
// stopped on the way is wrong and must not be given. Thread-safe.
class Stop {
 public:
  // `wanted` says whether the answer is still wanted; cheap, from any thread.
  explicit Stop(std::function<bool()> wanted) : wanted_(std::move(wanted)) {}

  // Once true, it stays.
  bool Now() const {
    if (!stopped_.load(std::memory_order_relaxed) && !wanted_()) {
      stopped_.store(true, std::memory_order_relaxed);
    }
    return stopped_.load(std::memory_order_relaxed);
  }
  // Whether Now has ever said so.
  bool stopped() const { return stopped_.load(std::memory_order_relaxed); }

 private:
  const std::function<bool()> wanted_;
  mutable std::atomic<bool> stopped_ = false;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_QUERY_STOP_H_
