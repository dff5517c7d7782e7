#include "ingestor/readers/front_matter.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "ingestor/readers/one_of.h"

namespace attache {
namespace {

constexpr size_t kMaxLines = 200;

struct SourceLine {
  uint32_t begin = 0;
  uint32_t end = 0;   // without the line's end
  uint32_t next = 0;  // where the next line begins
};

SourceLine LineAt(absl::string_view text, uint32_t begin) {
  SourceLine line;
  line.begin = begin;
  const size_t end = text.find_first_of("\r\n", begin);
  line.end = end == text.npos ? text.size() : end;
  line.next = std::min<size_t>(line.end + 1, text.size());
  if (line.next < text.size() && text[line.end] == '\r' &&
      text[line.next] == '\n') {
    ++line.next;
  }
  return line;
}

// A field's value, without white space and quotes around it.
TextRange ValueRange(absl::string_view text, uint32_t begin, uint32_t end) {
  while (begin < end && absl::ascii_isspace(text[begin])) ++begin;
  while (end > begin && absl::ascii_isspace(text[end - 1])) --end;
  if (end - begin >= 2 && (text[begin] == '"' || text[begin] == '\'') &&
      text[end - 1] == text[begin]) {
    ++begin;
    --end;
  }
  return {begin, end};
}

bool IsKey(absl::string_view key) {
  return !key.empty() && key.size() <= 60 && absl::ascii_isalpha(key[0]) &&
         std::all_of(key.begin(), key.end(), [](char c) {
           return absl::ascii_isalnum(c) || c == '_' || c == '-' || c == '.' ||
                  c == ':';
         });
}

class FrontMatterReader {
 public:
  explicit FrontMatterReader(absl::string_view text) : text_(text) {}

  FrontMatter Read() {
    SourceLine line = LineAt(text_, 0);
    const absl::string_view fence = absl::StripTrailingAsciiWhitespace(
        text_.substr(line.begin, line.end - line.begin));
    if (fence != "---" && fence != "+++") return {};
    const char separator = fence == "---" ? ':' : '=';
    for (size_t i = 0; i < kMaxLines && line.next < text_.size(); ++i) {
      line = LineAt(text_, line.next);
      const absl::string_view content = absl::StripTrailingAsciiWhitespace(
          text_.substr(line.begin, line.end - line.begin));
      if (content == fence || (separator == ':' && content == "...")) {
        if (fields_ == 0) return {};
        result_.end = line.next;
        if (result_.metadata.publisher.empty()) {
          result_.metadata.publisher = author_;
        }
        return std::move(result_);
      }
      if (!TakeLine(line, content, separator)) return {};
    }
    return {};
  }

 private:
  // False where the line has no place in front matter.
  bool TakeLine(const SourceLine& line, absl::string_view content,
                char separator) {
    // A rule with a paragraph below it is no front matter.
    if (content.empty()) return fields_ > 0;
    if (content[0] == '#' || content[0] == '[' || content[0] == ']') {
      return true;
    }
    // What is indented, or an element of a list, belongs to the key above.
    if (absl::ascii_isspace(content[0]) || absl::StartsWith(content, "- ")) {
      return fields_ > 0;
    }
    size_t at = content.find(separator);
    while (separator == ':' && at != content.npos && at + 1 < content.size() &&
           !absl::ascii_isspace(content[at + 1])) {
      at = content.find(separator, at + 1);
    }
    if (at == content.npos) return false;
    const absl::string_view key =
        absl::StripTrailingAsciiWhitespace(content.substr(0, at));
    if (!IsKey(key)) return false;
    ++fields_;
    TakeField(absl::AsciiStrToLower(key),
              ValueRange(text_, line.begin + at + 1, line.end));
    return true;
  }

  // `key` in lower case.
  void TakeField(absl::string_view key, TextRange range) {
    const absl::string_view value =
        text_.substr(range.begin, range.end - range.begin);
    if (value.empty() || absl::StrContains("[{|>&*!", value[0])) return;
    ReadMetadata& metadata = result_.metadata;
    if (IsOneOf(key, {"title", "headline"})) {
      if (result_.title.begin == result_.title.end) result_.title = range;
    } else if (IsOneOf(key, {"date", "publishdate", "publish_date", "published",
                             "published_at", "pubdate", "publication_date",
                             "publish_time"})) {
      if (!metadata.publish_time) {
        metadata.publish_time = ParseWrittenTime(value);
      }
    } else if (IsOneOf(key, {"lang", "language", "locale"})) {
      if (metadata.language.empty()) metadata.language = LanguageTag(value);
    } else if (IsOneOf(key, {"publisher", "source", "site", "site_name",
                             "organization", "organisation"})) {
      if (metadata.publisher.empty()) metadata.publisher = std::string(value);
    } else if (IsOneOf(key, {"author", "byline"})) {
      if (author_.empty()) author_ = std::string(value);
    } else if (IsOneOf(key, {"canonical", "canonical_url", "canonicalurl",
                             "url", "permalink"})) {
      if (metadata.uri.empty() && absl::StrContains(value, "://")) {
        metadata.uri = std::string(value);
      }
    }
  }

  absl::string_view text_;
  FrontMatter result_;
  std::string author_;
  size_t fields_ = 0;
};

}  // namespace

FrontMatter ReadFrontMatter(absl::string_view text) {
  return FrontMatterReader(text).Read();
}

}  // namespace attache
