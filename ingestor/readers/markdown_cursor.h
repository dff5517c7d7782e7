// A walk over the characters of one block of Markdown.
#ifndef ATTACHE_INGESTOR_READERS_MARKDOWN_CURSOR_H_
#define ATTACHE_INGESTOR_READERS_MARKDOWN_CURSOR_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
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

void SkipSpaces(LeafCursor& cursor);

// These two return false, and skip nothing, where it does not stand there:
// "[label]", and a link's "(destination "title")".
bool SkipLabel(LeafCursor& cursor);
bool SkipTarget(LeafCursor& cursor);

// Link reference definitions that a paragraph opens with; they are no text.
void SkipDefinitions(LeafCursor& cursor);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_MARKDOWN_CURSOR_H_
