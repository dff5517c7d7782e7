#include "common/rpc/open_files.h"

#include <cerrno>
#include <cstring>

#include <sys/resource.h>

#include "common/log.h"

namespace attache::rpc {

void AllowOpenFiles() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0 &&
      limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) {
      Log(LogLevel::kWarning, "cannot raise the limit of open files",
          {{"error", std::strerror(errno)}});
    }
  }
}

}  // namespace attache::rpc
