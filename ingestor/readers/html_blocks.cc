#include "ingestor/readers/html_blocks.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/text/fold.h"
#include "ingestor/readers/html_clutter.h"
#include "ingestor/readers/html_lines.h"
#include "ingestor/readers/html_table.h"
#include "ingestor/readers/html_text.h"
#include "ingestor/readers/html_tree.h"
#include "ingestor/readers/line_shapes.h"
#include "ingestor/readers/lines.h"
#include "ingestor/readers/normalize.h"
#include "ingestor/readers/one_of.h"

namespace attache {
namespace {

constexpr size_t kMaxBoldHeadingBytes = 150;
constexpr size_t kMaxIndent = 20;
// Words of a link from which on it is a headline rather than a name.
constexpr uint32_t kHeadlineWords = 4;
constexpr double kLinkOnly = 0.85;

bool IsBlockElement(absl::string_view name) {
  return IsOneOf(
      name,
      {"p",      "div",      "section", "article", "blockquote", "figure",
       "header", "footer",   "main",    "details", "summary",    "address",
       "center", "fieldset", "legend",  "hgroup",  "figcaption", "form",
       "hr",     "pre",      "caption", "tr",      "td",         "th",
       "body",   "html",     "tbody",   "thead",   "tfoot",      "dialog",
       "aside",  "nav",      "option",  "search"});
}

struct NestedList {
  bool ordered = false;
  int next = 1;
};

class BlockWriter {
 public:
  BlockWriter(const PageContent& content, const HtmlBlockOptions& options)
      : content_(content), options_(options) {}

  HtmlText Write() {
    if (!options_.title.empty()) {
      Block title;
      title.kind = BlockKind::kMarkedHeading;
      title.number = 1;
      out_.Add(DecodeEntities(options_.title), std::move(title), "\n\n");
      title_key_ = FoldToKey(options_.title);
    }
    Walk(content_.root());
    Flush();
    return std::move(out_).Finish();
  }

 private:
  void Walk(const xmlNode* node) {
    for (const xmlNode* child = node->children; child != nullptr;
         child = child->next) {
      if (IsElement(child)) {
        Visit(child);
      } else {
        lines_.Append(TextOf(child), bold_ > 0, link_ > 0, pre_ > 0);
      }
    }
  }

  void Visit(const xmlNode* node) {
    if (content_.IsDropped(node) || node == options_.title_node) return;
    const absl::string_view name = NameOf(node);
    if (name == "br") return lines_.Break();
    if (name == "table") return VisitTable(node);
    if (name == "ul" || name == "ol") return VisitList(node, name == "ol");
    if (name == "li") return VisitItem(node);
    if (name == "dt" || name == "dd") return VisitDetail(node, name == "dt");
    if (name == "dl") {
      VisitBlock(node);
      return FlushTerm();
    }
    if (name.size() == 2 && name[0] == 'h' && name[1] >= '1' &&
        name[1] <= '6') {
      return VisitHeading(node, name[1] - '0');
    }
    if (IsBlockElement(name)) return VisitBlock(node);
    if (name == "sup" && IsNoteMark(node)) return;
    if (name == "img" || name == "wbr") return;
    VisitInline(node, name);
  }

  void VisitInline(const xmlNode* node, absl::string_view name) {
    const bool bold = name == "b" || name == "strong";
    const bool link = name == "a";
    if (name == "q") lines_.Append("“", bold_ > 0, link_ > 0, false);
    bold_ += bold;
    link_ += link;
    Walk(node);
    bold_ -= bold;
    link_ -= link;
    if (name == "q") lines_.Append("”", bold_ > 0, link_ > 0, false);
  }

  // "[1]" or a number that leads to a note.
  static bool IsNoteMark(const xmlNode* node) {
    const std::string text = WholeText(node);
    bool link = false;
    VisitElements(node, [&link](const xmlNode* inner) {
      link = link || NameOf(inner) == "a";
      return !link;
    });
    return link || (absl::StartsWith(text, "[") && absl::EndsWith(text, "]"));
  }

  void VisitBlock(const xmlNode* node) {
    const absl::string_view name = NameOf(node);
    const bool quoted = IsOneOf(name, {"blockquote", "figcaption", "caption",
                                       "pre", "figure", "address"});
    Flush();
    quotes_ += quoted;
    pre_ += name == "pre";
    Walk(node);
    Flush();
    pre_ -= name == "pre";
    quotes_ -= quoted;
  }

  void VisitHeading(const xmlNode* node, int level) {
    Flush();
    const std::string text = FlatText(node);
    if (text.empty()) return;
    const bool leads =
        options_.page && LeadsElsewhere(text, options_.page_words);
    if (skip_level_ > 0 && level <= skip_level_) skip_level_ = 0;
    if (leads && MeasureText(text).words <= 6) {
      skip_level_ = level;
      return;
    }
    if (Skips() || IsTitleAgain(text)) return;
    Block block;
    block.kind = BlockKind::kMarkedHeading;
    block.number = title_key_.empty() ? level : std::max(level, 2);
    out_.Add(text, std::move(block), "\n\n");
  }

  void VisitList(const xmlNode* node, bool ordered) {
    Flush();
    if (options_.page && lists_.empty()) {
      const LinkShare links = content_.LinksOf(node);
      if (links.share >= (after_lead_ ? 0.5 : kLinkOnly) &&
          (after_lead_ || links.words_per_item >= kHeadlineWords)) {
        return;
      }
    }
    int start = 1;
    if (!absl::SimpleAtoi(AttributeOf(node, "start"), &start) || start < 0 ||
        start > 60000) {
      start = 1;
    }
    lists_.push_back({ordered, start});
    const bool fresh = fresh_item_;
    Walk(node);
    Flush();
    fresh_item_ = fresh;
    lists_.pop_back();
    after_lead_ = false;
  }

