#include "cli/output_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"

namespace attache::cli {
namespace {

namespace fs = std::filesystem;

absl::Status Failed(const std::string& path, int error) {
  return absl::UnavailableError(
      absl::StrCat("cannot write ", path.empty() ? "standard output" : path,
                   ": ", std::strerror(error)));
}

}  // namespace

absl::StatusOr<std::unique_ptr<OutputFile>> OutputFile::Open(
    const std::string& path) {
  if (path.empty() || path == "-") {
    return std::unique_ptr<OutputFile>(new OutputFile("", "", STDOUT_FILENO));
  }
  std::error_code error;
  // Through a link to what it stands for, so that the link stays one.
  fs::path target = fs::weakly_canonical(path, error);
  if (error) target = path;
  const bool direct =
      fs::exists(target, error) && !fs::is_regular_file(target, error);
  const std::string part = direct ? "" : absl::StrCat(target.string(), ".part");
  const int fd = open(direct ? target.c_str() : part.c_str(),
                      O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) return Failed(path, errno);
  return std::unique_ptr<OutputFile>(new OutputFile(target.string(), part, fd));
}

OutputFile::~OutputFile() {
  if (fd_ != STDOUT_FILENO) close(fd_);
  if (!part_path_.empty()) unlink(part_path_.c_str());
}

absl::Status OutputFile::Write(absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(fd_, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EPIPE) {
      return absl::CancelledError("nobody reads what is written");
    } else if (errno != EINTR) {
      return Failed(path_, errno);
    }
  }
  return absl::OkStatus();
}

absl::Status OutputFile::Commit() {
  if (part_path_.empty()) return absl::OkStatus();
  if (fsync(fd_) != 0 || rename(part_path_.c_str(), path_.c_str()) != 0) {
    return Failed(path_, errno);
  }
  part_path_.clear();
  return absl::OkStatus();
}

}  // namespace attache::cli
