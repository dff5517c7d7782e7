#include "common/store/disk_monitor.h"

#include <utility>

#include "common/error.h"

namespace attache::store {
namespace {

bool IsRefusal(const absl::Status& status) {
  const auto details = DetailsOf(status);
  return details &&
         details->reason == ReasonName(v1::ERROR_REASON_DISK_REFUSES_WRITES);
}

}  // namespace

void DiskMonitor::Start(std::function<absl::Status()> try_write,
                        std::function<void(bool takes_writes)> changed,
                        const DiskMonitorOptions& options) {
  try_write_ = std::move(try_write);
  changed_ = std::move(changed);
  options_ = options;
  thread_ = std::thread([this] { Run(); });
}

void DiskMonitor::Stop() {
  {
    const absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

void DiskMonitor::Report(const absl::Status& status) {
  if (status.ok() || !IsRefusal(status)) return;
  const absl::MutexLock lock(&mutex_);
  was_refused_ = true;
}

void DiskMonitor::Run() {
  bool refusing = false;
  while (true) {
    bool was_refused = false;
    {
      const absl::MutexLock lock(&mutex_);
      mutex_.AwaitWithTimeout(
          absl::Condition(this, &DiskMonitor::HasNews),
          refusing ? options_.interval_while_refusing : options_.interval);
      if (stopping_) return;
      was_refused = std::exchange(was_refused_, false) && !refusing;
    }
    // What somebody else was refused counts without another try.
    if (!was_refused) {
      const absl::Status status = try_write_();
      if (!status.ok() && !IsRefusal(status)) continue;
      if (status.ok() != refusing) continue;
    }
    refusing = !refusing;
    {
      const absl::MutexLock lock(&mutex_);
      refusing_ = refusing;
      was_refused_ = false;
    }
    changed_(!refusing);
  }
}

}  // namespace attache::store
