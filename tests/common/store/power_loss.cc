#include "tests/common/store/power_loss.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <utility>

namespace attache::testing {

// Passes everything on to the file of the VFS below, which lies behind it, and
// keeps account of writes and syncs.
struct PowerLossFile {
  sqlite3_file head;
  PowerLossDisk* disk;
  std::string* path;
  sqlite3_file* below;

  static PowerLossFile* Of(sqlite3_file* file) {
    return reinterpret_cast<PowerLossFile*>(file);
  }
  static int Open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file,
                  int flags, int* out_flags);
  static int Delete(sqlite3_vfs* vfs, const char* name, int sync_directory);
  static int Close(sqlite3_file* file) {
    delete Of(file)->path;
    return Of(file)->below->pMethods->xClose(Of(file)->below);
  }
  static int Read(sqlite3_file* file, void* bytes, int size,
                  sqlite3_int64 offset) {
    return Of(file)->below->pMethods->xRead(Of(file)->below, bytes, size,
                                            offset);
  }
  static int Write(sqlite3_file* file, const void* bytes, int size,
                   sqlite3_int64 offset) {
    Of(file)->disk->Write(*Of(file)->path, static_cast<const char*>(bytes),
                          size, offset);
    return Of(file)->below->pMethods->xWrite(Of(file)->below, bytes, size,
                                             offset);
  }
  static int Truncate(sqlite3_file* file, sqlite3_int64 size) {
    Of(file)->disk->Truncate(*Of(file)->path, size);
    return Of(file)->below->pMethods->xTruncate(Of(file)->below, size);
  }
  static int Sync(sqlite3_file* file, int) {
    return Of(file)->disk->Sync(*Of(file)->path) ? SQLITE_OK
                                                 : SQLITE_IOERR_FSYNC;
  }
  static int FileSize(sqlite3_file* file, sqlite3_int64* size) {
    return Of(file)->below->pMethods->xFileSize(Of(file)->below, size);
  }
  static int Lock(sqlite3_file* file, int level) {
    return Of(file)->below->pMethods->xLock(Of(file)->below, level);
  }
  static int Unlock(sqlite3_file* file, int level) {
    return Of(file)->below->pMethods->xUnlock(Of(file)->below, level);
  }
  static int CheckReservedLock(sqlite3_file* file, int* held) {
    return Of(file)->below->pMethods->xCheckReservedLock(Of(file)->below, held);
  }
  static int FileControl(sqlite3_file* file, int operation, void* argument) {
    return Of(file)->below->pMethods->xFileControl(Of(file)->below, operation,
                                                   argument);
  }
  static int SectorSize(sqlite3_file* file) {
    return Of(file)->below->pMethods->xSectorSize(Of(file)->below);
  }
  static int DeviceCharacteristics(sqlite3_file* file) {
    return Of(file)->below->pMethods->xDeviceCharacteristics(Of(file)->below);
  }
  static int ShmMap(sqlite3_file* file, int region, int size, int extend,
                    void volatile** memory) {
    return Of(file)->below->pMethods->xShmMap(Of(file)->below, region, size,
                                              extend, memory);
  }
  static int ShmLock(sqlite3_file* file, int offset, int count, int flags) {
    return Of(file)->below->pMethods->xShmLock(Of(file)->below, offset, count,
                                               flags);
  }
  static void ShmBarrier(sqlite3_file* file) {
    Of(file)->below->pMethods->xShmBarrier(Of(file)->below);
  }
  static int ShmUnmap(sqlite3_file* file, int remove) {
    return Of(file)->below->pMethods->xShmUnmap(Of(file)->below, remove);
  }
};

