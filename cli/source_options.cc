#include "cli/source_options.h"

#include <utility>

#include "common/status_macros.h"

namespace attache::cli {

void AddSourceOptions(CLI::App& command, SourceOptions& options) {
  command
      .add_option("source", options.path,
                  "A file, a folder, an RSS or Atom feed, JSON lines of "
                  "Briefing, or - for standard input")
      ->required();
  command
      .add_option("--publish-time", options.publish_time,
                  "When it was published, where it does not say so itself: "
                  "2024-05-13 or 2024-05-13T09:00:00Z")
      ->check([](const std::string& text) {
        const auto time = ParsePublishTime(text);
        return time.ok() ? std::string() : std::string(time.status().message());
      });
  command
      .add_option("--media-type", options.media_type,
                  "text/plain, text/markdown or text/html; guessed otherwise")
      ->check(CLI::IsMember({"text/plain", "text/markdown", "text/html"}));
  command.add_option("--language", options.language,
                     "BCP-47 language, such as en; detected otherwise");
  command.add_option("--title", options.title,
                     "Headline of a text without one");
}

absl::StatusOr<std::unique_ptr<BriefingSource>> OpenSource(
    const SourceOptions& options) {
  BriefingDefaults defaults;
  if (!options.publish_time.empty()) {
    ATTACHE_ASSIGN_OR_RETURN(const absl::Time time,
                             ParsePublishTime(options.publish_time));
    defaults.publish_time = time;
  }
  defaults.media_type = options.media_type;
  defaults.language = options.language;
  defaults.title = options.title;
  return BriefingSource::Open(options.path, std::move(defaults));
}

}  // namespace attache::cli
