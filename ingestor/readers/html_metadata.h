// What a web page says of itself in its head.
#ifndef ATTACHE_INGESTOR_READERS_HTML_METADATA_H_
#define ATTACHE_INGESTOR_READERS_HTML_METADATA_H_

#include <string>
#include <vector>

#include <libxml/tree.h>

#include "ingestor/readers/read_metadata.h"

namespace attache {

struct HtmlMetadata {
  ReadMetadata metadata;
  // The article's, without the site's name; may be empty.
  std::string headline;
};

// For each field the first that says it: JSON-LD (an Article of any kind, a
// WebPage; also in @graph and arrays), OpenGraph and article:*, meta names
// (Dublin Core and its like), microdata, <time>, <link rel=canonical>, <html
// lang> and <title>. Linked data that is no valid JSON is passed over. O(page).
HtmlMetadata ReadHtmlMetadata(const xmlNode* page,
                              const std::vector<std::string>& json_ld);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_HTML_METADATA_H_
