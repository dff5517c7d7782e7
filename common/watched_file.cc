#include "common/watched_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include <sys/stat.h>

#include "absl/strings/str_cat.h"

namespace attache {
namespace {

// Far more than any of these files takes; a slip such as /dev/zero ends here.
constexpr size_t kMaxBytes = size_t{4} << 20;

absl::Status CannotRead(const std::string& path, absl::string_view reason) {
  return absl::InvalidArgumentError(
      absl::StrCat("cannot read ", path, ": ", reason));
}

}  // namespace

bool WatchedFile::Changed() {
  std::optional<Stamp> stamp;
  struct stat status;
  if (stat(path_.c_str(), &status) == 0) {
    stamp = Stamp{.seconds = status.st_mtim.tv_sec,
                  .nanos = status.st_mtim.tv_nsec,
                  .size = status.st_size,
                  .inode = status.st_ino};
  }
  const bool changed = !looked_ || stamp != stamp_;
  looked_ = true;
  stamp_ = stamp;
  return changed;
}

absl::StatusOr<std::string> WatchedFile::Read() const {
  struct stat status;
  if (stat(path_.c_str(), &status) != 0) {
    return CannotRead(path_, std::strerror(errno));
  }
  if (S_ISDIR(status.st_mode)) return CannotRead(path_, "it is a directory");
  errno = 0;
  std::ifstream in(path_, std::ios::binary);
  if (!in.is_open()) return CannotRead(path_, std::strerror(errno));
  std::string text(kMaxBytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) return CannotRead(path_, std::strerror(errno));
  text.resize(static_cast<size_t>(in.gcount()));
  if (text.size() > kMaxBytes) {
    return CannotRead(path_, "it is larger than 4 MiB");
  }
  text.shrink_to_fit();
  return text;
}

}  // namespace attache
