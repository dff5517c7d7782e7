// Notices when a store takes no writes, mostly for its disk, and when it does
// again.
#ifndef ATTACHE_COMMON_STORE_DISK_MONITOR_H_
#define ATTACHE_COMMON_STORE_DISK_MONITOR_H_

#include <functional>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace attache::store {

struct DiskMonitorOptions {
  // How often a write is tried: while all is well, so that an idle service
  // notices a full disk, and while it is not, for nobody else may try then.
  absl::Duration interval = absl::Seconds(5);
  absl::Duration interval_while_refusing = absl::Seconds(1);
};

// Report may come from any thread and at any time; Start and Stop are for one.
class DiskMonitor {
 public:
  DiskMonitor() = default;
  ~DiskMonitor() { Stop(); }

  // From now on, on a thread of its own: `try_write` makes a small write
  // durable, by the way that others take, and `changed` is told whenever that
  // begins to fail (why) or succeeds again (OK); the log says so too. At
  // first it is taken to succeed. Call once.
  void Start(std::function<absl::Status()> try_write,
             std::function<void(const absl::Status&)> changed,
             const DiskMonitorOptions& options = {});
  // Waits for what of both is running; neither is called afterwards.
  void Stop();

  // What became of a write of somebody else. Never blocks for long. Only that
  // the disk refused it tells anything: other errors may be of that write, and
  // with success it may be that nothing had to be written.
  void Report(const absl::Status& status);

 private:
  void Run();
  bool HasNews() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return stopping_ || (!refusal_.ok() && !refusing_);
  }

  // Of the thread, once it runs.
  std::function<absl::Status()> try_write_;
  std::function<void(const absl::Status&)> changed_;
  DiskMonitorOptions options_;
  absl::Mutex mutex_;
  bool refusing_ ABSL_GUARDED_BY(mutex_) = false;
  // Of a write of somebody else, since the last look at it.
  absl::Status refusal_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace attache::store

#endif  // ATTACHE_COMMON_STORE_DISK_MONITOR_H_
