#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "common/store/database.h"

namespace attache::store {
namespace {

// Locked with flock, which the kernel gives up when the process ends. What it
// holds, "process N on HOST", is for the message of a second start; it is not
// removed, because another process may be about to lock it.
constexpr char kLockName[] = "lock";

std::string OwnName() {
  char host[256] = "";
  gethostname(host, sizeof(host) - 1);
  return absl::StrCat("process ", getpid(), " on ", host);
}

std::string ReadHolder(int fd) {
  char text[320];
  const ssize_t size = pread(fd, text, sizeof(text), 0);
  return size > 0 ? std::string(text, size) : "another process";
}

absl::Status CannotUse(const std::string& directory, absl::string_view reason) {
  return absl::FailedPreconditionError(
      absl::StrCat("cannot use the data directory ", directory, ": ", reason));
}

}  // namespace

absl::StatusOr<std::unique_ptr<DirectoryLock>> DirectoryLock::Acquire(
    const std::string& directory) {
  if (directory.empty()) {
    return absl::FailedPreconditionError("no data directory is named");
  }
  std::error_code error;
  const bool existed = std::filesystem::exists(directory, error);
  std::filesystem::create_directories(directory, error);
  if (error) return CannotUse(directory, error.message());
  if (!existed && chmod(directory.c_str(), 0700) != 0) {
    return CannotUse(directory, std::strerror(errno));
  }

  const std::string path = absl::StrCat(directory, "/", kLockName);
  int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return CannotUse(directory, std::strerror(errno));
  absl::Cleanup close_fd = [&fd] { close(fd); };
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return CannotUse(directory, std::strerror(errno));
    return absl::FailedPreconditionError(absl::StrCat(
        "the data directory ", directory, " is in use by ", ReadHolder(fd),
        "; stop that process or name another directory"));
  }
  // A disk that is full must not keep the service from reading: without the
  // name the lock holds all the same.
  const std::string name = OwnName();
  if (ftruncate(fd, 0) == 0) {
    [[maybe_unused]] const ssize_t written =
        pwrite(fd, name.data(), name.size(), 0);
  }
  std::move(close_fd).Cancel();
  return std::unique_ptr<DirectoryLock>(new DirectoryLock(fd));
}

absl::StatusOr<std::unique_ptr<DirectoryLock>> DirectoryLock::AcquireToRead(
    const std::string& directory) {
  const std::string path = absl::StrCat(directory, "/", kLockName);
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    if (errno != ENOENT) return CannotUse(directory, std::strerror(errno));
    return std::unique_ptr<DirectoryLock>(new DirectoryLock(fd));
  }
  std::unique_ptr<DirectoryLock> lock(new DirectoryLock(fd));
  if (flock(fd, LOCK_SH | LOCK_NB) == 0) return lock;
  if (errno != EWOULDBLOCK) return CannotUse(directory, std::strerror(errno));
  return absl::FailedPreconditionError(
      absl::StrCat("the data directory ", directory, " is in use by ",
                   ReadHolder(fd), "; stop that process first"));
}

DirectoryLock::~DirectoryLock() {
  if (fd_ >= 0) close(fd_);
}

}  // namespace attache::store
