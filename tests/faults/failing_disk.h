// A disk that fails when told to: failing_disk.c, preloaded into a server.
#ifndef ATTACHE_TESTS_FAULTS_FAILING_DISK_H_
#define ATTACHE_TESTS_FAULTS_FAILING_DISK_H_

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/temp_directory.h"

namespace attache::testing {

class FailingDisk {
 public:
  // Of a server: the files whose path holds `path_part` are on this disk.
  explicit FailingDisk(const std::string& path_part) : path_part_(path_part) {}

  // For the server's environment.
  std::vector<std::string> environment() const {
    return {absl::StrCat("LD_PRELOAD=", ATTACHE_FAILING_DISK),
            absl::StrCat("FAILING_DISK_CONTROL=", control()),
            absl::StrCat("FAILING_DISK_PATH=", path_part_),
            // Where a sanitizer's library wants to be the first.
            "ASAN_OPTIONS=verify_asan_link_order=0"};
  }

  // From now on; each replaces what failed before.
  void FailWrites(int error) { Say(absl::StrCat("write ", error)); }
  void FailSyncs(int error) { Say(absl::StrCat("sync ", error)); }
  void DelaySyncs(int microseconds) {
    Say(absl::StrCat("delay ", microseconds));
  }
  void DelayReads(int microseconds) {
    Say(absl::StrCat("slow_read ", microseconds));
  }
  void Mend() { std::filesystem::remove(control()); }

 private:
  std::string control() const { return directory_.file("control"); }
  void Say(const std::string& text) {
    // Renamed into place: the server never reads half of it.
    std::ofstream(directory_.file("next")) << text;
    std::filesystem::rename(directory_.file("next"), control());
  }

  const TempDirectory directory_;
  const std::string path_part_;
};

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_FAULTS_FAILING_DISK_H_
