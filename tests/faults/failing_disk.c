// Preloaded into a server: its disk fails while a file says so.
//
// FAILING_DISK_CONTROL names that file. While it exists, it says what fails and
// how: "write" or "sync", then an errno ("write 28"); or "delay" or "slow_read",
// then for how many microseconds every sync or every read waits.
// FAILING_DISK_PATH: only files whose path holds this text are meant.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

// The number that the file says of `operation`, where it means `fd`; else 0.
// System calls alone: the C library's functions may be the ones that stand
// here.
static int number_of(int fd, const char *operation) {
  const char *control = getenv("FAILING_DISK_CONTROL");
  const char *meant = getenv("FAILING_DISK_PATH");
  if (control == NULL || meant == NULL) return 0;
  const int before = errno;
  char text[128] = "";
  const long file =
      syscall(SYS_openat, AT_FDCWD, control, O_RDONLY | O_CLOEXEC);
  if (file >= 0) {
    syscall(SYS_read, file, text, sizeof(text) - 1);
    syscall(SYS_close, file);
  }
  errno = before;
  const char *found = strstr(text, operation);
  if (found == NULL) return 0;
  char link[64];
  char path[4096] = "";
  snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
  if (readlink(link, path, sizeof(path) - 1) < 0) path[0] = '\0';
  errno = before;
  return strstr(path, meant) != NULL ? atoi(found + strlen(operation)) : 0;
}

#define FAIL_OR_PASS(operation, fd)             \
  const int failure = number_of(fd, operation); \
  if (failure != 0) {                           \
    errno = failure;                            \
    return -1;                                  \
  }

ssize_t write(int fd, const void *bytes, size_t size) {
  FAIL_OR_PASS("write", fd)
  return syscall(SYS_write, fd, bytes, size);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset) {
  FAIL_OR_PASS("write", fd)
  return syscall(SYS_pwrite64, fd, bytes, size, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset) {
  FAIL_OR_PASS("write", fd)
  return syscall(SYS_pwrite64, fd, bytes, size, offset);
}

static void wait_before(const char *operation, int fd) {
  const int delay = number_of(fd, operation);
  if (delay > 0) usleep(delay);
}

ssize_t pread(int fd, void *bytes, size_t size, off_t offset) {
  wait_before("slow_read", fd);
  return syscall(SYS_pread64, fd, bytes, size, offset);
}

ssize_t pread64(int fd, void *bytes, size_t size, off64_t offset) {
  wait_before("slow_read", fd);
  return syscall(SYS_pread64, fd, bytes, size, offset);
}

int fsync(int fd) {
  wait_before("delay", fd);
  FAIL_OR_PASS("sync", fd)
  return syscall(SYS_fsync, fd);
}

int fdatasync(int fd) {
  wait_before("delay", fd);
  FAIL_OR_PASS("sync", fd)
  return syscall(SYS_fdatasync, fd);
}
