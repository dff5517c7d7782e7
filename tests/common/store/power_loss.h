// A disk under SQLite that loses what was not synced, as a machine's does when
// its power goes.
#ifndef ATTACHE_TESTS_COMMON_STORE_POWER_LOSS_H_
#define ATTACHE_TESTS_COMMON_STORE_POWER_LOSS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>

#include <sqlite3.h>

namespace attache::testing {

// While it lives, it is SQLite's default VFS; one at a time. What is written is
// seen at once by every reader, and reaches the disk with the next sync that
// succeeds. A sync that fails loses what it should have brought there, as
// Linux does: the pages count as clean, and only writing them again helps
// (https://lwn.net/Articles/752063/). Not thread-safe.
class PowerLossDisk {
 public:
  PowerLossDisk();
  ~PowerLossDisk();
  PowerLossDisk(const PowerLossDisk&) = delete;
  PowerLossDisk& operator=(const PowerLossDisk&) = delete;

  // Whether the sync of the file fails; none does where it is not set.
  void FailSyncsOf(std::function<bool(const std::string& path)> fails) {
    fails_ = std::move(fails);
  }

  // What is left of `path` after the power went, written to `copy`. Of what
  // waited for a sync, `reached_disk` says which pages the system had written
  // of itself.
  void Recover(const std::string& path, const std::string& copy,
               const std::function<bool()>& reached_disk) const;

 private:
  friend struct PowerLossFile;
  static constexpr int64_t kPageBytes = 4096;

  struct File {
    std::string seen;
    std::string durable;
    // Pages of `seen` that the next sync brings to the disk.
    std::set<int64_t> dirty;
  };

  void Write(const std::string& path, const char* bytes, int64_t size,
             int64_t offset);
  void Truncate(const std::string& path, int64_t size);
  bool Sync(const std::string& path);
  static void Persist(const File& file, int64_t page, std::string& durable);

  std::map<std::string, File> files_;
  std::function<bool(const std::string&)> fails_;
  sqlite3_vfs* const base_;
  sqlite3_vfs vfs_;
};

}  // namespace attache::testing

#endif  // ATTACHE_TESTS_COMMON_STORE_POWER_LOSS_H_
