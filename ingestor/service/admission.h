// A bound on what unary calls have in the server at once.
#ifndef ATTACHE_INGESTOR_SERVICE_ADMISSION_H_
#define ATTACHE_INGESTOR_SERVICE_ADMISSION_H_

#include <cstdint>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/error.h"

namespace attache {

// Thread-safe. What it admits may outlive it: a call's last callback is dropped
// by whichever thread ran it, after the client has its answer.
class Admission {
 public:
  Admission(int64_t max_calls, int64_t max_bytes)
      : max_calls_(max_calls), max_bytes_(max_bytes) {}

  // Counts a call of that size until the last copy of what it returns is gone.
  // RATE_LIMITED where too much is under way; one call is always admitted.
  absl::StatusOr<std::shared_ptr<void>> Admit(int64_t bytes) {
    absl::MutexLock lock(&load_->mutex);
    if (load_->calls > 0 &&
        (load_->calls >= max_calls_ || load_->bytes + bytes > max_bytes_)) {
      return WithRetryAfter(
          MakeError(v1::ERROR_REASON_RATE_LIMITED,
                    "Too many briefings wait to be parsed; try again later, or "
                    "use StreamBriefings.",
                    {{"limit", absl::StrCat(max_calls_)}}),
          absl::Seconds(1));
    }
    ++load_->calls;
    load_->bytes += bytes;
    return std::shared_ptr<void>(nullptr, [load = load_, bytes](void*) {
      absl::MutexLock leaving(&load->mutex);
      --load->calls;
      load->bytes -= bytes;
    });
  }

 private:
  struct Load {
    absl::Mutex mutex;
    int64_t calls ABSL_GUARDED_BY(mutex) = 0;
    int64_t bytes ABSL_GUARDED_BY(mutex) = 0;
  };

  const int64_t max_calls_;
  const int64_t max_bytes_;
  const std::shared_ptr<Load> load_ = std::make_shared<Load>();
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_SERVICE_ADMISSION_H_
