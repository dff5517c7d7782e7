#include "ingestor/readers/html_source.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ingestor/readers/one_of.h"

namespace attache {
namespace {

// Below libxml2's own limit of 256, with room for the tags that need no end.
constexpr size_t kMaxDepth = 180;
constexpr size_t kMaxTagBytes = 2048;
constexpr size_t kMaxNameBytes = 40;
constexpr size_t kMaxJsonBytes = size_t{1} << 20;

// Tags that have no end, or whose end libxml2 supplies before the next of
// their kind: they do not nest by themselves.
bool NeedsNoEnd(absl::string_view name) {
  return IsOneOf(
      name,
      {"area",   "base",     "br",    "col",   "embed",    "hr",     "img",
       "input",  "link",     "meta",  "param", "source",   "track",  "wbr",
       "p",      "li",       "td",    "th",    "tr",       "dt",     "dd",
       "tbody",  "thead",    "tfoot", "html",  "head",     "body",   "frame",
       "option", "optgroup", "rt",    "rp",    "basefont", "isindex"});
}

// What stands in them is no markup, up to their end tag.
bool IsRaw(absl::string_view name) {
  return IsOneOf(name, {"script", "style", "textarea", "xmp", "iframe",
                        "noembed", "noframes"});
}

// Tables and lists bring in further levels with each of their own.
size_t DepthOf(absl::string_view name) {
  if (name == "table") return 3;
  return IsOneOf(name, {"ul", "ol", "dl", "select"}) ? 2 : 1;
}

class SourceCleaner {
 public:
  explicit SourceCleaner(absl::string_view html) : html_(html) {}

  HtmlSource Clean() {
    source_.markup.reserve(html_.size());
    while (at_ < html_.size()) {
      const size_t open = std::min(html_.find('<', at_), html_.size());
      Copy(at_, open);
      at_ = open;
      if (at_ < html_.size()) TakeTag();
    }
    return std::move(source_);
  }

 private:
  void Copy(size_t begin, size_t end) {
    source_.markup.append(html_.data() + begin, end - begin);
  }

  char CharAt(size_t at) const { return at < html_.size() ? html_[at] : 0; }

  void TakeTag() {
    if (absl::StartsWith(html_.substr(at_), "<!--")) return SkipComment();
    const char next = CharAt(at_ + 1);
    if (next == '!' || next == '?') {
      SkipPast('>');
      return;
    }
    const size_t name_begin = next == '/' ? at_ + 2 : at_ + 1;
    if (!absl::ascii_isalpha(CharAt(name_begin))) {
      // No tag: a sign of its own.
      source_.markup += "&lt;";
      ++at_;
      return;
    }
    size_t name_end = name_begin;
    while (name_end < html_.size() && !absl::ascii_isspace(html_[name_end]) &&
           html_[name_end] != '>' && html_[name_end] != '/') {
      ++name_end;
    }
    const size_t end = TagEnd(name_end);
    const std::string name = absl::AsciiStrToLower(html_.substr(
        name_begin, std::min(name_end - name_begin, kMaxNameBytes)));
    const absl::string_view tag = html_.substr(at_, end - at_);
    at_ = end;
    if (next == '/') return Close(name);
    if (IsRaw(name)) return TakeRaw(name, tag);
    Open(name, tag);
  }

  void SkipComment() {
    // A comment without an end ends with the next tag's, so that the rest is
    // not lost.
    if (!no_comment_end_) {
      const size_t end = html_.find("-->", at_ + 2);
      if (end != html_.npos) {
        at_ = end + 3;
        return;
      }
      no_comment_end_ = true;
    }
    SkipPast('>');
  }

  void SkipPast(char c) {
    const size_t end = html_.find(c, at_);
    at_ = end == html_.npos ? html_.size() : end + 1;
  }

  // Behind the '>' that ends the tag, not one in the quotes of a value.
  size_t TagEnd(size_t at) {
    broken_tag_ = false;
    char quote = 0;
    bool value = false;  // '=' came last
    const size_t begin = at;
    for (; at < html_.size(); ++at) {
      const char c = html_[at];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '>') {
        return at + 1;
      } else if ((c == '"' || c == '\'') && value) {
        if (at >= no_quote_from_) {
          broken_tag_ = true;
        } else {
          quote = c;
        }
      } else if (c == '=') {
        value = true;
        continue;
      }
      if (!absl::ascii_isspace(c)) value = false;
    }
    // A quote that is never closed swallows nothing.
    broken_tag_ = quote != 0;
    if (broken_tag_) {
      no_quote_from_ = std::min(no_quote_from_, begin);
      const size_t end = html_.find('>', begin);
      return end == html_.npos ? html_.size() : end + 1;
    }
    return html_.size();
  }

  void TakeRaw(const std::string& name, absl::string_view tag) {
    const std::string close = absl::StrCat("</", name);
    size_t end = at_;
    while (true) {
      end = html_.find("</", end);
      if (end == html_.npos) {
        end = html_.size();
        break;
      }
      if (absl::StartsWithIgnoreCase(html_.substr(end), close)) break;
      end += 2;
    }
    if (name == "script" &&
        absl::StrContains(absl::AsciiStrToLower(tag.substr(0, kMaxTagBytes)),
                          "ld+json") &&
        end - at_ <= kMaxJsonBytes) {
      source_.json_ld.emplace_back(html_.substr(at_, end - at_));
    }
    at_ = end;
    if (at_ < html_.size()) SkipPast('>');
  }

  void Open(const std::string& name, absl::string_view tag) {
    const bool nests = !NeedsNoEnd(name) && !absl::EndsWith(tag, "/>");
    if (nests) {
      if (depth_ + DepthOf(name) > kMaxDepth) {
        ++dropped_;
        source_.flattened = true;
        source_.markup.push_back(' ');
        return;
      }
      depth_ += DepthOf(name);
      open_.push_back(name);
    }
    if (tag.size() > kMaxTagBytes || broken_tag_) {
      absl::StrAppend(&source_.markup, "<", name, ">");
    } else {
      source_.markup.append(tag.data(), tag.size());
      if (!absl::EndsWith(tag, ">")) source_.markup.push_back('>');
    }
  }

  void Close(const std::string& name) {
    if (!NeedsNoEnd(name)) {
      if (dropped_ > 0) {
        --dropped_;
        source_.markup.push_back(' ');
        return;
      }
      const auto found = std::find(open_.rbegin(), open_.rend(), name);
      if (found == open_.rend()) return;
      while (open_.back() != name) Pop();
      Pop();
    } else if (name == "br") {
      absl::StrAppend(&source_.markup, "<br>");
      return;
    }
    absl::StrAppend(&source_.markup, "</", name, ">");
  }

  void Pop() {
    depth_ -= DepthOf(open_.back());
    open_.pop_back();
  }

  absl::string_view html_;
  size_t at_ = 0;
  HtmlSource source_;
  std::vector<std::string> open_;
  size_t depth_ = 0;
  size_t dropped_ = 0;
  size_t no_quote_from_ = absl::string_view::npos;
  bool no_comment_end_ = false;
  bool broken_tag_ = false;  // the last tag had a quote that is never closed
};

}  // namespace

HtmlSource PrepareHtml(absl::string_view html) {
  return SourceCleaner(html).Clean();
}

}  // namespace attache
