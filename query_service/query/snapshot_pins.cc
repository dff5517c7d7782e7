#include "query_service/query/snapshot_pins.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace attache {
namespace {

constexpr absl::Duration kLongestLifetime = absl::Hours(24);
constexpr int64_t kLargestCapacity = 10'000;

}  // namespace

absl::Status CheckPinOptions(const PinOptions& options) {
  if (options.lifetime <= absl::ZeroDuration() ||
      options.lifetime > kLongestLifetime) {
    return absl::InvalidArgumentError(
        absl::StrCat("--page_token_ttl takes more than 0s and at most ",
                     absl::FormatDuration(kLongestLifetime)));
  }
  if (options.capacity < 1 || options.capacity > kLargestCapacity) {
    return absl::InvalidArgumentError(
        absl::StrCat("--max_pinned_snapshots takes 1 to ", kLargestCapacity));
  }
  return absl::OkStatus();
}

SnapshotPins::SnapshotPins(const PinOptions& options)
    : options_(options), expirer_([this] { ExpireUntilStopped(); }) {}

SnapshotPins::~SnapshotPins() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  expirer_.join();
}

absl::Time SnapshotPins::ExpiryOf(const Pin& pin) const {
  return pin.holds > 0 ? absl::InfiniteFuture()
                       : pin.last_use + options_.lifetime;
}

SnapshotPins::Pin& SnapshotPins::Use(
    std::shared_ptr<const Snapshot> snapshot,
    std::shared_ptr<const Snapshot>& replaced) {
  Pin& pin = pins_[snapshot->revision()];
  // A merge gives a revision a new snapshot with the same answers: the older
  // one would only hold memory.
  replaced = std::exchange(pin.snapshot, std::move(snapshot));
  pin.last_use = absl::Now();
  return pin;
}

std::shared_ptr<const Snapshot> SnapshotPins::Evict() {
  if (pins_.size() - held_ <= static_cast<size_t>(options_.capacity)) {
    return nullptr;
  }
  const auto oldest = std::min_element(
      pins_.begin(), pins_.end(), [this](const auto& a, const auto& b) {
        return ExpiryOf(a.second) < ExpiryOf(b.second);
      });
  std::shared_ptr<const Snapshot> evicted = std::move(oldest->second.snapshot);
  pins_.erase(oldest);
  return evicted;
}

void SnapshotPins::Keep(std::shared_ptr<const Snapshot> snapshot) {
  // Freed after the lock.
  std::shared_ptr<const Snapshot> replaced;
  std::shared_ptr<const Snapshot> evicted;
  const std::lock_guard<std::mutex> lock(mutex_);
  Use(std::move(snapshot), replaced);
  evicted = Evict();
  // The expirer sleeps without end where it has nothing to wait for.
  if (pins_.size() - held_ == 1) changed_.notify_all();
}

SnapshotPins::Hold::Hold(SnapshotPins& pins,
                         std::shared_ptr<const Snapshot> snapshot)
    : pins_(pins), revision_(snapshot->revision()) {
  std::shared_ptr<const Snapshot> replaced;
  const std::lock_guard<std::mutex> lock(pins_.mutex_);
  if (pins_.Use(std::move(snapshot), replaced).holds++ == 0) ++pins_.held_;
}

SnapshotPins::Hold::~Hold() { pins_.Release(revision_); }

void SnapshotPins::Release(int64_t revision) {
  std::shared_ptr<const Snapshot> evicted;
  const std::lock_guard<std::mutex> lock(mutex_);
  Pin& pin = pins_.at(revision);
  pin.last_use = absl::Now();
  if (--pin.holds > 0) return;
  --held_;
  evicted = Evict();
  if (pins_.size() - held_ == 1) changed_.notify_all();
}

std::shared_ptr<const Snapshot> SnapshotPins::Find(int64_t revision) {
  const absl::Time now = absl::Now();
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto pin = pins_.find(revision);
  if (pin == pins_.end() || ExpiryOf(pin->second) <= now) return nullptr;
  pin->second.last_use = now;
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
      const absl::Time expiry = ExpiryOf(it->second);
      if (expiry <= now) {
        expired.push_back(std::move(it->second.snapshot));
        it = pins_.erase(it);
      } else {
        next = std::min(next, expiry);
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
