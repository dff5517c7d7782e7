#include "query_service/index/revision_waiters.h"

namespace attache {

void RevisionWaiters::Advance(int64_t revision) {
  const std::lock_guard<std::mutex> lock(mutex_);
  revision_ = revision;
  for (auto it = waiting_.begin(); it != waiting_.end();) {
    if (it->second.first <= revision) {
      it->second.second();
      it = waiting_.erase(it);
    } else {
      ++it;
    }
  }
  advanced_.notify_all();
}

bool RevisionWaiters::Wait(int64_t revision, absl::Time deadline) {
  std::unique_lock<std::mutex> lock(mutex_);
  const auto reached = [&] { return revision_ >= revision; };
  if (deadline == absl::InfiniteFuture()) {
    advanced_.wait(lock, reached);
    return true;
  }
  return advanced_.wait_until(lock, absl::ToChronoTime(deadline), reached);
}

uint64_t RevisionWaiters::Notify(int64_t revision, std::function<void()> done) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const uint64_t id = ++last_id_;
  if (revision_ >= revision) {
    done();
  } else {
    waiting_.emplace(id, std::make_pair(revision, std::move(done)));
  }
  return id;
}

void RevisionWaiters::Cancel(uint64_t id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  waiting_.erase(id);
}

}  // namespace attache
