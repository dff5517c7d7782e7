#include "common/store/database.h"

#include <cstring>

#include <sqlite3.h>
#include <sys/stat.h>

#include "absl/strings/str_cat.h"
#include "common/log.h"
#include "common/status_macros.h"
#include "common/store/sqlite_status.h"

namespace attache::store {
namespace {

// How long a statement waits for another connection's lock. Only an operator's
// own tool can hold one for long.
constexpr int kBusyTimeoutMs = 5000;

// A few megabytes.
constexpr int kCopyPages = 1024;
// Pages that the log may hold before it is copied back, as SQLite has it where
// it does so itself.
constexpr int kMaxLogPages = 1000;

absl::StatusOr<int64_t> QueryInt(Database& database, absl::string_view sql) {
  ATTACHE_ASSIGN_OR_RETURN(Statement statement, database.Prepare(sql));
  ATTACHE_ASSIGN_OR_RETURN(const bool row, statement.Step());
  const int64_t value = row ? statement.Int(0) : 0;
  statement.Reset();
  return value;
}

// Refuses what is not ours, or newer than we know, before anything in the file
// is changed. Returns its version.
absl::StatusOr<int64_t> CheckFormat(Database& database, const std::string& path,
                                    const Database::Schema& schema) {
  ATTACHE_ASSIGN_OR_RETURN(const int64_t application_id,
                           QueryInt(database, "PRAGMA application_id"));
  ATTACHE_ASSIGN_OR_RETURN(const int64_t version,
                           QueryInt(database, "PRAGMA user_version"));
  ATTACHE_ASSIGN_OR_RETURN(
      const int64_t objects,
      QueryInt(database, "SELECT count(*) FROM sqlite_schema"));
  const bool is_new = application_id == 0 && version == 0 && objects == 0;
  if (!is_new && application_id != schema.application_id) {
    return absl::FailedPreconditionError(absl::StrCat(
        path,
        " belongs to another program; name another data directory or move the "
        "file away"));
  }
  const auto newest = static_cast<int64_t>(schema.migrations.size());
  if (version > newest) {
    return absl::FailedPreconditionError(absl::StrCat(
        path, " has format ", version,
        ", and this program knows formats up to ", newest,
        "; start a newer version of it, or restore an older copy"));
  }
  return version;
}

absl::Status Migrate(Database& database, const Database::Schema& schema,
                     int64_t version) {
  for (size_t next = version; next < schema.migrations.size(); ++next) {
    ATTACHE_RETURN_IF_ERROR(database.Transact([&]() -> absl::Status {
      ATTACHE_RETURN_IF_ERROR(database.Execute(schema.migrations[next]));
      return database.Execute(
          absl::StrCat("PRAGMA application_id = ", schema.application_id,
                       "; PRAGMA user_version = ", next + 1));
    }));
  }
  return absl::OkStatus();
}

absl::Status OpenError(sqlite3* handle, const std::string& path) {
  const int system_error = sqlite3_system_errno(handle);
  return absl::FailedPreconditionError(
      absl::StrCat("cannot open ", path, ": ",
                   system_error != 0 ? std::strerror(system_error)
                                     : sqlite3_errmsg(handle)));
}

// Of a file that is only read: it has to be there, and hold something.
absl::Status CheckReadable(Database& database, const std::string& path,
                           const Database::Schema& schema) {
  ATTACHE_ASSIGN_OR_RETURN(const int64_t version,
                           CheckFormat(database, path, schema));
  if (version > 0) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(path, " is empty"));
}

// As SQLite takes it in a URI.
std::string EscapedPath(absl::string_view path) {
  std::string escaped;
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#') {
      absl::StrAppend(&escaped, "%", absl::Hex(c, absl::kZeroPad2));
    } else {
      escaped.push_back(c);
    }
  }
  return escaped;
}

int64_t FileBytes(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 ? info.st_size : 0;
}

}  // namespace

Database::Database(sqlite3* handle, std::string path)
    : handle_(handle), path_(std::move(path)) {
  sqlite3_extended_result_codes(handle_, 1);
  sqlite3_busy_timeout(handle_, kBusyTimeoutMs);
}

// A statement that is still there keeps the connection until it goes.
Database::~Database() { sqlite3_close_v2(handle_); }

absl::StatusOr<std::unique_ptr<Database>> Database::Connect(
    const std::string& path, const std::string& name, int flags) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &handle,
                                   flags | SQLITE_OPEN_NOMUTEX, nullptr);
  std::unique_ptr<Database> database(new Database(handle, path));
  if (code != SQLITE_OK) return OpenError(handle, path);
  return database;
}

