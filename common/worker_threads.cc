#include "common/worker_threads.h"

#include <utility>

namespace attache {

WorkerThreads::WorkerThreads(size_t count) {
  for (size_t i = 0; i < count; ++i) {
    threads_.emplace_back([this, i] { Run(i); });
  }
}

WorkerThreads::~WorkerThreads() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void WorkerThreads::Post(Task task) {
  {
    const std::scoped_lock lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  changed_.notify_one();
}

bool WorkerThreads::TryPost(Task task, size_t max_waiting) {
  {
    const std::scoped_lock lock(mutex_);
    if (tasks_.size() >= max_waiting) return false;
    tasks_.push_back(std::move(task));
  }
  changed_.notify_one();
  return true;
}

size_t WorkerThreads::waiting() const {
  const std::scoped_lock lock(mutex_);
  return tasks_.size();
}

void WorkerThreads::Run(size_t worker) {
  for (;;) {
    Task task;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
      if (stopping_) return;
      task = std::move(tasks_.front());
      tasks_.pop_front();
    }
    task(worker);
  }
}

}  // namespace attache
