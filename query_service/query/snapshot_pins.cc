#include "query_service/query/snapshot_pins.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/time/clock.h"

namespace attache {

SnapshotPins::SnapshotPins(absl::Duration lifetime, size_t capacity)
    : lifetime_(lifetime),
      capacity_(capacity),
      expirer_([this] { ExpireUntilStopped(); }) {}

SnapshotPins::~SnapshotPins() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  expirer_.join();
}

void SnapshotPins::Keep(std::shared_ptr<const Snapshot> snapshot) {
  const absl::Time expires = absl::Now() + lifetime_;
  std::shared_ptr<const Snapshot> evicted;  // freed after the lock
  const std::lock_guard<std::mutex> lock(mutex_);
  const int64_t revision = snapshot->revision();
  const bool was_empty = pins_.empty();
  // A merge gives a revision a new snapshot with the same answers: the older
  // one would only hold memory.
  evicted = std::exchange(pins_[revision], Pin{std::move(snapshot), expires})
                .snapshot;
  if (pins_.size() > capacity_) {
    const auto oldest = std::min_element(
        pins_.begin(), pins_.end(), [](const auto& a, const auto& b) {
          return a.second.expires < b.second.expires;
        });
    evicted = std::move(oldest->second.snapshot);
    pins_.erase(oldest);
  }
  if (was_empty) changed_.notify_all();
}

std::shared_ptr<const Snapshot> SnapshotPins::Find(int64_t revision) {
  const absl::Time now = absl::Now();
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto pin = pins_.find(revision);
  if (pin == pins_.end() || pin->second.expires <= now) return nullptr;
  pin->second.expires = now + lifetime_;
  return pin->second.snapshot;
}

size_t SnapshotPins::size() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return pins_.size();
}

void SnapshotPins::ExpireUntilStopped() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!stopped_) {
    std::vector<std::shared_ptr<const Snapshot>> expired;
    const absl::Time now = absl::Now();
    absl::Time next = absl::InfiniteFuture();
    for (auto it = pins_.begin(); it != pins_.end();) {
      if (it->second.expires <= now) {
        expired.push_back(std::move(it->second.snapshot));
        it = pins_.erase(it);
      } else {
        next = std::min(next, it->second.expires);
        ++it;
      }
    }
    if (!expired.empty()) {
      lock.unlock();
      expired.clear();
      lock.lock();
    } else if (next == absl::InfiniteFuture()) {
      changed_.wait(lock);
    } else {
      changed_.wait_until(lock, absl::ToChronoTime(next));
    }
  }
}

}  // namespace attache