  void VisitItem(const xmlNode* node) {
    Flush();
    fresh_item_ = true;
    ++in_item_;
    Walk(node);
    Flush();
    --in_item_;
    fresh_item_ = false;
  }

  // A term and what is said of it become one item.
  void VisitDetail(const xmlNode* node, bool term) {
    Flush();
    if (term) {
      FlushTerm();
      term_ = FlatText(node);
      return;
    }
    fresh_item_ = true;
    ++in_item_;
    lists_.push_back({});
    if (!term_.empty()) {
      lines_.Append(WithColon(term_), false, false, false);
      term_.clear();
    }
    Walk(node);
    Flush();
    lists_.pop_back();
    --in_item_;
    fresh_item_ = false;
  }

  void FlushTerm() {
    if (term_.empty()) return;
    Block block;
    block.kind = BlockKind::kItem;
    out_.Add(term_, std::move(block), "\n");
    term_.clear();
  }

  static std::string WithColon(absl::string_view term) {
    const char last = MeasureText(term).last;
    return absl::StrCat(term, absl::StrContains(":.?!;", last) ? " " : ": ");
  }

  void VisitTable(const xmlNode* node) {
    Flush();
    HtmlTable table = ReadHtmlTable(node);
    if (table.kind == HtmlTable::Kind::kLayout) {
      Walk(node);
      Flush();
      return;
    }
    if (Skips()) return;
    if (!table.caption.empty()) {
      Block caption;
      caption.never_heading = true;
      out_.Add(table.caption, std::move(caption), "\n\n");
    }
    if (table.kind == HtmlTable::Kind::kDetails) {
      for (const auto& row : table.rows) {
        Block item;
        item.kind = BlockKind::kItem;
        out_.Add(
            absl::StrCat(WithColon(table.texts[row[0]]), table.texts[row[1]]),
            std::move(item), "\n");
      }
      return;
    }
    out_.AddTable(table);
  }

  // Ends the paragraph, or the part of an item, that is open.
  void Flush() {
    const std::vector<InlineLine> lines = lines_.Take(in_item_ > 0);
    for (size_t i = 0; i < lines.size(); ++i) {
      Block block;
      block.blank_before = i == 0;
      block.blank_after = i + 1 == lines.size();
      FlushLine(lines[i], std::move(block));
    }
  }

  void FlushLine(const InlineLine& line, Block block) {
    const TextMeasure measure = MeasureText(line.text);
    const double linked =
        static_cast<double>(line.linked) / std::max<size_t>(line.visible, 1);
    if (Skips()) return;
    if (options_.page) {
      const bool leads = LeadsElsewhere(line.text, options_.page_words);
      if (leads && (linked >= 0.5 || measure.words <= 6)) {
        after_lead_ = true;
        return;
      }
      if (lists_.empty() && linked >= kLinkOnly &&
          (after_lead_ || measure.words >= kHeadlineWords)) {
        return;
      }
      after_lead_ = false;
    }
    if (in_item_ == 0 && IsTitleAgain(line.text)) return;
    block.never_heading = quotes_ > 0 || linked >= kLinkOnly;
    const std::string& text = line.text;
    size_t mark = 0;
    if (in_item_ > 0) {
      PlaceInItem(&block);
    } else if (!line.plain && quotes_ == 0 &&
               text.size() <= kMaxBoldHeadingBytes) {
      block.kind = BlockKind::kMarkedHeading;
    } else if (!block.never_heading) {
      mark = TypedMark(text, &block);
    }
    const char* separator =
        block.kind == BlockKind::kItem || !block.blank_before ? "\n" : "\n\n";
    out_.Add(text, std::move(block), separator, mark);
  }

  void PlaceInItem(Block* block) {
    const size_t depth =
        std::min(lists_.empty() ? 0 : lists_.size() - 1, kMaxIndent);
    block->indent = depth * kIndentOfItem;
    if (!fresh_item_) {
      block->in_item = true;
      block->indent += kIndentOfItem;
      return;
    }
    fresh_item_ = false;
    block->kind = BlockKind::kItem;
    if (!lists_.empty() && lists_.back().ordered) {
      block->number = lists_.back().next;
      if (lists_.back().next < 60000) ++lists_.back().next;
    }
  }

  // Size of the mark of an item that was typed as a paragraph: "• Trade", "1.
  // Talks".
  static size_t TypedMark(absl::string_view text, Block* block) {
    const std::vector<Line> lines = ScanLines(text);
    if (lines.size() != 1 || lines[0].kind != LineKind::kItem) return 0;
    block->kind = BlockKind::kItem;
    block->number = lines[0].number;
    return lines[0].content.begin;
  }

  // The title often stands in the page a second time.
  bool IsTitleAgain(absl::string_view text) const {
    return !title_key_.empty() && out_.size() <= 4 &&
           FoldToKey(text) == title_key_;
  }

  // Below a heading of other articles.
  bool Skips() const { return skip_level_ > 0; }

  const PageContent& content_;
  const HtmlBlockOptions& options_;
  HtmlTextWriter out_;
  InlineLines lines_;
  std::string title_key_;
  std::string term_;  // of a <dt> that waits for its <dd>
  std::vector<NestedList> lists_;
  int bold_ = 0;
  int link_ = 0;
  int pre_ = 0;
  int quotes_ = 0;
  int in_item_ = 0;
  int skip_level_ = 0;
  bool fresh_item_ = false;
  bool after_lead_ = false;
};

}  // namespace

HtmlText WriteHtmlBlocks(const PageContent& content,
                         const HtmlBlockOptions& options) {
  return BlockWriter(content, options).Write();
}

}  // namespace attache
