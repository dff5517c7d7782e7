#include "query_service/journal/backup_journal.h"

#include "absl/strings/str_cat.h"
#include "common/status_macros.h"
#include "query_service/journal/journal_schema.h"

namespace attache {
namespace {

using store::Database;
using store::Statement;

absl::Status Forget(Database& copy, const char* key) {
  ATTACHE_ASSIGN_OR_RETURN(Statement forget,
                           copy.Prepare("DELETE FROM meta WHERE key = ?"));
  return forget.BindText(1, key).Run();
}

absl::StatusOr<int64_t> RevisionOf(Database& copy) {
  ATTACHE_ASSIGN_OR_RETURN(
      Statement get, copy.Prepare("SELECT CAST(CAST(value AS TEXT) AS INTEGER) "
                                  "FROM meta WHERE key = ?"));
  get.BindText(1, kMetaRevision);
  ATTACHE_ASSIGN_OR_RETURN(const bool found, get.Step());
  return found ? get.Int(0) : 0;
}

}  // namespace

absl::StatusOr<JournalBackup> BackUpJournal(const std::string& data_dir,
                                            const std::string& directory,
                                            store::BackupProgress progress) {
  JournalBackup backup;
  const auto finish = [&](Database& copy) -> absl::Status {
    ATTACHE_RETURN_IF_ERROR(Forget(copy, kMetaFileIdentity));
    ATTACHE_RETURN_IF_ERROR(Forget(copy, kMetaPageTokenKey));
    ATTACHE_ASSIGN_OR_RETURN(backup.revision, RevisionOf(copy));
    return absl::OkStatus();
  };
  ATTACHE_ASSIGN_OR_RETURN(
      backup.bytes,
      store::BackUp(absl::StrCat(data_dir, "/", kJournalFileName),
                    JournalSchema(), directory, finish, progress));
  return backup;
}

}  // namespace attache
