// The commands of `attache`, a file each.
#ifndef ATTACHE_CLI_COMMANDS_H_
#define ATTACHE_CLI_COMMANDS_H_

#include <functional>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "cli/client.h"

namespace attache::cli {

// What the chosen command does once the whole command line has been read. A
// non-OK status is printed and the process exits with 1.
using Action = std::function<absl::Status()>;

// Each registers a command with `app`; when the user chose it, `action` is set.
// `addresses` and `action` outlive the app.
void AddParseCommand(CLI::App& app, Action& action);
void AddEvaluateCommand(CLI::App& app, Action& action);
void AddIngestCommand(CLI::App& app, const Addresses& addresses,
                      Action& action);
void AddFindCommand(CLI::App& app, const Addresses& addresses, Action& action);
void AddExplainCommand(CLI::App& app, const Addresses& addresses,
                       Action& action);
void AddSummarizeCommand(CLI::App& app, const Addresses& addresses,
                         Action& action);
void AddExportCommand(CLI::App& app, const Addresses& addresses,
                      Action& action);
void AddWatchCommand(CLI::App& app, const Addresses& addresses, Action& action);
void AddGetCommand(CLI::App& app, const Addresses& addresses, Action& action);
void AddRetractCommand(CLI::App& app, const Addresses& addresses,
                       Action& action);
void AddReparseCommand(CLI::App& app, const Addresses& addresses,
                       Action& action);
void AddVocabularyCommand(CLI::App& app, const Addresses& addresses,
                          Action& action);
void AddBackupCommand(CLI::App& app, Action& action);
void AddVerifyCommand(CLI::App& app, Action& action);
void AddStatusCommand(CLI::App& app, const Addresses& addresses,
                      Action& action);
void AddHealthCommand(CLI::App& app, const Addresses& addresses,
                      Action& action);
void AddTokenCommand(CLI::App& app, Action& action);

}  // namespace attache::cli

#endif  // ATTACHE_CLI_COMMANDS_H_
