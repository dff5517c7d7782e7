// Commands on the data directories of the services: backup, verify.
#include <atomic>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cli/commands.h"
#include "cli/stop_signals.h"
#include "cli/terminal.h"
#include "common/status_macros.h"
#include "ingestor/outbox/backup_store.h"
#include "ingestor/outbox/verify_store.h"
#include "query_service/journal/backup_journal.h"
#include "query_service/journal/verify_journal.h"

namespace attache::cli {
namespace {

namespace fs = std::filesystem;

enum class Service { kQueryService, kIngestor };

// Whose data directory it is, by the files in it.
absl::StatusOr<Service> ServiceOf(const std::string& directory) {
  std::error_code error;
  if (!fs::is_directory(directory, error)) {
    return absl::NotFoundError(absl::StrCat(
        directory, " is ",
        fs::exists(directory, error) ? "not a directory" : "not there"));
  }
  const fs::path path(directory);
  const bool journal = fs::exists(path / kJournalFileName, error);
  const bool outbox = fs::exists(path / outbox::kStoreFileName, error);
  if (journal && outbox) {
    return absl::FailedPreconditionError(
        absl::StrCat(directory,
                     " holds the files of both services: each needs "
                     "a directory of its own"));
  }
  if (journal) return Service::kQueryService;
  if (outbox) return Service::kIngestor;
  for (const std::string name : {kJournalFileName, outbox::kStoreFileName}) {
    const std::string part = absl::StrCat(name, store::kPartialSuffix);
    if (!fs::exists(path / part, error)) continue;
    return absl::FailedPreconditionError(
        absl::StrCat(directory, " holds a backup that was broken off (", part,
                     "): it is not whole and can go"));
  }
  return absl::NotFoundError(
      absl::StrCat(directory, " is no data directory: neither ",
                   kJournalFileName, " of a query service nor ",
                   outbox::kStoreFileName, " of an ingestor is in it"));
}

struct BackupOptions {
  std::string data_dir;
  std::string to;
};

absl::StatusOr<std::string> BackUp(const BackupOptions& options,
                                   Service service,
                                   store::BackupProgress progress) {
  if (service == Service::kQueryService) {
    ATTACHE_ASSIGN_OR_RETURN(
        const JournalBackup backup,
        BackUpJournal(options.data_dir, options.to, progress));
    return absl::StrCat("query service at revision ", backup.revision, ": ",
                        Megabytes(backup.bytes));
  }
  ATTACHE_ASSIGN_OR_RETURN(
      const outbox::StoreBackup backup,
      outbox::BackUpStore(options.data_dir, options.to, progress));
  return absl::StrCat("ingestor at sequence ", backup.last_sequence,
                      " (acknowledged ", backup.acknowledged_sequence,
                      "): ", Megabytes(backup.bytes));
}

absl::Status RunBackup(const BackupOptions& options) {
  BlockStopSignals();
  std::atomic<bool> stopped = false;
  const StopSignals signals([&] { stopped = true; });
  ATTACHE_ASSIGN_OR_RETURN(const Service service, ServiceOf(options.data_dir));
  const absl::Time start = absl::Now();
  std::optional<Progress> shown;
  const auto progress = [&](int64_t done, int64_t total) -> absl::Status {
    if (!shown.has_value()) shown.emplace("MB", total / 1'000'000);
    shown->Update(static_cast<size_t>(done / 1'000'000));
    return stopped ? absl::CancelledError("stopped; no backup was made")
                   : absl::OkStatus();
  };
  ATTACHE_ASSIGN_OR_RETURN(const std::string what,
                           BackUp(options, service, progress));
  shown.reset();
  std::cout << what
            << absl::StreamFormat(" in %.1f s to ",
                                  absl::ToDoubleSeconds(absl::Now() - start))
            << Printable(options.to) << '\n';
  return absl::OkStatus();
}

absl::Status RunVerify(const std::string& data_dir) {
  ATTACHE_ASSIGN_OR_RETURN(const Service service, ServiceOf(data_dir));
  const bool is_journal = service == Service::kQueryService;
  ATTACHE_ASSIGN_OR_RETURN(
      const store::Verification found,
      is_journal ? VerifyJournal(data_dir) : outbox::VerifyStore(data_dir));
  for (const std::string& fault : found.faults()) {
    std::cout << Printable(fault) << '\n';
  }
  const auto unlisted =
      found.fault_count() - static_cast<int64_t>(found.faults().size());
  if (unlisted > 0) std::cout << "and " << unlisted << " more\n";
  if (found.fault_count() > 0) {
    return absl::DataLossError(
        absl::StrCat(data_dir, " has ", found.fault_count(),
                     found.fault_count() == 1 ? " fault" : " faults"));
  }
  std::cout << (is_journal ? "query service" : "ingestor") << ", sound: "
            << absl::StrJoin(found.facts(), ", ",
                             [](std::string* out, const auto& fact) {
                               absl::StrAppend(out, fact.first, " ",
                                               fact.second);
                             })
            << '\n';
  return absl::OkStatus();
}

}  // namespace

void AddBackupCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<BackupOptions>();
  CLI::App* command = app.add_subcommand(
      "backup", "Copy a service's data directory, also while it runs");
  command
      ->add_option("data_dir", options->data_dir,
                   "Data directory of an ingestor or a query service")
      ->required();
  command
      ->add_option("--to", options->to,
                   "Directory for the copy: a new or an empty one")
      ->required();
  command->footer(
      "Starting the service on the copy is restoring it.\n"
      "Example:\n"
      "  attache backup /var/lib/attache/query --to /srv/backup/query-monday");
  command->callback([options, &action] {
    action = [options] { return RunBackup(*options); };
  });
}

void AddVerifyCommand(CLI::App& app, Action& action) {
  auto data_dir = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand(
      "verify", "Check the files of a stopped service, or of a backup");
  command
      ->add_option("data_dir", *data_dir,
                   "Data directory of an ingestor or a query service")
      ->required();
  command->footer(
      "Changes nothing. Exits with 1 where there is a fault, each on a line.\n"
      "Example:\n"
      "  attache verify /srv/backup/query-monday");
  command->callback([data_dir, &action] {
    action = [data_dir] { return RunVerify(*data_dir); };
  });
}

}  // namespace attache::cli
