// Tables drawn with | signs, or laid out with tabs.
#ifndef ATTACHE_INGESTOR_READERS_PIPE_TABLE_H_
#define ATTACHE_INGESTOR_READERS_PIPE_TABLE_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/issue.h"
#include "ingestor/readers/lines.h"

namespace attache {

struct TableLines {
  size_t end = 0;            // line after the table's last
  std::vector<size_t> rows;  // lines, the header's first
  // Cells of the delimiter row; 0 without one.
  size_t delimiter_cells = 0;
  char separator = '|';
};

// The table that begins at line `begin`; `end` is 0 where none does. With a
// delimiter row below the header any width counts; without one, lines count
// only where they agree.
TableLines TableAt(absl::string_view text, absl::Span<const Line> lines,
                   size_t begin);

// The cells of a row, outer pipes dropped; \| is no separator.
std::vector<TextRange> SplitCells(absl::string_view text, const Line& row,
                                  char separator);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_PIPE_TABLE_H_
