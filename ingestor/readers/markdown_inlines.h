// Where the text of a Markdown paragraph or heading stands between its marks.
#ifndef ATTACHE_INGESTOR_READERS_MARKDOWN_INLINES_H_
#define ATTACHE_INGESTOR_READERS_MARKDOWN_INLINES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <cmark-gfm.h>

#include "absl/strings/string_view.h"
#include "common/issue.h"
#include "ingestor/readers/markdown_source.h"

namespace attache {

// The characters of one leaf block in `MarkdownSource::fed`, without the marks
// of the blocks around it; lines part at '\n'. A cursor into them is cheap to
// copy.
class LeafCursor {
 public:
  // Lines [first, last] of the source, from byte `column` of the first on, all
  // counted from 1. `quotes` is how many quotations stand around the block.
  // REQUIRES: `source` outlives it.
  LeafCursor(const MarkdownSource& source, size_t first, size_t last,
             size_t column, int quotes);
  // One line from its start, the marks of quotations skipped.
  LeafCursor(const MarkdownSource& source, size_t line, int quotes);

  bool done() const { return line_ == end_line_; }
  // 0 at the end.
  char Peek() const { return done() ? 0 : source_->fed[at_]; }
  // Within the line, 0 beyond it.
  char PeekAfter(size_t bytes) const;
  // From here to the end of the line.
  absl::string_view RestOfLine() const;
  // REQUIRES: `bytes` do not go past the line's '\n'.
  void Skip(size_t bytes = 1);
  // Skips `mark` where it stands here.
  bool SkipText(absl::string_view mark);
  // Where the byte here stands in the text; nullopt in what was supplied.
  std::optional<uint32_t> InText() const;

 private:
  void EnterLine();

  const MarkdownSource* source_;
  size_t line_;  // counted from 0
  size_t end_line_;
  int quotes_;
  uint32_t at_ = 0;
};

// The text of a leaf block, in exact ranges (see RangeStyle): that of links
// without the address, of images, code and autolinks; line breaks are spaces.
// cmark says what is text, and its own positions are not used: those of inlines
// go wrong behind indents, entities and escapes. nullopt where the marks were
// not what the tree says. O(size).
std::optional<std::vector<TextRange>> InlineRanges(cmark_node* leaf,
                                                   LeafCursor cursor);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_MARKDOWN_INLINES_H_
