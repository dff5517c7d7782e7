// HTML as it is handed to libxml2.
#ifndef ATTACHE_INGESTOR_READERS_HTML_SOURCE_H_
#define ATTACHE_INGESTOR_READERS_HTML_SOURCE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace attache {

struct HtmlSource {
  std::string markup;
  std::vector<std::string> json_ld;  // the scripts of linked data
  bool flattened = false;            // tags were nested too deep and dropped
};

// Without comments, scripts and styles, without end tags that close nothing,
// and bounded where libxml2 takes more than linear time or gives up: tags
// beyond a depth of 180 lose their tags and keep their text; tags of more than
// 2 KiB lose their attributes. O(html).
HtmlSource PrepareHtml(absl::string_view html);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_HTML_SOURCE_H_