absl::StatusOr<std::unique_ptr<Database>> Database::Open(
    const std::string& path, const Schema& schema) {
  ATTACHE_ASSIGN_OR_RETURN(
      auto database,
      Connect(path, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
  ATTACHE_ASSIGN_OR_RETURN(const int64_t version,
                           CheckFormat(*database, path, schema));
  // The log is cut back after a burst instead of keeping its largest size.
  ATTACHE_RETURN_IF_ERROR(
      database->Execute("PRAGMA journal_mode = WAL;"
                        "PRAGMA synchronous = FULL;"
                        "PRAGMA foreign_keys = ON;"
                        "PRAGMA journal_size_limit = 67108864"));
  sqlite3_wal_hook(database->handle_, OnCommitted, database.get());
  ATTACHE_RETURN_IF_ERROR(Migrate(*database, schema, version));
  return database;
}

absl::StatusOr<std::unique_ptr<Database>> Database::OpenReadOnly(
    const std::string& path) {
  return Connect(path, path, SQLITE_OPEN_READONLY);
}

absl::StatusOr<std::unique_ptr<Database>> Database::OpenBeside(
    const std::string& path, const Schema& schema) {
  // Not SQLITE_OPEN_READONLY, which would leave the log that it has to create
  // where the owner is not running.
  ATTACHE_ASSIGN_OR_RETURN(auto database,
                           Connect(path, path, SQLITE_OPEN_READWRITE));
  ATTACHE_RETURN_IF_ERROR(database->Execute("PRAGMA query_only = ON"));
  ATTACHE_RETURN_IF_ERROR(CheckReadable(*database, path, schema));
  return database;
}

absl::StatusOr<std::unique_ptr<Database>> Database::OpenAtRest(
    const std::string& path, const Schema& schema) {
  const bool has_log = FileBytes(path + "-wal") > 0;
  // With an index of the log in memory, and without the checkpoint at the end,
  // what a crash left is read and not touched. It takes a lock that only a
  // writer may hold.
  ATTACHE_ASSIGN_OR_RETURN(
      auto database, has_log ? Connect(path, path, SQLITE_OPEN_READWRITE)
                             : Connect(path,
                                       absl::StrCat("file:", EscapedPath(path),
                                                    "?immutable=1"),
                                       SQLITE_OPEN_READONLY | SQLITE_OPEN_URI));
  if (has_log) {
    if (sqlite3_db_readonly(database->handle_, "main") == 1) {
      return absl::FailedPreconditionError(absl::StrCat(
          path, "-wal can be read only by who may write to ", path,
          ": run this as the owner of the files, or on a copy of them"));
    }
    sqlite3_db_config(database->handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
                      nullptr);
    ATTACHE_RETURN_IF_ERROR(
        database->Execute("PRAGMA locking_mode = EXCLUSIVE"));
  }
  ATTACHE_RETURN_IF_ERROR(database->Execute("PRAGMA query_only = ON"));
  ATTACHE_RETURN_IF_ERROR(CheckReadable(*database, path, schema));
  return database;
}

absl::StatusOr<std::unique_ptr<Database>> Database::OpenOwn(
    const std::string& path) {
  return Connect(path, path, SQLITE_OPEN_READWRITE);
}

absl::StatusOr<int64_t> Database::Version() {
  return QueryInt(*this, "PRAGMA user_version");
}

absl::StatusOr<Statement> Database::Prepare(absl::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code =
      sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return SqliteStatus(handle_, code);
  return Statement(statement);
}

absl::Status Database::Execute(const std::string& sql) {
  const int code =
      sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return SqliteStatus(handle_, code);
  return absl::OkStatus();
}

void Database::Rollback() {
  // A full disk has rolled back already; then there is nothing to do.
  if (sqlite3_get_autocommit(handle_) == 0) {
    sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

absl::Status Database::Touch() {
  ATTACHE_ASSIGN_OR_RETURN(const int64_t version,
                           QueryInt(*this, "PRAGMA user_version"));
  return Execute(absl::StrCat("PRAGMA user_version = ", version));
}

absl::Status Database::CopyTo(
    Database& target,
    absl::FunctionRef<absl::Status(int64_t, int64_t)> progress) {
  // Held open, so that writes in the middle do not have it begin anew.
  return TransactReading([&]() -> absl::Status {
    ATTACHE_ASSIGN_OR_RETURN(const int64_t page_bytes,
                             QueryInt(*this, "PRAGMA page_size"));
    ATTACHE_RETURN_IF_ERROR(
        QueryInt(*this, "SELECT count(*) FROM sqlite_schema").status());
    sqlite3_backup* backup =
        sqlite3_backup_init(target.handle_, "main", handle_, "main");
    if (backup == nullptr) {
      return SqliteStatus(target.handle_, sqlite3_errcode(target.handle_));
    }
    int code = SQLITE_OK;
    absl::Status status;
    while (code == SQLITE_OK && status.ok()) {
      code = sqlite3_backup_step(backup, kCopyPages);
      const int64_t total = sqlite3_backup_pagecount(backup);
      const int64_t left = sqlite3_backup_remaining(backup);
      status = progress((total - left) * page_bytes, total * page_bytes);
    }
    const int finished = sqlite3_backup_finish(backup);
    ATTACHE_RETURN_IF_ERROR(status);
    if (finished != SQLITE_OK) return SqliteStatus(target.handle_, finished);
    return absl::OkStatus();
  });
}

int Database::OnCommitted(void* self, sqlite3*, const char* name,
                          int log_pages) {
  auto* database = static_cast<Database*>(self);
  if (log_pages >= kMaxLogPages && !database->keeps_log_) {
    database->CopyLogBack(name);
  }
  // The commit stands, whatever becomes of the log.
  return SQLITE_OK;
}

// A reader may keep SQLite from copying more than a first part of the log,
// which it then takes for done without a sync; a later sync that fails may be
// the one of that part, and nothing would write it again before the log is
// given up. The next process begins with the whole log.
void Database::CopyLogBack(const char* name) {
  const int code = sqlite3_wal_checkpoint_v2(
      handle_, name, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  if (code != SQLITE_IOERR_FSYNC) return;
  keeps_log_ = true;
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  Log(LogLevel::kError,
      "the disk failed to sync a file; nothing is lost, but its log grows "
      "until the service is started again: do so once the disk is well",
      {{"file", path_}});
}

int64_t Database::DiskBytes() const {
  return FileBytes(path_) + FileBytes(path_ + "-wal");
}

}  // namespace attache::store
