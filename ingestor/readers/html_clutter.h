// What of a web page is not the article: by element, role, class and wording.
#ifndef ATTACHE_INGESTOR_READERS_HTML_CLUTTER_H_
#define ATTACHE_INGESTOR_READERS_HTML_CLUTTER_H_

#include <cstdint>

#include <libxml/tree.h>

#include "absl/strings/string_view.h"
#include "common/vocabulary/vocabulary.h"

namespace attache {

enum class Clutter : uint8_t {
  kNone,
  // By its class or id, which are made for looks and may mislead: an element
  // that holds the article is kept all the same.
  kLikely,
  // By what it is: navigation, a form's control, hidden, a consent notice.
  kCertain,
};

// Of the element alone, whatever it holds. `in_article` is whether it stands
// inside of the article, where a header is the article's own. `page_words`
// (null for none) only tell what is likely.
Clutter ClutterOf(const xmlNode* element, bool in_article,
                  const PageWords* page_words);

// Whether `text` opens with words that lead to other articles: "Read also".
bool LeadsElsewhere(absl::string_view text, const PageWords* page_words);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_HTML_CLUTTER_H_
