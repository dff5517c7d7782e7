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

// Thread-safe. Outlives what it admits.
class Admission {
 public:
  Admission(int64_t max_calls, int64_t max_bytes)
      : max_calls_(max_calls), max_bytes_(max_bytes) {}

  // Counts a call of that size until the last copy of what it returns is gone.
  // RATE_LIMITED where too much is under way; one call is always admitted.
  absl::StatusOr<std::shared_ptr<void>> Admit(int64_t bytes) {
    absl::MutexLock lock(&mutex_);
    if (calls_ > 0 && (calls_ >= max_calls_ || bytes_ + bytes > max_bytes_)) {
      return WithRetryAfter(
          MakeError(v1::ERROR_REASON_RATE_LIMITED,
                    "Too many briefings wait to be parsed; try again later, or "
                    "use StreamBriefings.",
                    {{"limit", absl::StrCat(max_calls_)}}),
          absl::Seconds(1));
    }
    ++calls_;
    bytes_ += bytes;
    return std::shared_ptr<void>(nullptr, [this, bytes](void*) {
      absl::MutexLock leaving(&mutex_);
      --calls_;
      bytes_ -= bytes;
    });
  }

 private:
  const int64_t max_calls_;
  const int64_t max_bytes_;
  absl::Mutex mutex_;
  int64_t calls_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_SERVICE_ADMISSION_H_
