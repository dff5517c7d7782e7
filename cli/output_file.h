// Where a command writes much: a file that appears whole or not at all, or
// standard output.
#ifndef ATTACHE_CLI_OUTPUT_FILE_H_
#define ATTACHE_CLI_OUTPUT_FILE_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace attache::cli {

// Not thread-safe.
class OutputFile {
 public:
  // An empty path or "-" stands for standard output. A file is written as
  // PATH.part; what is no regular file (a device, a pipe) is written directly.
  // UNAVAILABLE says why it cannot be written.
  static absl::StatusOr<std::unique_ptr<OutputFile>> Open(
      const std::string& path);
  // Removes PATH.part where Commit did not come so far.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  // Unbuffered: meant for large pieces. CANCELLED where nobody reads any more
  // (a broken pipe), UNAVAILABLE where it cannot be written.
  absl::Status Write(absl::string_view bytes);

  // Gives the file its name, once it is on the disk, in place of what had it.
  absl::Status Commit();

  bool is_standard_output() const { return path_.empty(); }

 private:
  OutputFile(std::string path, std::string part_path, int fd)
      : path_(std::move(path)), part_path_(std::move(part_path)), fd_(fd) {}

  const std::string path_;  // empty for standard output
  std::string part_path_;   // empty where there is none
  const int fd_;
};

}  // namespace attache::cli

#endif  // ATTACHE_CLI_OUTPUT_FILE_H_
