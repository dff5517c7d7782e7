// SQLite, wrapped: errors are absl::Status, and what is opened is closed.
#ifndef ATTACHE_COMMON_STORE_DATABASE_H_
#define ATTACHE_COMMON_STORE_DATABASE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

struct sqlite3;
struct sqlite3_stmt;

namespace attache::store {

// A prepared statement, reset and reused. Not thread-safe. Lives no longer
// than its Database. Errors: UNAVAILABLE DISK_REFUSES_WRITES where the disk is
// full, read-only or failing; DATA_LOSS where the file is damaged; else
// INTERNAL, as for a broken constraint.
class Statement {
 public:
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;
  ~Statement();

  // Parameters count from 1. A blob or text is copied. What goes wrong here is
  // said by the next Step or Run.
  Statement& Bind(int parameter, int64_t value);
  Statement& BindText(int parameter, absl::string_view value);
  Statement& BindBlob(int parameter, absl::string_view value);

  // True while there is a row; false at the end, after which the statement is
  // reset and can be bound again.
  absl::StatusOr<bool> Step();
  // Runs a statement without rows to its end.
  absl::Status Run();
  // Gives up the remaining rows.
  void Reset();

  // Columns count from 0; of the current row. The view of a blob or text lives
  // until the next Step.
  bool IsNull(int column) const;
  int64_t Int(int column) const;
  absl::string_view Text(int column) const;

 private:
  friend class Database;
  explicit Statement(sqlite3_stmt* statement);
  sqlite3_stmt* statement_ = nullptr;
  int bind_error_ = 0;
};

// One connection, for one thread at a time.
class Database {
 public:
  struct Schema {
    // Marks files as this program's (PRAGMA application_id).
    int32_t application_id = 0;
    // migrations[i] brings a file from version i to i + 1 (PRAGMA
    // user_version); each runs in a transaction.
    std::vector<std::string> migrations;
  };

  // Opens or creates `path` (WAL, synchronous=FULL, foreign keys) and migrates
  // it. The log is copied back into the file now and then, after a commit.
  // Where the file cannot be synced then, the log is kept from there on, until
  // the next process opens the file: what the system failed to bring to the
  // disk it calls clean afterwards, and would not say so again.
  //
  // FAILED_PRECONDITION with a message for an operator where the file is
  // of a newer format or not this program's; DATA_LOSS where it is damaged.
  static absl::StatusOr<std::unique_ptr<Database>> Open(const std::string& path,
                                                        const Schema& schema);
  // A further connection to a file that Open has brought up to date, for
  // reading beside the writer.
  static absl::StatusOr<std::unique_ptr<Database>> OpenReadOnly(
      const std::string& path);
  // For a tool that reads a file whose owner may be running: changes no row,
  // migrates nothing, and leaves no file behind. (A log that a crash left may
  // be moved into the file, as the next start would do.) Errors as Open; also
  // FAILED_PRECONDITION where there is no such file or it is empty.
  static absl::StatusOr<std::unique_ptr<Database>> OpenBeside(
      const std::string& path, const Schema& schema);
  // As OpenBeside, for a file that no other process uses: neither it nor the
  // log that a crash left is written to, nor is any file made or removed.
  // REQUIRES: the directory is held by a DirectoryLock.
  static absl::StatusOr<std::unique_ptr<Database>> OpenAtRest(
      const std::string& path, const Schema& schema);
  // A file of one's own, empty or of any schema, with SQLite's own settings.
  static absl::StatusOr<std::unique_ptr<Database>> OpenOwn(
      const std::string& path);
  ~Database();

  absl::StatusOr<Statement> Prepare(absl::string_view sql);
  absl::Status Execute(const std::string& sql);

  // BEGIN IMMEDIATE ... COMMIT around `body`; rolls back where it fails. Once
  // it returns OK the changes survive a crash of the process and of the
  // machine. UNAVAILABLE DISK_REFUSES_WRITES where the disk is full or
  // read-only; a later call may succeed.
  template <typename Body>
  absl::Status Transact(Body body) {
    return CommitAfter("BEGIN IMMEDIATE", std::move(body));
  }
  // For a `body` that only reads: all that it sees is of one moment, and no
  // writer is kept waiting. REQUIRES: it leaves no statement with rows to come.
  template <typename Body>
  absl::Status TransactReading(Body body) {
    return CommitAfter("BEGIN DEFERRED", std::move(body));
  }

  // Inside of Transact: has COMMIT write to the disk though nothing changes, so
  // that it shows whether the disk takes writes. SQLite itself writes nothing
  // where a row is given the values that it has.
  absl::Status Touch();

  // The format of the file, as Schema::migrations counts it.
  absl::StatusOr<int64_t> Version();

  // Copies all pages to `target`, an empty file, as they are at one moment. No
  // writer waits for it, however long it takes. `progress` is told after every
  // piece how far it has come, in bytes; where it fails, so does the copy.
  absl::Status CopyTo(
      Database& target,
      absl::FunctionRef<absl::Status(int64_t done, int64_t total)> progress);

  // Bytes of the file and its log on disk.
  int64_t DiskBytes() const;

 private:
  Database(sqlite3* handle, std::string path);
  // `name` is the path as SQLite is given it, `flags` SQLITE_OPEN_*.
  static absl::StatusOr<std::unique_ptr<Database>> Connect(
      const std::string& path, const std::string& name, int flags);
  template <typename Body>
  absl::Status CommitAfter(const char* begin, Body body) {
    absl::Status status = Execute(begin);
    if (!status.ok()) return status;
    status = body();
    if (status.ok()) status = Execute("COMMIT");
    if (!status.ok()) Rollback();
    return status;
  }
  void Rollback();
  static int OnCommitted(void* self, sqlite3* handle, const char* name,
                         int log_pages);
  void CopyLogBack(const char* name);

  sqlite3* handle_;
  std::string path_;
  bool keeps_log_ = false;
};

// Holds a data directory for this process: creates it where it is missing
// (mode 0700) and locks it until destroyed or the process ends, however that
// comes about. FAILED_PRECONDITION "... is in use by process N on HOST ..."
// where it is held already, or a message that says why it cannot be used.
class DirectoryLock {
 public:
  static absl::StatusOr<std::unique_ptr<DirectoryLock>> Acquire(
      const std::string& directory);
  // For a tool that only reads: changes and creates nothing. Where no process
  // ever used the directory, as with a backup, there is nothing to hold.
  static absl::StatusOr<std::unique_ptr<DirectoryLock>> AcquireToRead(
      const std::string& directory);
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace attache::store

#endif  // ATTACHE_COMMON_STORE_DATABASE_H_
