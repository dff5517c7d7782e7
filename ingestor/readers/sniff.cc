#include "ingestor/readers/sniff.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/error.h"

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

bool LooksLikeMarkdown(absl::string_view text) {
  size_t marks = 0;
  for (absl::string_view line :
       absl::StrSplit(text.substr(0, kSniffedBytes), '\n')) {
    if (absl::StartsWith(line, "# ") || absl::StartsWith(line, "## ") ||
        absl::StartsWith(line, "### ")) {
      ++marks;
    }
  }
  return marks + Count(text.substr(0, kSniffedBytes), "](http") >= 2;
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
    return LooksLikeMarkdown(text) ? "text/markdown" : "text/plain";
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
  const absl::string_view start = absl::StripLeadingAsciiWhitespace(low);
  if (absl::StartsWith(start, "<!doctype html") ||
      absl::StartsWith(start, "<html")) {
    return true;
  }
  size_t tags = 0;
  for (absl::string_view tag :
       {"</p>", "<p>", "</div>", "<br>", "<br/>", "<br />", "</li>", "</td>",
        "</h1>", "</h2>", "</h3>", "</ul>"}) {
    tags += Count(low, tag);
  }
  return tags >= 2;
}

}  // namespace attache
