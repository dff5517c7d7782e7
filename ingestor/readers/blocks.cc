#include "ingestor/readers/blocks.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "ingestor/readers/pipe_table.h"

namespace attache {
namespace {

constexpr uint32_t kMaxWrapWidth = 140;
constexpr uint32_t kMinWrapWidth = 30;
// What a line may fall short of the width by, beside the next line's first
// word.
constexpr uint32_t kRaggedness = 12;

bool EndsSentence(const Line& line) {
  return line.last != 0 && absl::StrContains(".!?:;", line.last);
}

uint32_t FirstWordLength(absl::string_view text, const Line& line) {
  const absl::string_view content =
      text.substr(line.content.begin, line.content.end - line.content.begin);
  const size_t space = content.find_first_of(" \t");
  return std::min(space, content.size());
}

// Whether `next` goes on with the paragraph or item of `line` above it.
bool GoesOn(absl::string_view text, const Line& line, const Line& next,
            const Layout& layout) {
  const bool numbered = next.kind == LineKind::kItem && next.number > 1 &&
                        line.kind == LineKind::kText && !EndsSentence(line);
  if (next.kind != LineKind::kText && !numbered) return false;
  if (line.kind == LineKind::kItem && next.indent > line.indent) return true;
  if (!layout.wrapped) return false;
  const uint32_t full = line.content_indent + line.length + 1 +
                        FirstWordLength(text, next) + kRaggedness;
  if (full >= layout.width) return true;
  return next.starts_low && !numbered && !EndsSentence(line) &&
         line.length * 2 >= layout.width;
}

void Extend(const Line& line, Block* block) {
  block->ranges.push_back(line.content);
  block->words += line.words;
  block->length += line.length;
  block->last = line.last;
}

// A short line with === or --- right below it is a heading.
bool IsUnderlined(absl::string_view text, absl::Span<const Line> lines,
                  size_t at) {
  if (at + 1 >= lines.size() || lines[at + 1].kind != LineKind::kRule ||
      lines[at].words > 20) {
    return false;
  }
  // A bullet with nothing behind it is a rule, too.
  if (lines[at + 1].content.begin >= text.size()) return false;
  const char mark = text[lines[at + 1].content.begin];
  return (mark == '=' || mark == '-') && !EndsSentence(lines[at]) &&
         (at == 0 || lines[at - 1].kind != LineKind::kText);
}

// The block that begins at `begin`; sets where it ends.
Block GatherBlock(absl::string_view text, absl::Span<const Line> lines,
                  const Layout& layout, size_t begin, size_t* end) {
  Block block;
  block.indent = lines[begin].indent;
  block.number = lines[begin].number;
  const TableLines table = TableAt(text, lines, begin);
  if (table.end > 0) {
    block.kind = BlockKind::kTable;
    block.table = CellsOf(text, lines, table);
    *end = table.end;
    return block;
  }
  Extend(lines[begin], &block);
  size_t at = begin + 1;
  if (lines[begin].kind == LineKind::kHeading) {
    block.kind = BlockKind::kMarkedHeading;
  } else if (lines[begin].kind == LineKind::kText &&
             IsUnderlined(text, lines, begin)) {
    block.kind = BlockKind::kMarkedHeading;
    block.number = text[lines[at].content.begin] == '=' ? 1 : 2;
    ++at;
  } else {
    if (lines[begin].kind == LineKind::kItem) block.kind = BlockKind::kItem;
    // Each line is held against the one right above it, but an indent against
    // the item's mark.
    Line above = lines[begin];
    for (; at < lines.size() && GoesOn(text, above, lines[at], layout) &&
           !(lines[at].tabs > 0 && TableAt(text, lines, at).end > 0);
         ++at) {
      const Line& line = lines[at];
      if (line.kind == LineKind::kItem) {
        // A number that the wrapping put at a line's start.
        Line whole = line;
        whole.content.begin -= line.content_indent - line.indent;
        Extend(whole, &block);
      } else {
        Extend(line, &block);
      }
      const LineKind kind = above.kind;
      const uint16_t indent = above.indent;
      above = line;
      if (kind == LineKind::kItem) {
        above.kind = kind;
        above.indent = indent;
      } else {
        above.kind = LineKind::kText;
      }
    }
  }
  *end = at;
  return block;
}

}  // namespace

TableBlock CellsOf(absl::string_view text, absl::Span<const Line> lines,
                   const TableLines& shape) {
  TableBlock table;
  table.range = {lines[shape.rows.front()].content.begin,
                 lines[shape.rows.back()].content.end};
  table.delimiter_cells = shape.delimiter_cells;
  for (const size_t row : shape.rows) {
    auto& cells = table.rows.emplace_back();
    for (const TextRange& cell :
         SplitCells(text, lines[row], shape.separator)) {
      cells.push_back({cell});
    }
  }
  return table;
}

Layout LayoutOf(absl::Span<const Line> lines) {
  Layout layout;
  std::vector<uint32_t> lengths;
  size_t joints = 0;  // lines of text right below another
  size_t low = 0;     // of these, those that go on in lower case
  size_t paragraphs = 0;
  size_t parted = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].kind != LineKind::kText) continue;
    const bool joint = i > 0 && (lines[i - 1].kind == LineKind::kText ||
                                 lines[i - 1].kind == LineKind::kItem);
    ++paragraphs;
    if (i == 0 || lines[i - 1].kind == LineKind::kBlank) ++parted;
    if (!joint) continue;
    ++joints;
    lengths.push_back(lines[i - 1].content_indent + lines[i - 1].length);
    if (lines[i].starts_low && !EndsSentence(lines[i - 1])) ++low;
  }
  layout.blank_separated = parted * 2 >= paragraphs;
  if (joints == 0) return layout;
  const size_t rank = lengths.size() * 9 / 10;
  std::nth_element(lengths.begin(), lengths.begin() + rank, lengths.end());
  layout.width = lengths[rank];
  layout.wrapped = low * 5 >= joints * 2 && layout.width >= kMinWrapWidth &&
                   layout.width <= kMaxWrapWidth;
  if (layout.wrapped) layout.blank_separated = parted >= 2;
  return layout;
}

std::vector<Block> GatherBlocks(absl::string_view text,
                                absl::Span<const Line> lines,
                                const Layout& layout) {
  std::vector<Block> blocks;
  bool blank = true;
  for (size_t at = 0; at < lines.size();) {
    const LineKind kind = lines[at].kind;
    if (kind == LineKind::kBlank || kind == LineKind::kRule ||
        (kind == LineKind::kDelimiter && TableAt(text, lines, at).end == 0)) {
      blank = true;
      if (!blocks.empty()) blocks.back().blank_after = true;
      ++at;
      continue;
    }
    Block block = GatherBlock(text, lines, layout, at, &at);
    block.blank_before = blank;
    blank = false;
    blocks.push_back(std::move(block));
  }
  if (!blocks.empty()) blocks.back().blank_after = true;
  return blocks;
}

}  // namespace attache
