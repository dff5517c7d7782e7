// Reads plain text, with or without Markdown's marks.
#ifndef ATTACHE_INGESTOR_READERS_TEXT_READER_H_
#define ATTACHE_INGESTOR_READERS_TEXT_READER_H_

#include <string>

#include "common/issue.h"
#include "ingestor/document.h"
#include "ingestor/readers/document_builder.h"

namespace attache {

// Finds the headline, byline, headings (marked, or short lines that nothing
// marks), paragraphs (also where their lines are wrapped, or where no blank
// line parts them), lists (nested by indent, also without bullets below a line
// that ends in ':') and tables of `text`. Every word lands in some unit. A
// table whose rows differ in width is an issue TABLE_WIDTH_MISMATCH.
// REQUIRES: valid UTF-8 of less than 4 GiB. O(text).
Document ReadText(std::string text, const ReadOptions& options,
                  IssueSink& issues);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_TEXT_READER_H_
