// attache: parses, ingests and finds briefings from the command line.
#include <iostream>

#include "CLI/CLI.hpp"
#include "cli/commands.h"
#include "cli/connection_options.h"
#include "cli/terminal.h"

namespace {

constexpr char kExamples[] = R"(Examples:
  attache parse announcement.txt --publish-time 2024-05-13
  attache ingest press-releases/ --durability=indexed
  attache find --country Brazil --sector "renewable energy"
  attache find --objective enhance_trade --from 2024-01 --format=csv --all
  attache summarize --by country,sector
  attache export --format=jsonl --output trips.jsonl
  attache watch 'visits.country_code:"BR"'
  attache get "press-releases/lisbon.txt#1"
  attache status
  attache backup /var/lib/attache/query --to /srv/backup/query
`attache COMMAND --help` shows what a command takes.)";

constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Attaché: typed records of official trips, from briefings."};
  app.name("attache");
  app.footer(kExamples);
  app.require_subcommand(1);
  app.set_version_flag("--version", ATTACHE_VERSION);
  app.fallthrough();

  attache::cli::Addresses addresses;
  attache::cli::AddConnectionOptions(app, addresses);

  attache::cli::Action action;
  attache::cli::AddParseCommand(app, action);
  attache::cli::AddIngestCommand(app, addresses, action);
  attache::cli::AddFindCommand(app, addresses, action);
  attache::cli::AddExplainCommand(app, addresses, action);
  attache::cli::AddSummarizeCommand(app, addresses, action);
  attache::cli::AddExportCommand(app, addresses, action);
  attache::cli::AddWatchCommand(app, addresses, action);
  attache::cli::AddGetCommand(app, addresses, action);
  attache::cli::AddRetractCommand(app, addresses, action);
  attache::cli::AddReparseCommand(app, addresses, action);
  attache::cli::AddVocabularyCommand(app, addresses, action);
  attache::cli::AddStatusCommand(app, addresses, action);
  attache::cli::AddHealthCommand(app, addresses, action);
  attache::cli::AddBackupCommand(app, action);
  attache::cli::AddVerifyCommand(app, action);
  attache::cli::AddTokenCommand(app, action);
  attache::cli::AddEvaluateCommand(app, action);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help
    std::cerr << "attache: " << attache::cli::Printable(error.what())
              << "\nSee attache --help.\n";
    return kWrongUsage;
  }
  const absl::Status status = action();
  if (status.ok()) return 0;
  std::cout.flush();
  std::cerr << "attache: " << attache::cli::Printable(status.message()) << '\n';
  return kFailed;
}