namespace {

const sqlite3_io_methods kMethods = {
    .iVersion = 2,
    .xClose = PowerLossFile::Close,
    .xRead = PowerLossFile::Read,
    .xWrite = PowerLossFile::Write,
    .xTruncate = PowerLossFile::Truncate,
    .xSync = PowerLossFile::Sync,
    .xFileSize = PowerLossFile::FileSize,
    .xLock = PowerLossFile::Lock,
    .xUnlock = PowerLossFile::Unlock,
    .xCheckReservedLock = PowerLossFile::CheckReservedLock,
    .xFileControl = PowerLossFile::FileControl,
    .xSectorSize = PowerLossFile::SectorSize,
    .xDeviceCharacteristics = PowerLossFile::DeviceCharacteristics,
    .xShmMap = PowerLossFile::ShmMap,
    .xShmLock = PowerLossFile::ShmLock,
    .xShmBarrier = PowerLossFile::ShmBarrier,
    .xShmUnmap = PowerLossFile::ShmUnmap,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

// The disk that stands in for the default; VFS calls have no other way to it.
PowerLossDisk* current = nullptr;
sqlite3_vfs* below_current = nullptr;

}  // namespace

int PowerLossFile::Open(sqlite3_vfs*, const char* name, sqlite3_file* file,
                        int flags, int* out_flags) {
  PowerLossFile* opened = Of(file);
  opened->head.pMethods = nullptr;
  opened->below = reinterpret_cast<sqlite3_file*>(opened + 1);
  const int code = below_current->xOpen(below_current, name, opened->below,
                                        flags, out_flags);
  if (code != SQLITE_OK) return code;
  opened->head.pMethods = &kMethods;
  opened->disk = current;
  opened->path = new std::string(name != nullptr ? name : "");
  return SQLITE_OK;
}

int PowerLossFile::Delete(sqlite3_vfs*, const char* name, int sync_directory) {
  current->files_.erase(name);
  return below_current->xDelete(below_current, name, sync_directory);
}

PowerLossDisk::PowerLossDisk()
    : base_(sqlite3_vfs_find(nullptr)), vfs_(*base_) {
  current = this;
  below_current = base_;
  vfs_.zName = "power-loss";
  vfs_.szOsFile = static_cast<int>(sizeof(PowerLossFile)) + base_->szOsFile;
  vfs_.xOpen = PowerLossFile::Open;
  vfs_.xDelete = PowerLossFile::Delete;
  sqlite3_vfs_register(&vfs_, 1);
}

PowerLossDisk::~PowerLossDisk() {
  sqlite3_vfs_unregister(&vfs_);
  sqlite3_vfs_register(base_, 1);
  current = nullptr;
}

void PowerLossDisk::Write(const std::string& path, const char* bytes,
                          int64_t size, int64_t offset) {
  File& file = files_[path];
  const auto end = static_cast<size_t>(offset + size);
  if (file.seen.size() < end) file.seen.resize(end);
  std::memcpy(file.seen.data() + offset, bytes, static_cast<size_t>(size));
  for (int64_t page = offset / kPageBytes; page * kPageBytes < offset + size;
       ++page) {
    file.dirty.insert(page);
  }
}

void PowerLossDisk::Truncate(const std::string& path, int64_t size) {
  File& file = files_[path];
  file.seen.resize(static_cast<size_t>(size));
  if (file.durable.size() > file.seen.size()) {
    file.durable.resize(file.seen.size());
  }
}

void PowerLossDisk::Persist(const File& file, int64_t page,
                            std::string& durable) {
  const auto begin = static_cast<size_t>(page * kPageBytes);
  if (begin >= file.seen.size()) return;
  const size_t size =
      std::min(static_cast<size_t>(kPageBytes), file.seen.size() - begin);
  if (durable.size() < begin + size) durable.resize(begin + size);
  durable.replace(begin, size, file.seen, begin, size);
}

bool PowerLossDisk::Sync(const std::string& path) {
  File& file = files_[path];
  const std::set<int64_t> dirty = std::exchange(file.dirty, {});
  if (fails_ && fails_(path)) return false;
  for (const int64_t page : dirty) Persist(file, page, file.durable);
  return true;
}

void PowerLossDisk::Recover(const std::string& path, const std::string& copy,
                            const std::function<bool()>& reached_disk) const {
  const auto found = files_.find(path);
  if (found == files_.end()) return;
  std::string durable = found->second.durable;
  for (const int64_t page : found->second.dirty) {
    if (reached_disk()) Persist(found->second, page, durable);
  }
  std::ofstream(copy, std::ios::binary) << durable;
}

}  // namespace attache::testing
