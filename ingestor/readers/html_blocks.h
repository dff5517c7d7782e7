// A web page's article as text and blocks.
#ifndef ATTACHE_INGESTOR_READERS_HTML_BLOCKS_H_
#define ATTACHE_INGESTOR_READERS_HTML_BLOCKS_H_

#include <string>

#include <libxml/tree.h>

#include "ingestor/readers/html_content.h"
#include "ingestor/readers/html_text.h"

namespace attache {

struct HtmlBlockOptions {
  // Becomes the first block; empty for none.
  std::string title;
  // The element that the title was taken from, or null; it is not read again.
  const xmlNode* title_node = nullptr;
  // A whole page, where paragraphs and lists of nothing but links lead to other
  // articles; in a fragment they are kept.
  bool page = false;
  // Of what leads to other articles; may be null.
  const PageWords* page_words = nullptr;
};

// What `content` does not drop below its root. O(root).
HtmlText WriteHtmlBlocks(const PageContent& content,
                         const HtmlBlockOptions& options);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_HTML_BLOCKS_H_
