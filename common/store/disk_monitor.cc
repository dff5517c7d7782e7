#include "common/store/disk_monitor.h"

#include <string>
#include <utility>

#include "common/error.h"
#include "common/log.h"

namespace attache::store {
namespace {

bool IsRefusal(const absl::Status& status) {
  const auto details = DetailsOf(status);
  return details &&
         details->reason == ReasonName(v1::ERROR_REASON_DISK_REFUSES_WRITES);
}

void Tell(const absl::Status& status) {
  if (status.ok()) {
    Log(LogLevel::kInfo, "takes writes again");
  } else {
    Log(LogLevel::kError, "takes no writes, and is not ready until it does",
        {{"why", std::string(status.message())}});
  }
}

}  // namespace

void DiskMonitor::Start(std::function<absl::Status()> try_write,
                        std::function<void(const absl::Status&)> changed,
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
  refusal_ = status;
}

void DiskMonitor::Run() {
  bool refusing = false;
  while (true) {
    absl::Status status;
    {
      const absl::MutexLock lock(&mutex_);
      mutex_.AwaitWithTimeout(
          absl::Condition(this, &DiskMonitor::HasNews),
          refusing ? options_.interval_while_refusing : options_.interval);
      if (stopping_) return;
      status = std::exchange(refusal_, absl::OkStatus());
    }
    // What somebody else was refused counts without another try.
    if (status.ok() || refusing) status = try_write_();
    if (status.ok() != refusing) continue;
    refusing = !refusing;
    {
      const absl::MutexLock lock(&mutex_);
      refusing_ = refusing;
      refusal_ = absl::OkStatus();
    }
    Tell(status);
    changed_(status);
  }
}

}  // namespace attache::store
