// Where on a web page the article stands.
#ifndef ATTACHE_INGESTOR_READERS_HTML_CONTENT_H_
#define ATTACHE_INGESTOR_READERS_HTML_CONTENT_H_

#include <cstdint>

#include <libxml/tree.h>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "common/vocabulary/vocabulary.h"

namespace attache {

struct LinkShare {
  double share = 0;           // of the text that stands in links
  double words_per_item = 0;  // words of the text to each <li>
};

// What a page's elements hold, clutter left out.
class PageContent {
 public:
  // REQUIRES: `page` outlives it. `page_words` may be null. O(page).
  PageContent(const xmlNode* page, const PageWords* page_words);

  // The element that holds the article and little else: what is declared as
  // such (articleBody, article, main) where it holds the most of the page's
  // text, else the smallest element that holds nearly all of it. `page` itself
  // where nothing stands out.
  const xmlNode* root() const { return root_; }

  // Whether the element is left out, with all that it holds.
  bool IsDropped(const xmlNode* element) const {
    return dropped_.count(element) > 0;
  }

  // Of a list.
  LinkShare LinksOf(const xmlNode* list) const;

  // The page's first heading of the highest level, inside of the article or
  // before it; where several stand, the one that `headline` (may be empty)
  // names. Null where there is none.
  const xmlNode* FindTitle(absl::string_view headline) const;

 private:
  struct Mass {
    uint32_t text = 0;        // characters outside of links
    uint32_t links = 0;       // and inside
    bool declares = false;    // holds an article, main or h1
    bool in_article = false;  // is or is in an article or main
  };

  Mass Weigh(const xmlNode* node, bool in_link, bool in_article);
  uint32_t TextIn(const xmlNode* node) const;
  const xmlNode* Choose() const;
  const xmlNode* Declared() const;
  const xmlNode* Narrow(const xmlNode* from) const;

  const xmlNode* page_;
  const xmlNode* root_;
  absl::flat_hash_map<const xmlNode*, Mass> masses_;
  absl::flat_hash_set<const xmlNode*> dropped_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_HTML_CONTENT_H_
