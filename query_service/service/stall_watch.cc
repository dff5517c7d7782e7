#include "query_service/service/stall_watch.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "absl/time/clock.h"
#include "grpcpp/alarm.h"

namespace attache {

// Outlives the watch where its alarm fires just then.
struct StallWatch::State {
  // Looks again within the timeout. REQUIRES: the mutex is held.
  static void Arm(const std::shared_ptr<State>& state) {
    const absl::Time at = std::min(state->due, absl::Now() + state->timeout);
    // Each time another one: the one that fires is in use.
    state->alarm = std::make_unique<grpc::Alarm>();
    state->alarm->Set(absl::ToChronoTime(at),
                      [weak = std::weak_ptr<State>(state)](bool fires) {
                        const auto held = weak.lock();
                        if (held != nullptr && fires) Look(held);
                      });
  }

  static void Look(const std::shared_ptr<State>& state) {
    const std::lock_guard lock(state->mutex);
    if (state->stopped) return;
    const absl::Time now = absl::Now();
    if (now < state->due) {
      Arm(state);
      return;
    }
    const bool again = std::exchange(state->stalled, true);
    state->due = now + state->timeout;
    if (!again) Arm(state);
    state->on_stall(again);
  }

  absl::Duration timeout;
  std::function<void(bool again)> on_stall;
  // What on_stall does may end the stream within the call.
  std::recursive_mutex mutex;
  // Guarded by it, as all that follows.
  std::unique_ptr<grpc::Alarm> alarm;
  absl::Time due = absl::InfiniteFuture();
  bool stalled = false;
  bool stopped = false;
};

StallWatch::StallWatch(absl::Duration timeout,
                       std::function<void(bool again)> on_stall)
    : state_(std::make_shared<State>()) {
  state_->timeout = timeout;
  state_->on_stall = std::move(on_stall);
}

void StallWatch::OnSending() {
  const std::lock_guard lock(state_->mutex);
  state_->due = absl::Now() + state_->timeout;
  if (state_->alarm == nullptr && !state_->stopped) State::Arm(state_);
}

void StallWatch::OnSent() {
  const std::lock_guard lock(state_->mutex);
  state_->due = absl::InfiniteFuture();
}

void StallWatch::Stop() {
  const std::lock_guard lock(state_->mutex);
  state_->stopped = true;
  state_->alarm.reset();
}

}  // namespace attache
