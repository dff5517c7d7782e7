// Markdown as it is handed to cmark, and where each byte of that stands in the
// text as it came.
#ifndef ATTACHE_INGESTOR_READERS_MARKDOWN_SOURCE_H_
#define ATTACHE_INGESTOR_READERS_MARKDOWN_SOURCE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/issue.h"
#include "ingestor/readers/blocks.h"

namespace attache {

// A line of what cmark reads. Lines are counted from 1, as cmark does.
struct FedLine {
  uint32_t begin = 0;  // in MarkdownSource::fed
  uint32_t end = 0;    // its '\n'
  // Adds up to a place in the text.
  int64_t to_text = 0;
  // A table's cell stands in it, from `cell_begin` on; in the lines that part
  // it from others nothing does, and that is past their end.
  int32_t table = -1;
  uint32_t row = 0;
  uint32_t column = 0;
  uint32_t cell_begin = 0;
};

// cmark reads lists, quotations and inline marks; tables are taken out
// beforehand by the rules for plain text, which bear rows and delimiter rows of
// any width, and each cell is handed over as a paragraph of its own. What cmark
// takes more than linear time for is bounded: marks of quotations and lists at
// a line's start, and brackets in a paragraph (see kNoBracket).
struct MarkdownSource {
  std::string fed;
  std::vector<FedLine> lines;      // lines[n - 1] is cmark's line n
  std::vector<TableBlock> tables;  // cells as they stand, until they are read

  uint32_t ToText(const FedLine& line, uint32_t at) const {
    return static_cast<uint32_t>(at + line.to_text);
  }
};

// Stands in `fed` for a '[' that shall open no link.
inline constexpr char kNoBracket = '\x01';

// Of the text from `begin` on. REQUIRES: valid UTF-8 without NUL, less than 2
// GiB. O(text).
MarkdownSource PrepareMarkdown(absl::string_view text, uint32_t begin);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_MARKDOWN_SOURCE_H_
