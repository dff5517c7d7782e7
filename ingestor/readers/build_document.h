// What the blocks of a text are for, whatever markup they were told apart by.
#ifndef ATTACHE_INGESTOR_READERS_BUILD_DOCUMENT_H_
#define ATTACHE_INGESTOR_READERS_BUILD_DOCUMENT_H_

#include <string>
#include <vector>

#include "common/issue.h"
#include "ingestor/document.h"
#include "ingestor/readers/blocks.h"
#include "ingestor/readers/document_builder.h"
#include "ingestor/readers/normalize.h"

namespace attache {

// The blocks of a text in reading order.
struct BlockText {
  std::vector<Block> blocks;
  RangeStyle style = RangeStyle::kLines;
  // Blank lines part the paragraphs; see Layout.
  bool blank_separated = true;
  std::vector<TextRange> unread;  // see Document::unread
};

// Finds the headline, byline, dateline, headings (marked, or short paragraphs
// that nothing marks), lists (nested by indent, also without bullets below a
// line that ends in ':') and tables among the blocks. Every block lands in some
// unit. A table whose rows differ in width is an issue TABLE_WIDTH_MISMATCH.
// Of blocks in the exact style, words, length and last are measured here.
// REQUIRES: ranges lie within `text`. O(text).
Document BuildDocument(std::string text, const ReadOptions& options,
                       BlockText blocks, IssueSink& issues);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_BUILD_DOCUMENT_H_
