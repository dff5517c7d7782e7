// The options that every command which calls a service shares: where it is,
// and how the two prove themselves to each other.
#ifndef ATTACHE_CLI_CONNECTION_OPTIONS_H_
#define ATTACHE_CLI_CONNECTION_OPTIONS_H_

#include "CLI/CLI.hpp"
#include "cli/client.h"

namespace attache::cli {

// Each can stand in the environment too. `addresses` outlives the app.
void AddConnectionOptions(CLI::App& app, Addresses& addresses);

}  // namespace attache::cli

#endif  // ATTACHE_CLI_CONNECTION_OPTIONS_H_
