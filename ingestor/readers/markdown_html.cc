#include "ingestor/readers/markdown_html.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "ingestor/readers/one_of.h"

namespace attache {
namespace {

struct Tag {
  std::string name;  // in lower case; empty for a comment or declaration
  bool closes = false;
  uint32_t end = 0;  // behind '>'
};

bool PartsBlocks(absl::string_view name) {
  return IsOneOf(
      name,
      {"p",       "div",        "section", "article", "blockquote", "figure",
       "ul",      "ol",         "dl",      "dt",      "dd",         "header",
       "footer",  "main",       "aside",   "nav",     "pre",        "form",
       "address", "figcaption", "h1",      "h2",      "h3",         "h4",
       "h5",      "h6",         "hr",      "caption", "center",     "li",
       "details", "summary",    "table",   "tr",      "td",         "th",
       "thead",   "tbody",      "tfoot"});
}

class HtmlScanner {
 public:
  HtmlScanner(absl::string_view text, TextRange range)
      : text_(text.substr(0, range.end)), at_(range.begin) {}

  std::vector<Block> Scan() {
    while (at_ < text_.size()) {
      Tag tag;
      if (text_[at_] == '<' && ReadTag(&tag)) {
        at_ = tag.end;
        Take(tag);
      } else {
        Put();
      }
    }
    EndBlock();
    EndTable();
    return std::move(blocks_);
  }

 private:
  bool ReadTag(Tag* tag) {
    const absl::string_view rest = text_.substr(at_);
    if (absl::StartsWith(rest, "<!--")) {
      const size_t end = rest.find("-->", 4);
      tag->end = end == rest.npos ? text_.size() : at_ + end + 3;
      return true;
    }
    if (rest.size() < 2) return false;
    size_t i = 1;
    if (rest[1] == '!' || rest[1] == '?') return FindEnd(2, tag);
    tag->closes = rest[1] == '/';
    if (tag->closes) ++i;
    if (i >= rest.size() || !absl::ascii_isalpha(rest[i])) return false;
    const size_t name = i;
    while (i < rest.size() && absl::ascii_isalnum(rest[i])) ++i;
    tag->name = absl::AsciiStrToLower(rest.substr(name, i - name));
    return FindEnd(i, tag);
  }

  // The '>' that ends the tag, not one in quotes.
  bool FindEnd(size_t i, Tag* tag) {
    if (at_ < no_tag_until_) return false;
    char quote = 0;
    for (size_t at = at_ + i; at < text_.size(); ++at) {
      const char c = text_[at];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        tag->end = at + 1;
        return true;
      }
    }
    // What follows holds no whole tag either, or a quote that never ends.
    no_tag_until_ = text_.size();
    return false;
  }

  void Take(const Tag& tag) {
    if (IsOneOf(tag.name, {"script", "style", "noscript", "template", "svg"}) &&
        !tag.closes) {
      SkipTo(tag.name);
      return;
    }
    if (tag.name == "br") Space();
    if (!PartsBlocks(tag.name)) return;
    if (IsOneOf(tag.name, {"td", "th"}) && in_table_) {
      EndCell();
      in_cell_ = !tag.closes;
      if (in_cell_ && table_.rows.empty()) table_.rows.emplace_back();
      return;
    }
    if (in_cell_ && !IsOneOf(tag.name, {"tr", "table", "tbody", "tfoot"})) {
      Space();
      return;
    }
    EndBlock();
    if (tag.name == "table") {
      EndTable();
      in_table_ = !tag.closes;
    } else if (tag.name == "tr" && in_table_ && !tag.closes) {
      table_.rows.emplace_back();
    } else if (tag.name == "li" && !tag.closes) {
      kind_ = BlockKind::kItem;
    } else if (tag.name.size() == 2 && tag.name[0] == 'h' &&
               absl::ascii_isdigit(tag.name[1]) && !tag.closes) {
      kind_ = BlockKind::kMarkedHeading;
      level_ = tag.name[1] - '0';
    }
  }

  void SkipTo(absl::string_view name) {
    while (at_ < text_.size()) {
      const size_t close = text_.find("</", at_);
      if (close == text_.npos) {
        at_ = text_.size();
        return;
      }
      at_ = close + 2;
      if (absl::StartsWithIgnoreCase(text_.substr(at_), name)) {
        const size_t end = text_.find('>', at_);
        at_ = end == text_.npos ? text_.size() : end + 1;
        return;
      }
    }
  }

  void Put() {
    if (!ranges_.empty() && ranges_.back().end == at_ &&
        ranges_.back().begin < at_) {
      ++ranges_.back().end;
    } else if (!ranges_.empty() || !absl::ascii_isspace(text_[at_])) {
      ranges_.push_back({at_, at_ + 1});
    }
    ++at_;
  }

  void Space() {
    if (!ranges_.empty()) ranges_.push_back({at_, at_});
  }

  void EndCell() {
    if (in_cell_ && !table_.rows.empty()) {
      table_.rows.back().push_back(std::move(ranges_));
      ranges_.clear();
      in_cell_ = false;
    } else {
      EndBlock();
    }
  }

  void EndBlock() {
    if (in_cell_) return EndCell();
    if (!ranges_.empty()) {
      Block& block = blocks_.emplace_back();
      block.kind = kind_;
      block.number = level_;
      block.ranges = std::move(ranges_);
      block.blank_before = block.blank_after = true;
    }
    ranges_.clear();
    kind_ = BlockKind::kText;
    level_ = 0;
  }

  void EndTable() {
    auto& rows = table_.rows;
    rows.erase(std::remove_if(rows.begin(), rows.end(),
                              [](const auto& row) { return row.empty(); }),
               rows.end());
    bool any = false;
    for (const auto& row : rows) {
      for (const auto& cell : row) {
        if (cell.empty()) continue;
        if (!any) table_.range.begin = cell.front().begin;
        table_.range.end = cell.back().end;
        any = true;
      }
    }
    if (any) {
      Block& block = blocks_.emplace_back();
      block.kind = BlockKind::kTable;
      block.table = std::move(table_);
    }
    table_ = TableBlock();
    in_table_ = false;
  }

  absl::string_view text_;
  uint32_t at_;
  uint32_t no_tag_until_ = 0;
  std::vector<Block> blocks_;
  std::vector<TextRange> ranges_;
  BlockKind kind_ = BlockKind::kText;
  uint16_t level_ = 0;
  TableBlock table_;
  bool in_table_ = false;
  bool in_cell_ = false;
};

}  // namespace

std::vector<Block> MarkdownHtmlBlocks(absl::string_view text, TextRange range) {
  return HtmlScanner(text, range).Scan();
}

}  // namespace attache
