// What a full disk looks like.
#ifndef ATTACHE_TESTS_QUERY_SERVICE_JOURNAL_FILE_SIZE_LIMIT_H_
#define ATTACHE_TESTS_QUERY_SERVICE_JOURNAL_FILE_SIZE_LIMIT_H_

#include <signal.h>
#include <sys/resource.h>

namespace attache::testing {

// While it lives, no file of this process grows beyond `bytes`.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_;
};

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_QUERY_SERVICE_JOURNAL_FILE_SIZE_LIMIT_H_
