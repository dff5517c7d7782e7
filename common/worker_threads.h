// A few threads that take tasks in the order in which they come.
#ifndef ATTACHE_COMMON_WORKER_THREADS_H_
#define ATTACHE_COMMON_WORKER_THREADS_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace attache {

// Thread-safe.
class WorkerThreads {
 public:
  // Called with the number of the thread, from 0.
  using Task = std::function<void(size_t worker)>;

  explicit WorkerThreads(size_t count);
  // Waits for the tasks that run; drops those that have not begun.
  ~WorkerThreads();

  // Never blocks; may be called by a task.
  void Post(Task task);
  // False, and nothing done, where so many tasks wait already.
  bool TryPost(Task task, size_t max_waiting);
  // Tasks that have not begun.
  size_t waiting() const;

 private:
  void Run(size_t worker);

  // Of the standard library, which ThreadSanitizer knows.
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> tasks_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace attache

#endif  // ATTACHE_COMMON_WORKER_THREADS_H_
