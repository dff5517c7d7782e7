// A directory that goes with the object.
#ifndef ATTACHE_TESTS_SUPPORT_TEMP_DIRECTORY_H_
#define ATTACHE_TESTS_SUPPORT_TEMP_DIRECTORY_H_

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

namespace attache::testing {

class TempDirectory {
 public:
  TempDirectory() {
    std::string name =
        (std::filesystem::temp_directory_path() / "attache-test-XXXXXX")
            .string();
    path_ = mkdtemp(name.data()) != nullptr ? name : "";
  }
  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;
  ~TempDirectory() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }

  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_SUPPORT_TEMP_DIRECTORY_H_
