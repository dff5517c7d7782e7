#include "cli/briefing_source.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "cli/briefing_json.h"
#include "common/limits.h"
#include "common/status_macros.h"
#include "common/text/spaces.h"
#include "common/text/utf8.h"
#include "common/timestamp.h"
#include "ingestor/readers/feed_reader.h"

namespace attache::cli {
namespace {

namespace fs = std::filesystem;

constexpr absl::string_view kStdinName = "stdin";

std::string LowerExtension(const std::string& path) {
  return absl::AsciiStrToLower(fs::path(path).extension().string());
}

// Empty where the ending says nothing.
std::string MediaTypeOf(const std::string& path) {
  const std::string extension = LowerExtension(path);
  if (extension == ".txt") return "text/plain";
  if (extension == ".md" || extension == ".markdown") return "text/markdown";
  if (extension == ".html" || extension == ".htm") return "text/html";
  return "";
}

bool IsFeedName(const std::string& path) {
  const std::string extension = LowerExtension(path);
  return extension == ".rss" || extension == ".atom" || extension == ".xml";
}

bool IsJsonLinesName(const std::string& path) {
  const std::string extension = LowerExtension(path);
  return extension == ".jsonl" || extension == ".ndjson";
}

// A briefing id is UTF-8 without white space or control characters; of a
// name, those bytes are percent-encoded.
std::string IdFrom(absl::string_view name) {
  std::string id;
  while (const auto found = FirstSpaceOrControl(name)) {
    absl::StrAppend(&id, name.substr(0, found->begin));
    for (size_t at = found->begin; at < found->end; ++at) {
      absl::StrAppendFormat(&id, "%%%02X",
                            static_cast<unsigned char>(name[at]));
    }
    name.remove_prefix(found->end);
  }
  absl::StrAppend(&id, name);
  return id;
}

absl::StatusOr<std::string> ReadAll(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  std::string content((std::istreambuf_iterator<char>(in)),
                      std::istreambuf_iterator<char>());
  if (in.bad())
    return absl::UnavailableError(absl::StrCat("cannot read ", path));
  return content;
}

// Feeds carry headlines and names that no one promised to keep short.
std::string Bounded(const std::string& text, size_t max_bytes) {
  if (FirstInvalidUtf8(text)) return "";
  return std::string(Utf8Prefix(text, max_bytes));
}

v1::Briefing FromFeedItem(FeedItem item) {
  v1::Briefing briefing;
  std::string id = IdFrom(item.guid);
  if (id.empty() || id.size() > kMaxBriefingIdBytes) id = IdFrom(item.link);
  briefing.set_briefing_id(std::move(id));
  briefing.set_uri(item.link.size() <= kMaxUriBytes ? item.link : "");
  briefing.set_title(Bounded(item.title, kMaxTitleBytes));
  briefing.set_publisher(Bounded(item.publisher, kMaxPublisherBytes));
  briefing.set_language_code(item.language);
  briefing.set_media_type(item.media_type);
  briefing.set_content(std::move(item.content));
  briefing.set_publish_utc_offset_minutes(item.utc_offset_minutes);
  if (item.publish_time) {
    SetTimestamp(*item.publish_time, briefing.mutable_publish_time());
  };
  return briefing;
}

}  // namespace

absl::StatusOr<std::unique_ptr<BriefingSource>> BriefingSource::Open(
    const std::string& path, BriefingDefaults defaults) {
  auto source =
      std::unique_ptr<BriefingSource>(new BriefingSource(std::move(defaults)));
  std::error_code error;
  if (path == "-") {
    source->AddContent(std::string(kStdinName),
                       std::string((std::istreambuf_iterator<char>(std::cin)),
                                   std::istreambuf_iterator<char>()));
  } else if (fs::is_directory(path, error)) {
    ATTACHE_RETURN_IF_ERROR(source->AddFolder(path));
    if (source->entries_.empty()) {
      return absl::NotFoundError(absl::StrCat(
          path, " holds no briefings (.txt, .md, .html, .rss, .atom, .jsonl)"));
    }
  } else if (fs::is_regular_file(path, error) || fs::is_fifo(path, error)) {
    ATTACHE_RETURN_IF_ERROR(
        source->AddFile(path, fs::path(path).filename().string(), true));
  } else {
    return absl::NotFoundError(
        absl::StrCat("there is no file or folder ", path));
  }
  return source;
}

absl::Status BriefingSource::AddFolder(const std::string& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  fs::recursive_directory_iterator it(
      folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && it != fs::recursive_directory_iterator();
       it.increment(error)) {
    if (absl::StartsWith(it->path().filename().string(), ".")) {
      it.disable_recursion_pending();
    } else if (it->is_regular_file(error)) {
      files.push_back(it->path());
    }
  }
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("cannot read ", folder, ": ", error.message()));
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    ATTACHE_RETURN_IF_ERROR(
        AddFile(file.string(), file.lexically_relative(folder).generic_string(),
                false));
  }
  return absl::OkStatus();
}

