#include "ingestor/outbox/backup_store.h"

#include "absl/strings/str_cat.h"
#include "common/random_bytes.h"
#include "common/status_macros.h"
#include "ingestor/outbox/store_schema.h"

namespace attache::outbox {
namespace {

using store::Database;
using store::Statement;

absl::Status ReadPositions(Database& copy, StoreBackup& backup) {
  ATTACHE_ASSIGN_OR_RETURN(
      Statement get,
      copy.Prepare("SELECT last_sequence, acknowledged_sequence FROM state"));
  ATTACHE_ASSIGN_OR_RETURN(const bool found, get.Step());
  if (!found) return absl::OkStatus();
  backup.last_sequence = get.Int(0);
  backup.acknowledged_sequence = get.Int(1);
  get.Reset();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<StoreBackup> BackUpStore(const std::string& data_dir,
                                        const std::string& directory,
                                        store::BackupProgress progress) {
  StoreBackup backup;
  const auto finish = [&](Database& copy) -> absl::Status {
    ATTACHE_ASSIGN_OR_RETURN(const std::string key,
                             RandomBytes(kTokenKeyBytes));
    ATTACHE_ASSIGN_OR_RETURN(Statement set,
                             copy.Prepare("UPDATE state SET token_key = ?"));
    ATTACHE_RETURN_IF_ERROR(set.BindBlob(1, key).Run());
    return ReadPositions(copy, backup);
  };
  ATTACHE_ASSIGN_OR_RETURN(
      backup.bytes, store::BackUp(absl::StrCat(data_dir, "/", kStoreFileName),
                                  StoreSchema(), directory, finish, progress));
  return backup;
}

}  // namespace attache::outbox
