// Lets ThreadSanitizer see what absl::Mutex and absl::Notification order, as
// far as this project uses them. The build of preset tsan links every program
// with these in place of the functions of Debian's Abseil, which is not
// instrumented; else each access under such a lock would count as a race. Made
// as Abseil does it where it is instrumented itself
// (absl/base/internal/tsan_mutex_interface.h); what conditions read while
// Abseil evaluates them is not looked at.
#include <sanitizer/tsan_interface.h>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"

// The names are Abseil's own, as the linker knows them: its option --wrap makes
// of a call of NAME one of __wrap_NAME, and of __real_NAME the function itself.
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
#define ATTACHE_REAL(name) __real__ZN4absl7debian3##name
#define ATTACHE_WRAP(name) __wrap__ZN4absl7debian3##name

extern "C" {

void ATTACHE_REAL(5Mutex4LockEv)(absl::Mutex* mutex);
void ATTACHE_WRAP(5Mutex4LockEv)(absl::Mutex* mutex) {
  __tsan_mutex_pre_lock(mutex, 0);
  ATTACHE_REAL(5Mutex4LockEv)(mutex);
  __tsan_mutex_post_lock(mutex, 0, 0);
}

void ATTACHE_REAL(5Mutex6UnlockEv)(absl::Mutex* mutex);
void ATTACHE_WRAP(5Mutex6UnlockEv)(absl::Mutex* mutex) {
  __tsan_mutex_pre_unlock(mutex, 0);
  ATTACHE_REAL(5Mutex6UnlockEv)(mutex);
  __tsan_mutex_post_unlock(mutex, 0);
}

void ATTACHE_REAL(5MutexD1Ev)(absl::Mutex* mutex);
void ATTACHE_WRAP(5MutexD1Ev)(absl::Mutex* mutex) {
  ATTACHE_REAL(5MutexD1Ev)(mutex);
  __tsan_mutex_destroy(mutex, __tsan_mutex_not_static);
}

// While a thread waits, the mutex is not its own.
class Waiting {
 public:
  explicit Waiting(absl::Mutex* mutex) : mutex_(mutex) {
    __tsan_mutex_pre_unlock(mutex_, 0);
    __tsan_mutex_post_unlock(mutex_, 0);
    __tsan_mutex_pre_lock(mutex_, 0);
  }
  ~Waiting() { __tsan_mutex_post_lock(mutex_, 0, 0); }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  absl::Mutex* const mutex_;
};

void ATTACHE_REAL(5Mutex5AwaitERKNS0_9ConditionE)(absl::Mutex* mutex,
                                                  const absl::Condition& until);
void ATTACHE_WRAP(5Mutex5AwaitERKNS0_9ConditionE)(
    absl::Mutex* mutex, const absl::Condition& until) {
  const Waiting waiting(mutex);
  ATTACHE_REAL(5Mutex5AwaitERKNS0_9ConditionE)(mutex, until);
}

bool ATTACHE_REAL(5Mutex16AwaitWithTimeoutERKNS0_9ConditionENS0_8DurationE)(
    absl::Mutex* mutex, const absl::Condition& until, absl::Duration timeout);
bool ATTACHE_WRAP(5Mutex16AwaitWithTimeoutERKNS0_9ConditionENS0_8DurationE)(
    absl::Mutex* mutex, const absl::Condition& until, absl::Duration timeout) {
  const Waiting waiting(mutex);
  return ATTACHE_REAL(5Mutex16AwaitWithTimeoutERKNS0_9ConditionENS0_8DurationE)(
      mutex, until, timeout);
}

bool ATTACHE_REAL(5Mutex17AwaitWithDeadlineERKNS0_9ConditionENS0_4TimeE)(
    absl::Mutex* mutex, const absl::Condition& until, absl::Time deadline);
bool ATTACHE_WRAP(5Mutex17AwaitWithDeadlineERKNS0_9ConditionENS0_4TimeE)(
    absl::Mutex* mutex, const absl::Condition& until, absl::Time deadline) {
  const Waiting waiting(mutex);
  return ATTACHE_REAL(5Mutex17AwaitWithDeadlineERKNS0_9ConditionENS0_4TimeE)(
      mutex, until, deadline);
}

void ATTACHE_REAL(12Notification6NotifyEv)(absl::Notification* notification);
void ATTACHE_WRAP(12Notification6NotifyEv)(absl::Notification* notification) {
  __tsan_release(notification);
  ATTACHE_REAL(12Notification6NotifyEv)(notification);
}

}  // extern "C"

#undef ATTACHE_REAL
#undef ATTACHE_WRAP
#define ATTACHE_REAL(name) __real__ZNK4absl7debian3##name
#define ATTACHE_WRAP(name) __wrap__ZNK4absl7debian3##name

extern "C" {

void ATTACHE_REAL(12Notification19WaitForNotificationEv)(
    absl::Notification* notification);
void ATTACHE_WRAP(12Notification19WaitForNotificationEv)(
    absl::Notification* notification) {
  ATTACHE_REAL(12Notification19WaitForNotificationEv)(notification);
  __tsan_acquire(notification);
}

bool ATTACHE_REAL(
    12Notification30WaitForNotificationWithTimeoutENS0_8DurationE)(
    absl::Notification* notification, absl::Duration timeout);
bool ATTACHE_WRAP(
    12Notification30WaitForNotificationWithTimeoutENS0_8DurationE)(
    absl::Notification* notification, absl::Duration timeout) {
  const bool came = ATTACHE_REAL(
      12Notification30WaitForNotificationWithTimeoutENS0_8DurationE)(
      notification, timeout);
  if (came) __tsan_acquire(notification);
  return came;
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
