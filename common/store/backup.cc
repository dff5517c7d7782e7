#include "common/store/backup.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status_macros.h"

namespace attache::store {
namespace {

namespace fs = std::filesystem;

absl::Status CannotWrite(const std::string& path, absl::string_view reason) {
  return absl::FailedPreconditionError(
      absl::StrCat("cannot write the backup ", path, ": ", reason));
}

absl::Status MakeEmptyDirectory(const std::string& directory) {
  std::error_code error;
  if (!fs::exists(directory, error)) {
    fs::create_directories(directory, error);
    if (error) return CannotWrite(directory, error.message());
    if (chmod(directory.c_str(), 0700) != 0) {
      return CannotWrite(directory, std::strerror(errno));
    }
    return absl::OkStatus();
  }
  fs::directory_iterator entries(directory, error);
  if (error) return CannotWrite(directory, error.message());
  if (entries == fs::directory_iterator()) return absl::OkStatus();
  const std::string found = entries->path().filename().string();
  return CannotWrite(
      directory, absl::StrCat("the directory is not empty (it holds ", found,
                              absl::EndsWith(found, kPartialSuffix)
                                  ? ", of a backup that was broken off)"
                                  : ")",
                              "; name a new one"));
}

// A file that only its owner reads, as it holds what the directory does.
absl::Status CreateFile(const std::string& path) {
  const int fd =
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return CannotWrite(path, std::strerror(errno));
  close(fd);
  return absl::OkStatus();
}

absl::Status Sync(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return CannotWrite(path, std::strerror(errno));
  const absl::Cleanup close_fd = [fd] { close(fd); };
  return fsync(fd) == 0 ? absl::OkStatus()
                        : CannotWrite(path, std::strerror(errno));
}

absl::Status Fill(Database& source, const std::string& part,
                  absl::FunctionRef<absl::Status(Database&)> finish,
                  BackupProgress progress) {
  {
    // Of no use to anybody until it is whole, and on the disk before it is
    // used.
    ATTACHE_ASSIGN_OR_RETURN(const auto copy, Database::OpenOwn(part));
    ATTACHE_RETURN_IF_ERROR(
        copy->Execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF"));
    ATTACHE_RETURN_IF_ERROR(source.CopyTo(*copy, progress));
  }
  // One file without a log, in which nothing stays of what is deleted here.
  ATTACHE_ASSIGN_OR_RETURN(const auto copy, Database::OpenOwn(part));
  ATTACHE_RETURN_IF_ERROR(
      copy->Execute("PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON"));
  return copy->Transact([&]() -> absl::Status { return finish(*copy); });
}

}  // namespace

absl::StatusOr<int64_t> BackUp(
    const std::string& from, const Database::Schema& schema,
    const std::string& directory,
    absl::FunctionRef<absl::Status(Database& copy)> finish,
    BackupProgress progress) {
  ATTACHE_ASSIGN_OR_RETURN(const auto source,
                           Database::OpenBeside(from, schema));
  ATTACHE_RETURN_IF_ERROR(MakeEmptyDirectory(directory));
  const std::string path =
      (fs::path(directory) / fs::path(from).filename()).string();
  const std::string part = absl::StrCat(path, kPartialSuffix);
  ATTACHE_RETURN_IF_ERROR(CreateFile(part));
  absl::Cleanup remove_part = [&] {
    for (const char* suffix : {"", "-journal", "-wal", "-shm"}) {
      unlink(absl::StrCat(part, suffix).c_str());
    }
  };
  ATTACHE_RETURN_IF_ERROR(Fill(*source, part, finish, progress));
  ATTACHE_RETURN_IF_ERROR(Sync(part));
  struct stat info;
  if (stat(part.c_str(), &info) != 0 ||
      rename(part.c_str(), path.c_str()) != 0) {
    return CannotWrite(path, std::strerror(errno));
  }
  std::move(remove_part).Cancel();
  ATTACHE_RETURN_IF_ERROR(Sync(directory));
  // The name of the directory itself, where it is a new one.
  ATTACHE_RETURN_IF_ERROR(Sync((fs::absolute(directory) / "")
                                   .lexically_normal()
                                   .parent_path()
                                   .parent_path()
                                   .string()));
  return info.st_size;
}

}  // namespace attache::store
