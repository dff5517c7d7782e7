#include "ingestor/readers/sniff.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/error.h"
#include "ingestor/readers/front_matter.h"

namespace attache {
namespace {

constexpr size_t kSniffedBytes = 64 << 10;
constexpr size_t kHeadBytes = 1024;

size_t Count(absl::string_view text, absl::string_view part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != text.npos;
       at = text.find(part, at + part.size())) {
    ++count;
  }
  return count;
}

bool IsAtxHeading(absl::string_view line) {
  const size_t marks = line.find_first_not_of('#');
  return marks != line.npos && marks >= 1 && marks <= 6 && line[marks] == ' ' &&
         line.find_first_not_of("# ") != line.npos;
}

// "[label]: https://..."
bool IsLinkDefinition(absl::string_view line) {
  const size_t close = line.find("]: ");
  return absl::StartsWith(line, "[") && close != line.npos &&
         (absl::StartsWith(line.substr(close + 3), "http") ||
          absl::StartsWith(line.substr(close + 3), "<"));
}

// Runs of "**" with a word right behind the first or right before the second.
size_t CountBold(absl::string_view line) {
  size_t count = 0;
  for (size_t at = line.find("**"); at != line.npos;) {
    const size_t close = line.find("**", at + 3);
    if (close == line.npos || line[at + 2] == ' ' || line[at + 2] == '*') break;
    if (line[close - 1] != ' ') ++count;
    at = line.find("**", close + 2);
  }
  return count;
}

// How much of what only Markdown has stands in `text`; 2 is enough. Bullets,
// rules and tables drawn with pipes are found in plain text as well.
size_t MarkdownMarks(absl::string_view text) {
  text = text.substr(0, kSniffedBytes);
  if (ReadFrontMatter(text).end > 0) return 2;
  size_t marks = 0;
  size_t fences = 0;
  bool first = true;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    line = absl::StripTrailingAsciiWhitespace(line);
    if (line.empty()) continue;
    if (IsAtxHeading(line)) marks += first ? 2 : 1;
    if (IsLinkDefinition(line)) marks += 2;
    if (absl::StartsWith(line, "```")) ++fences;
    marks += CountBold(line);
    first = false;
  }
  return marks + fences / 2 * 2 + 2 * Count(text, "](http") +
         2 * Count(text, "](/") + 2 * Count(text, "](mailto:");
}

// Past a declaration and comments that stand before the document.
absl::string_view SkipProlog(absl::string_view text) {
  while (true) {
    text = absl::StripLeadingAsciiWhitespace(text);
    const bool comment = absl::StartsWith(text, "<!--");
    if (!comment && !absl::StartsWith(text, "<?xml")) return text;
    const absl::string_view close = comment ? "-->" : "?>";
    const size_t end = text.find(close);
    if (end == text.npos) return text;
    text.remove_prefix(end + close.size());
  }
}

}  // namespace

std::string DeclaredCharset(absl::string_view media_type,
                            absl::string_view content) {
  for (const absl::string_view source :
       {media_type, content.substr(0, kHeadBytes)}) {
    const std::string low = absl::AsciiStrToLower(source);
    const size_t at = low.find("charset=");
    if (at == low.npos) continue;
    if (source.data() == content.data() && !absl::StrContains(low, "<meta")) {
      continue;
    }
    absl::string_view name = absl::string_view(low).substr(at + 8);
    while (!name.empty() && (name[0] == '"' || name[0] == '\'')) {
      name.remove_prefix(1);
    }
    const auto end = std::find_if(name.begin(), name.end(), [](char c) {
      return !absl::ascii_isalnum(c) && c != '-' && c != '_';
    });
    return std::string(name.substr(0, end - name.begin()));
  }
  return "";
}

absl::StatusOr<std::string> ResolveMediaType(absl::string_view given,
                                             absl::string_view text) {
  const absl::string_view type =
      absl::StripAsciiWhitespace(given.substr(0, given.find(';')));
  if (type.empty()) {
    if (LooksLikeHtml(text)) return "text/html";
    return MarkdownMarks(text) >= 2 ? "text/markdown" : "text/plain";
  }
  std::string low = absl::AsciiStrToLower(type);
  if (low == "text/plain" || low == "text/markdown" || low == "text/html") {
    return low;
  }
  return MakeError(
      v1::ERROR_REASON_MEDIA_TYPE_UNSUPPORTED,
      absl::StrCat("The media type \"", type,
                   "\" is not supported; text/plain, text/markdown and "
                   "text/html are."),
      {{"media_type", std::string(type)}});
}

bool LooksLikeHtml(absl::string_view text) {
  const std::string low = absl::AsciiStrToLower(text.substr(0, kSniffedBytes));
  const absl::string_view start = SkipProlog(low);
  for (absl::string_view opening :
       {"<!doctype html", "<html", "<head", "<body", "<article", "<main"}) {
    if (absl::StartsWith(start, opening)) return true;
  }
  size_t tags = 0;
  for (absl::string_view tag :
       {"</p>", "<p>", "</div>", "</li>", "</td>", "</h1>", "</h2>", "</h3>",
        "</ul>", "</blockquote>", "</section>"}) {
    tags += Count(low, tag);
  }
  size_t breaks = 0;
  for (absl::string_view tag : {"<br>", "<br/>", "<br />"}) {
    breaks += Count(low, tag);
  }
  if (tags + breaks < 2) return false;
  // Markdown may hold tags, in a table's cells above all; a document of tags
  // begins with one.
  return (absl::StartsWith(start, "<") && tags > 0) || MarkdownMarks(text) < 2;
}

}  // namespace attache
