// Notices a client that takes nothing of what it asked for.
#ifndef ATTACHE_QUERY_SERVICE_SERVICE_STALL_WATCH_H_
#define ATTACHE_QUERY_SERVICE_SERVICE_STALL_WATCH_H_

#include <functional>
#include <memory>

#include "absl/time/time.h"

namespace attache {

// Of one stream of responses. No thread waits for it. Thread-safe.
class StallWatch {
 public:
  // Where a response has been on its way for `timeout`, `on_stall` is called,
  // on a thread of gRPC; where it has for as long again, once more, with
  // `again`. Meanwhile OnSent and Stop wait, unless it calls them itself.
  StallWatch(absl::Duration timeout, std::function<void(bool again)> on_stall);
  ~StallWatch() { Stop(); }
  StallWatch(const StallWatch&) = delete;
  StallWatch& operator=(const StallWatch&) = delete;

  void OnSending();
  void OnSent();
  // `on_stall` is not called afterwards.
  void Stop();

 private:
  struct State;
  const std::shared_ptr<State> state_;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_SERVICE_STALL_WATCH_H_
