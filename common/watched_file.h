// A small file that may be replaced while the process runs: a list, a key, a
// certificate.
#ifndef ATTACHE_COMMON_WATCHED_FILE_H_
#define ATTACHE_COMMON_WATCHED_FILE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"

namespace attache {

// Not thread-safe. Symbolic links are followed, so that a file which is
// replaced by turning a link is seen to change.
class WatchedFile {
 public:
  explicit WatchedFile(std::string path) : path_(std::move(path)) {}

  const std::string& path() const { return path_; }

  // Whether the file is another than at the call before, or has come or gone;
  // true at the first. Reads none of it.
  bool Changed();

  // All that it holds. INVALID_ARGUMENT "cannot read PATH: why"; the message
  // holds nothing of the file.
  absl::StatusOr<std::string> Read() const;

 private:
  // What tells one state of a file from another.
  struct Stamp {
    int64_t seconds = 0;
    int64_t nanos = 0;
    int64_t size = 0;
    uint64_t inode = 0;
    bool operator==(const Stamp&) const = default;
  };

  std::string path_;
  bool looked_ = false;
  std::optional<Stamp> stamp_;  // nullopt where there is no such file
};

}  // namespace attache

#endif  // ATTACHE_COMMON_WATCHED_FILE_H_
