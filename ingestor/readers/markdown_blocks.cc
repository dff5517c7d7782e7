#include "ingestor/readers/markdown_blocks.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "ingestor/readers/markdown_cursor.h"
#include "ingestor/readers/markdown_html.h"
#include "ingestor/readers/markdown_inlines.h"

namespace attache {
namespace {

constexpr size_t kMaxStrongHeadingBytes = 300;
constexpr uint32_t kMaxWrappedBytes = 160;

struct OpenList {
  bool ordered = false;
  uint16_t number = 0;  // of the item that is open
  bool fresh = false;   // nothing of the item was read yet
};

// Turns cmark's tree into blocks.
class BlockCollector {
 public:
  BlockCollector(absl::string_view text, MarkdownSource& source,
                 IssueSink& issues)
      : text_(text),
        source_(source),
        issues_(issues),
        table_block_(source.tables.size(), -1) {}

  std::vector<Block> Collect(cmark_node* root) {
    const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> iterator(
        cmark_iter_new(root), &cmark_iter_free);
    cmark_event_type event;
    while ((event = cmark_iter_next(iterator.get())) != CMARK_EVENT_DONE) {
      cmark_node* node = cmark_iter_get_node(iterator.get());
      if (event == CMARK_EVENT_EXIT) {
        Exit(node);
      } else if (Enter(node)) {
        // A leaf's inlines are read at once.
        cmark_iter_reset(iterator.get(), node, CMARK_EVENT_EXIT);
      }
    }
    // Cells were read after their table was placed.
    for (size_t i = 0; i < table_block_.size(); ++i) {
      if (table_block_[i] >= 0) {
        blocks_[table_block_[i]].table = std::move(source_.tables[i]);
      }
    }
    return std::move(blocks_);
  }

 private:
  // True where the node is a leaf with inlines.
  bool Enter(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_BLOCK_QUOTE:
        ++quotes_;
        return false;
      case CMARK_NODE_LIST:
        lists_.push_back(
            {.ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST,
             .number = static_cast<uint16_t>(
                 std::clamp(cmark_node_get_list_start(node) - 1, 0, 60000)),
             .fresh = false});
        return false;
      case CMARK_NODE_ITEM:
        lists_.back().fresh = true;
        if (lists_.back().ordered && lists_.back().number < 60000) {
          ++lists_.back().number;
        }
        return false;
      case CMARK_NODE_PARAGRAPH:
      case CMARK_NODE_HEADING:
        ReadLeaf(node);
        return true;
      case CMARK_NODE_CODE_BLOCK:
        ReadCode(node);
        return false;
      case CMARK_NODE_HTML_BLOCK:
        ReadHtml(node);
        return false;
      default:
        return false;
    }
  }

