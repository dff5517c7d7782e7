#include "query_service/journal/file_identity.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace attache {

absl::StatusOr<std::string> FileIdentity(const std::string& path) {
  struct statx info;
  if (statx(AT_FDCWD, path.c_str(), 0, STATX_INO | STATX_BTIME, &info) != 0) {
    return absl::InternalError(
        absl::StrCat("cannot examine ", path, ": ", std::strerror(errno)));
  }
  if ((info.stx_mask & STATX_BTIME) != 0) {
    return absl::StrCat("inode ", info.stx_ino, " born ", info.stx_btime.tv_sec,
                        ".", info.stx_btime.tv_nsec);
  }
  return absl::StrCat("inode ", info.stx_ino, " device ", info.stx_dev_major,
                      ":", info.stx_dev_minor);
}

}  // namespace attache
