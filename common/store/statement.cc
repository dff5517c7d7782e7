#include <cerrno>
#include <string>
#include <utility>

#include <sqlite3.h>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/store/database.h"
#include "common/store/sqlite_status.h"

namespace attache::store {
namespace {

// A failed read is not a disk that refuses writes.
bool IsReadError(int extended) {
  return extended == SQLITE_IOERR_READ || extended == SQLITE_IOERR_SHORT_READ;
}

// SQLite has a word for a full disk, but not wherever one stops it.
std::string MessageOf(sqlite3* handle, int code) {
  const int kind = code & 0xFF;
  const bool is_full = kind == SQLITE_FULL ||
                       ((kind == SQLITE_IOERR || kind == SQLITE_CANTOPEN) &&
                        sqlite3_system_errno(handle) == ENOSPC);
  const char* path = sqlite3_db_filename(handle, "main");
  return absl::StrCat(path != nullptr ? path : "", ": ",
                      is_full ? "the disk is full" : sqlite3_errmsg(handle));
}

}  // namespace

absl::Status SqliteStatus(sqlite3* handle, int code) {
  const int extended = sqlite3_extended_errcode(handle);
  const std::string message = MessageOf(handle, code);
  switch (code & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return absl::DataLossError(absl::StrCat(
          message, "; the file is damaged: restore it from a copy"));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return WithRetryAfter(
          MakeError(v1::ERROR_REASON_DISK_REFUSES_WRITES,
                    absl::StrCat(message, "; another program holds the file")),
          absl::Seconds(1));
    case SQLITE_IOERR:
      if (IsReadError(extended)) return absl::DataLossError(message);
      [[fallthrough]];
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      return WithRetryAfter(
          MakeError(v1::ERROR_REASON_DISK_REFUSES_WRITES, message),
          absl::Seconds(1));
    case SQLITE_NOMEM:
    case SQLITE_TOOBIG:
      return absl::ResourceExhaustedError(message);
    default:
      return absl::InternalError(message);
  }
}

Statement::Statement(sqlite3_stmt* statement) : statement_(statement) {}

Statement::Statement(Statement&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)),
      bind_error_(std::exchange(other.bind_error_, 0)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(statement_, other.statement_);
  std::swap(bind_error_, other.bind_error_);
  return *this;
}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::Bind(int parameter, int64_t value) {
  const int code = sqlite3_bind_int64(statement_, parameter, value);
  if (code != SQLITE_OK) bind_error_ = code;
  return *this;
}

Statement& Statement::BindText(int parameter, absl::string_view value) {
  // A null pointer would bind NULL.
  const char* data = value.empty() ? "" : value.data();
  const int code = sqlite3_bind_text64(
      statement_, parameter, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  if (code != SQLITE_OK) bind_error_ = code;
  return *this;
}

Statement& Statement::BindBlob(int parameter, absl::string_view value) {
  const char* data = value.empty() ? "" : value.data();
  const int code = sqlite3_bind_blob64(statement_, parameter, data,
                                       value.size(), SQLITE_TRANSIENT);
  if (code != SQLITE_OK) bind_error_ = code;
  return *this;
}

absl::StatusOr<bool> Statement::Step() {
  const int bind_error = std::exchange(bind_error_, 0);
  const int code =
      bind_error != SQLITE_OK ? bind_error : sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  absl::Status status;
  if (code != SQLITE_DONE) {
    status = SqliteStatus(sqlite3_db_handle(statement_), code);
  }
  sqlite3_reset(statement_);
  if (!status.ok()) return status;
  return false;
}

absl::Status Statement::Run() {
  absl::StatusOr<bool> row = Step();
  while (row.ok() && *row) row = Step();
  return row.status();
}

void Statement::Reset() { sqlite3_reset(statement_); }

bool Statement::IsNull(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

int64_t Statement::Int(int column) const {
  return sqlite3_column_int64(statement_, column);
}

absl::string_view Statement::Text(int column) const {
  // The pointer first: it may convert the value, which changes the length.
  const void* data = sqlite3_column_blob(statement_, column);
  const int bytes = sqlite3_column_bytes(statement_, column);
  return data == nullptr
             ? absl::string_view()
             : absl::string_view(static_cast<const char*>(data), bytes);
}

}  // namespace attache::store
