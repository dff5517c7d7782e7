// HTML that stands in Markdown.
#ifndef ATTACHE_INGESTOR_READERS_MARKDOWN_HTML_H_
#define ATTACHE_INGESTOR_READERS_MARKDOWN_HTML_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "ingestor/readers/blocks.h"

namespace attache {

// The blocks of text[range.begin, range.end) in exact ranges: what stands
// between tags, parted at the tags of blocks; headings, items and tables as
// such. Comments, scripts and styles are dropped. Whatever is no tag is text.
// O(range).
std::vector<Block> MarkdownHtmlBlocks(absl::string_view text, TextRange range);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_MARKDOWN_HTML_H_
