// The options of every command that reads briefings.
#ifndef ATTACHE_CLI_SOURCE_OPTIONS_H_
#define ATTACHE_CLI_SOURCE_OPTIONS_H_

#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"
#include "cli/briefing_source.h"

namespace attache::cli {

struct SourceOptions {
  std::string path;
  std::string publish_time;
  std::string media_type;
  std::string language;
  std::string title;
};

// `options` outlives the app.
void AddSourceOptions(CLI::App& command, SourceOptions& options);

absl::StatusOr<std::unique_ptr<BriefingSource>> OpenSource(
    const SourceOptions& options);

}  // namespace attache::cli

#endif  // ATTACHE_CLI_SOURCE_OPTIONS_H_