absl::Status BriefingSource::AddFile(const std::string& path,
                                     const std::string& name,
                                     bool named_directly) {
  if (!MediaTypeOf(path).empty()) {
    entries_.push_back({{name, v1::Briefing()}, path});
    return absl::OkStatus();
  }
  if (!named_directly && !IsFeedName(path) && !IsJsonLinesName(path)) {
    return absl::OkStatus();
  }
  ATTACHE_ASSIGN_OR_RETURN(std::string content, ReadAll(path));
  AddContent(name, std::move(content));
  return absl::OkStatus();
}

void BriefingSource::AddContent(const std::string& name, std::string content) {
  const absl::string_view start =
      absl::StripLeadingAsciiWhitespace(absl::string_view(content));
  if (IsFeedName(name) || LooksLikeFeed(content)) {
    AddFeed(name, content);
  } else if (IsJsonLinesName(name) || absl::StartsWith(start, "{\"")) {
    AddJsonLines(name, content);
  } else {
    v1::Briefing briefing;
    briefing.set_briefing_id(IdFrom(name));
    briefing.set_media_type(MediaTypeOf(name));
    briefing.set_content(std::move(content));
    ApplyDefaults(briefing);
    entries_.push_back({{name, std::move(briefing)}, ""});
  }
}

void BriefingSource::AddJsonLines(const std::string& name,
                                  const std::string& content) {
  int line_number = 0;
  for (const absl::string_view line : absl::StrSplit(content, '\n')) {
    ++line_number;
    if (absl::StripAsciiWhitespace(line).empty()) continue;
    const std::string where = absl::StrCat(name, ":", line_number);
    absl::StatusOr<v1::Briefing> briefing = BriefingFromJson(line);
    if (briefing.ok()) ApplyDefaults(*briefing);
    entries_.push_back({{where, std::move(briefing)}, ""});
  }
}

void BriefingSource::AddFeed(const std::string& name,
                             const std::string& content) {
  absl::StatusOr<std::vector<FeedItem>> items = ReadFeed(content);
  if (!items.ok()) {
    entries_.push_back({{name, items.status()}, ""});
    return;
  }
  for (FeedItem& item : *items) {
    const std::string where = absl::StrCat(name, ":", item.line);
    v1::Briefing briefing = FromFeedItem(std::move(item));
    ApplyDefaults(briefing);
    entries_.push_back({{where, std::move(briefing)}, ""});
  }
}

void BriefingSource::ApplyDefaults(v1::Briefing& briefing) const {
  if (defaults_.publish_time && !briefing.has_publish_time()) {
    SetTimestamp(*defaults_.publish_time, briefing.mutable_publish_time());
  }
  if (briefing.media_type().empty()) {
    briefing.set_media_type(defaults_.media_type);
  }
  if (briefing.language_code().empty()) {
    briefing.set_language_code(defaults_.language);
  }
  if (briefing.title().empty()) briefing.set_title(defaults_.title);
}

std::optional<SourceItem> BriefingSource::Next() {
  if (next_ == entries_.size()) return std::nullopt;
  Entry& entry = entries_[next_++];
  if (entry.unread_path.empty()) return std::move(entry.item);
  absl::StatusOr<std::string> content = ReadAll(entry.unread_path);
  if (!content.ok()) return SourceItem{entry.item.name, content.status()};
  v1::Briefing briefing;
  briefing.set_briefing_id(IdFrom(entry.item.name));
  briefing.set_media_type(defaults_.media_type.empty()
                              ? MediaTypeOf(entry.unread_path)
                              : defaults_.media_type);
  briefing.set_content(*std::move(content));
  ApplyDefaults(briefing);
  return SourceItem{entry.item.name, std::move(briefing)};
}

absl::StatusOr<absl::Time> ParsePublishTime(const std::string& text) {
  absl::Time time;
  std::string error;
  if (absl::ParseTime(absl::RFC3339_full, text, &time, &error) ||
      absl::ParseTime("%Y-%m-%d", text, &time, &error)) {
    return time;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("\"", text,
                   "\" is no time: write 2024-05-13 or "
                   "2024-05-13T09:00:00Z"));
}

}  // namespace attache::cli
