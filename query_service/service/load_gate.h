// Keeps calls out until the index is there.
#ifndef ATTACHE_QUERY_SERVICE_SERVICE_LOAD_GATE_H_
#define ATTACHE_QUERY_SERVICE_SERVICE_LOAD_GATE_H_

#include <atomic>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/error.h"

namespace attache {

// Open unless Close is called before the first call comes. Thread-safe.
class LoadGate {
 public:
  void Close() { open_ = false; }
  // What was done before is seen by every call that is let in.
  void Open() { open_ = true; }

  // UNAVAILABLE INDEX_LOADING while it is closed.
  absl::Status Check() const {
    if (open_) return absl::OkStatus();
    return WithRetryAfter(
        MakeError(v1::ERROR_REASON_INDEX_LOADING,
                  "the query service has just started and loads its index; try "
                  "again later"),
        absl::Seconds(1));
  }

 private:
  std::atomic<bool> open_ = true;
};

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_SERVICE_LOAD_GATE_H_
