// The streams of a service that last, so that they can be told to go.
#ifndef ATTACHE_QUERY_SERVICE_SERVICE_OPEN_STREAMS_H_
#define ATTACHE_QUERY_SERVICE_SERVICE_OPEN_STREAMS_H_

#include <memory>

#include "absl/container/flat_hash_set.h"
#include "absl/synchronization/mutex.h"

namespace attache {

// Keeps each stream alive from Add to Remove. Thread-safe.
class OpenStreams {
 public:
  class Stream {
   public:
    virtual ~Stream() = default;
    // The service is about to stop. May come at any time after Add and more
    // than once.
    virtual void Drain() = 0;
  };

  // One that comes after Drain is told at once.
  void Add(std::shared_ptr<Stream> stream);
  void Remove(const std::shared_ptr<Stream>& stream);
  void Drain();

 private:
  absl::Mutex mutex_;
  absl::flat_hash_set<std::shared_ptr<Stream>> streams_ ABSL_GUARDED_BY(mutex_);
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_SERVICE_OPEN_STREAMS_H_
