// Briefings from files, folders, feeds and JSON lines.
#ifndef ATTACHE_CLI_BRIEFING_SOURCE_H_
#define ATTACHE_CLI_BRIEFING_SOURCE_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "attache/v1/briefing.pb.h"

namespace attache::cli {

// What the user says of briefings that do not say it themselves.
struct BriefingDefaults {
  std::optional<absl::Time> publish_time;
  std::string media_type;
  std::string language;
  std::string title;
};

// One briefing, or why it could not be had.
struct SourceItem {
  // File, with the line or item where it holds several: "wire.jsonl:3".
  std::string name;
  absl::StatusOr<v1::Briefing> briefing;
};

// Knows beforehand how many briefings it holds; reads plain files one by one.
// Not thread-safe.
class BriefingSource {
 public:
  // `path` is a file, a folder (read recursively, hidden files and unknown
  // endings left out, in order of their names) or "-" for standard input. Feeds
  // (RSS 2.0, Atom) and JSON lines of Briefing are told by their ending or,
  // elsewhere, by how they begin. A file's briefing_id is its path relative to
  // the folder that was named, white space percent-encoded; a feed item's its
  // guid or link.
  static absl::StatusOr<std::unique_ptr<BriefingSource>> Open(
      const std::string& path, BriefingDefaults defaults);

  size_t size() const { return entries_.size(); }

  // nullopt at the end.
  std::optional<SourceItem> Next();

 private:
  struct Entry {
    SourceItem item;
    // A plain file that is yet to be read; else empty.
    std::string unread_path;
  };

  explicit BriefingSource(BriefingDefaults defaults)
      : defaults_(std::move(defaults)) {}
  absl::Status AddFolder(const std::string& folder);
  absl::Status AddFile(const std::string& path, const std::string& name,
                       bool named_directly);
  void AddContent(const std::string& name, std::string content);
  void AddJsonLines(const std::string& name, const std::string& content);
  void AddFeed(const std::string& name, const std::string& content);
  void ApplyDefaults(v1::Briefing& briefing) const;

  BriefingDefaults defaults_;
  std::vector<Entry> entries_;
  size_t next_ = 0;
};

// RFC 3339 ("2024-05-13T09:00:00Z") or a date alone, which is its first
// instant in UTC.
absl::StatusOr<absl::Time> ParsePublishTime(const std::string& text);

}  // namespace attache::cli

#endif  // ATTACHE_CLI_BRIEFING_SOURCE_H_
