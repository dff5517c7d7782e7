// cmark's tree of a Markdown document as blocks.
#ifndef ATTACHE_INGESTOR_READERS_MARKDOWN_BLOCKS_H_
#define ATTACHE_INGESTOR_READERS_MARKDOWN_BLOCKS_H_

#include <vector>

#include <cmark-gfm.h>

#include "absl/strings/string_view.h"
#include "common/issue.h"
#include "ingestor/readers/blocks.h"
#include "ingestor/readers/markdown_source.h"

namespace attache {

// In reading order, in exact ranges of `text`. `root` is what cmark made of
// source.fed; the tables of `source` are moved from. Lines that are longer than
// anyone wraps text at are paragraphs each, whatever Markdown says. A block
// whose marks could not be followed is read as it stands, with an issue
// MARKUP_NOT_FOLLOWED. O(text).
std::vector<Block> MarkdownBlocks(absl::string_view text, cmark_node* root,
                                  MarkdownSource& source, IssueSink& issues);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_MARKDOWN_BLOCKS_H_