  void Exit(cmark_node* node) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_BLOCK_QUOTE) --quotes_;
    if (type == CMARK_NODE_LIST) lists_.pop_back();
  }

  const FedLine& LineOf(cmark_node* node) const {
    const size_t line = std::max(cmark_node_get_start_line(node), 1);
    return source_.lines[std::min(line, source_.lines.size()) - 1];
  }

  LeafCursor CursorOf(cmark_node* node) const {
    return LeafCursor(source_, std::max(cmark_node_get_start_line(node), 1),
                      std::max(cmark_node_get_end_line(node), 1),
                      std::max(cmark_node_get_start_column(node), 1), quotes_);
  }

  void ReadLeaf(cmark_node* node) {
    std::vector<TextRange> ranges;
    if (auto read = InlineRanges(node, CursorOf(node)); read.has_value()) {
      ranges = *std::move(read);
    } else {
      ranges = RestOf(CursorOf(node));
      if (!ranges.empty()) {
        issues_.Report("MARKUP_NOT_FOLLOWED",
                       "The marks of this block could not be followed; it is "
                       "read as it stands.",
                       {ranges.front().begin, ranges.back().end});
      }
    }
    const FedLine& line = LineOf(node);
    if (line.table >= 0) {
      PlaceTable(line.table);
      source_.tables[line.table].rows[line.row][line.column] =
          std::move(ranges);
      return;
    }
    Block block;
    block.ranges = std::move(ranges);
    if (cmark_node_get_type(node) == CMARK_NODE_HEADING) {
      block.kind = BlockKind::kMarkedHeading;
      block.number = cmark_node_get_heading_level(node);
      Add(std::move(block));
      return;
    }
    if (IsLinkOnly(node) || quotes_ > 0) block.never_heading = true;
    if (lists_.empty()) {
      std::vector<std::vector<TextRange>> lines = LongLines(node, block.ranges);
      for (size_t i = 0; i + 1 < lines.size(); ++i) {
        Block line_block;
        line_block.never_heading = true;
        line_block.ranges = std::move(lines[i]);
        Add(std::move(line_block));
      }
      if (!lines.empty()) block.ranges = std::move(lines.back());
    }
    if (lists_.empty() && quotes_ == 0 && IsBoldOnly(node)) {
      const uint32_t size =
          block.ranges.empty()
              ? 0
              : block.ranges.back().end - block.ranges.front().begin;
      if (size < kMaxStrongHeadingBytes) block.kind = BlockKind::kMarkedHeading;
    }
    AddInList(std::move(block));
  }

  // The ranges by line, where a line is longer than anyone wraps text at: then
  // each is a paragraph, whatever Markdown says. Empty otherwise.
  std::vector<std::vector<TextRange>> LongLines(
      cmark_node* node, const std::vector<TextRange>& ranges) const {
    std::vector<std::vector<TextRange>> lines;
    uint32_t longest = 0;
    uint32_t size = 0;
    size_t next = std::max(cmark_node_get_start_line(node), 1);
    int64_t line_end = -1;
    for (const TextRange& range : ranges) {
      if (static_cast<int64_t>(range.begin) > line_end) {
        while (next <= source_.lines.size() &&
               line_end < static_cast<int64_t>(range.begin)) {
          const FedLine& line = source_.lines[next - 1];
          line_end = source_.ToText(line, line.end);
          ++next;
        }
        lines.emplace_back();
        size = 0;
      }
      lines.back().push_back(range);
      size += range.end - range.begin;
      longest = std::max(longest, size);
    }
    if (lines.size() < 2 || longest <= kMaxWrappedBytes) lines.clear();
    return lines;
  }

  // A paragraph, which is an item where it opens one.
  void AddInList(Block block) {
    if (!lists_.empty() && block.kind == BlockKind::kText) {
      const uint16_t depth = std::min<size_t>(lists_.size() - 1, 1000);
      block.indent = depth * kIndentOfItem;
      if (lists_.back().fresh) {
        block.kind = BlockKind::kItem;
        block.number = lists_.back().ordered ? lists_.back().number : 0;
        DropTaskMark(&block);
      } else {
        block.in_item = true;
        block.indent += kIndentOfItem;
      }
      lists_.back().fresh = false;
    }
    Add(std::move(block));
  }

  // "[ ] " or "[x] " before the text of an item.
  void DropTaskMark(Block* block) const {
    if (block->ranges.empty()) return;
    TextRange& first = block->ranges.front();
    const absl::string_view text =
        text_.substr(first.begin, first.end - first.begin);
    if (text.size() > 4 && text[0] == '[' && text[2] == ']' && text[3] == ' ' &&
        absl::StrContains(" xX", text[1])) {
      first.begin += 4;
    }
  }

  void Add(Block block) {
    if (block.kind != BlockKind::kTable && block.ranges.empty()) return;
    block.blank_before = block.blank_after = true;
    blocks_.push_back(std::move(block));
  }

  void PlaceTable(int32_t table) {
    if (table_block_[table] >= 0) return;
    table_block_[table] = blocks_.size();
    Block block;
    block.kind = BlockKind::kTable;
    block.in_item = !lists_.empty();
    Add(std::move(block));
  }

  // Each line as it stands.
  static std::vector<TextRange> RestOf(LeafCursor cursor) {
    std::vector<TextRange> ranges;
    while (!cursor.done()) {
      const std::optional<uint32_t> at = cursor.InText();
      const uint32_t size = cursor.RestOfLine().size();
      if (at.has_value() && size > 0) {
        if (!ranges.empty()) ranges.push_back({*at, *at});
        ranges.push_back({*at, *at + size});
        cursor.Skip(size + 1);
      } else {
        cursor.Skip();
      }
    }
    return ranges;
  }

  // A run of lines without a blank one between becomes a paragraph.
  void ReadCode(cmark_node* node) {
    int length = 0;
    int offset = 0;
    char mark = 0;
    const bool fenced =
        cmark_node_get_fenced(node, &length, &offset, &mark) != 0;
    const size_t first = std::max(cmark_node_get_start_line(node), 1);
    const size_t last = std::max(cmark_node_get_end_line(node), 1);
    Block block;
    const auto flush = [&] {
      block.never_heading = true;
      if (!block.ranges.empty()) AddInList(std::move(block));
      block = Block();
    };
    for (size_t at = first + (fenced ? 1 : 0);
         at <= std::min(last, source_.lines.size()); ++at) {
      if (const int32_t table = source_.lines[at - 1].table; table >= 0) {
        flush();
        PlaceTable(table);
        continue;
      }
      // From the line's start, so that quotations' marks are skipped.
      const size_t column =
          at == first ? std::max(cmark_node_get_start_column(node), 1) : 0;
      LeafCursor cursor = column > 0
                              ? LeafCursor(source_, at, at, column, quotes_)
                              : LeafCursor(source_, at, quotes_);
      const absl::string_view rest =
          absl::StripTrailingAsciiWhitespace(cursor.RestOfLine());
      const std::optional<uint32_t> begin = cursor.InText();
      const bool closes = fenced && at == last && rest.size() >= 3 &&
                          rest.find_first_not_of(rest[0]) == rest.npos &&
                          (rest[0] == '`' || rest[0] == '~');
      if (rest.empty() || closes || !begin.has_value()) {
        flush();
        continue;
      }
      if (!block.ranges.empty()) block.ranges.push_back({*begin, *begin});
      block.ranges.push_back(
          {*begin, static_cast<uint32_t>(*begin + rest.size())});
    }
    flush();
  }

  void ReadHtml(cmark_node* node) {
    const LeafCursor cursor = CursorOf(node);
    const std::vector<TextRange> lines = RestOf(cursor);
    if (lines.empty()) return;
    for (Block& block :
         MarkdownHtmlBlocks(text_, {lines.front().begin, lines.back().end})) {
      block.never_heading = true;
      if (block.kind == BlockKind::kText && !lists_.empty()) {
        AddInList(std::move(block));
      } else {
        Add(std::move(block));
      }
    }
  }

  static bool IsBoldOnly(cmark_node* paragraph) {
    cmark_node* child = cmark_node_first_child(paragraph);
    return child != nullptr && cmark_node_next(child) == nullptr &&
           cmark_node_get_type(child) == CMARK_NODE_STRONG;
  }

  static bool IsLinkOnly(cmark_node* paragraph) {
    bool any = false;
    for (cmark_node* child = cmark_node_first_child(paragraph);
         child != nullptr; child = cmark_node_next(child)) {
      const cmark_node_type type = cmark_node_get_type(child);
      if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) {
        any = true;
      } else if (type == CMARK_NODE_TEXT) {
        const char* literal = cmark_node_get_literal(child);
        if (absl::string_view(literal).find_first_not_of(" |·•-»›") !=
            absl::string_view::npos) {
          return false;
        }
      } else if (type != CMARK_NODE_SOFTBREAK && type != CMARK_NODE_LINEBREAK) {
        return false;
      }
    }
    return any;
  }

  absl::string_view text_;
  MarkdownSource& source_;
  IssueSink& issues_;
  std::vector<int64_t> table_block_;  // the block of each table, or -1
  std::vector<Block> blocks_;
  std::vector<OpenList> lists_;
  int quotes_ = 0;
};

}  // namespace

std::vector<Block> MarkdownBlocks(absl::string_view text, cmark_node* root,
                                  MarkdownSource& source, IssueSink& issues) {
  return BlockCollector(text, source, issues).Collect(root);
}

}  // namespace attache
