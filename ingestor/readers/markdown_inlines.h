// Where the text of a Markdown paragraph or heading stands between its marks.
#ifndef ATTACHE_INGESTOR_READERS_MARKDOWN_INLINES_H_
#define ATTACHE_INGESTOR_READERS_MARKDOWN_INLINES_H_

#include <optional>
#include <vector>

#include <cmark-gfm.h>

#include "common/issue.h"
#include "ingestor/readers/markdown_cursor.h"

namespace attache {

// The text of a leaf block, in exact ranges (see RangeStyle): that of links
// without the address, of images, code and autolinks; line breaks are spaces.
// cmark says what is text, and its own positions are not used: those of inlines
// go wrong behind indents, entities and escapes. nullopt where the marks were
// not what the tree says. O(size).
std::optional<std::vector<TextRange>> InlineRanges(cmark_node* leaf,
                                                   LeafCursor cursor);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_MARKDOWN_INLINES_H_
