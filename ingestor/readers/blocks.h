// Lines gathered into the blocks that they make up, before anything is said of
// what a block is for.
#ifndef ATTACHE_INGESTOR_READERS_BLOCKS_H_
#define ATTACHE_INGESTOR_READERS_BLOCKS_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/issue.h"
#include "ingestor/readers/lines.h"

namespace attache {

enum class BlockKind : uint8_t { kText, kMarkedHeading, kItem, kTable };

struct TableBlock {
  TextRange range;
  // Each cell's ranges, by row and column; the header's row first.
  std::vector<std::vector<std::vector<TextRange>>> rows;
  size_t delimiter_cells = 0;  // as TableLines
};

// What a list's items are indented by for each list that they stand in, where
// markup tells the depth.
inline constexpr uint16_t kIndentOfItem = 2;

struct Block {
  BlockKind kind = BlockKind::kText;
  // Of the lines' contents, or exact (see RangeStyle); not for tables.
  std::vector<TextRange> ranges;
  TableBlock table;  // for tables
  // A blank line, a rule or the text's end stands there.
  bool blank_before = false;
  bool blank_after = false;
  uint16_t indent = 0;
  uint16_t number = 0;  // as Line::number
  // Known to head nothing, however short: a quotation, a caption, a link.
  bool never_heading = false;
  // Goes on with the item above it.
  bool in_item = false;
  uint32_t words = 0;
  uint32_t length = 0;  // characters
  char last = 0;        // as Line::last
};

struct TableLines;

// The cells of a table of lines, as they stand.
TableBlock CellsOf(absl::string_view text, absl::Span<const Line> lines,
                   const TableLines& shape);

// Whether lines are broken at a width rather than where a paragraph ends, and
// whether blank lines part the paragraphs.
struct Layout {
  bool wrapped = false;
  uint32_t width = 0;
  bool blank_separated = false;
};

Layout LayoutOf(absl::Span<const Line> lines);

// O(text).
std::vector<Block> GatherBlocks(absl::string_view text,
                                absl::Span<const Line> lines,
                                const Layout& layout);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_BLOCKS_H_
