// An access list that is read again when its file changes.
#ifndef ATTACHE_COMMON_ACCESS_ACCESS_FILE_H_
#define ATTACHE_COMMON_ACCESS_ACCESS_FILE_H_

#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "common/access/access_list.h"
#include "common/watched_file.h"

namespace attache {

// Refresh is for one thread at a time, Current for any.
class AccessFile {
 public:
  // INVALID_ARGUMENT where it cannot be read, or as AccessList::Parse.
  static absl::StatusOr<std::unique_ptr<AccessFile>> Open(
      const std::string& path);

  // Never null; another object after every change.
  std::shared_ptr<const AccessList> Current() const;

  // Reads the file where it has changed. What cannot be read, or breaks a rule,
  // is logged once, and the last good list stays.
  void Refresh();

 private:
  explicit AccessFile(std::string path) : file_(std::move(path)) {}
  absl::StatusOr<std::shared_ptr<const AccessList>> Read() const;

  WatchedFile file_;
  mutable std::mutex mutex_;
  std::shared_ptr<const AccessList> list_;  // guarded by mutex_
};

}  // namespace attache

#endif  // ATTACHE_COMMON_ACCESS_ACCESS_FILE_H_
