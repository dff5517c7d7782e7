// Who waits for which revision.
#ifndef ATTACHE_QUERY_SERVICE_INDEX_REVISION_WAITERS_H_
#define ATTACHE_QUERY_SERVICE_INDEX_REVISION_WAITERS_H_

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <utility>

#include "absl/time/time.h"

namespace attache {

// Thread-safe. Standard mutexes, not Abseil's: ThreadSanitizer does not see
// through the ones of an Abseil that was built without it.
class RevisionWaiters {
 public:
  // `revision` is published. Wakes Wait and calls what waits in Notify.
  void Advance(int64_t revision);

  bool Wait(int64_t revision, absl::Time deadline);

  uint64_t Notify(int64_t revision, std::function<void()> done);
  void Cancel(uint64_t id);

 private:
  std::mutex mutex_;
  std::condition_variable advanced_;
  int64_t revision_ = 0;
  uint64_t last_id_ = 0;
  // By id: few wait at a time.
  std::map<uint64_t, std::pair<int64_t, std::function<void()>>> waiting_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_INDEX_REVISION_WAITERS_H_
