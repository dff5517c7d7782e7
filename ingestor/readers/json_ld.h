// Linked data (schema.org) that a web page carries as JSON.
#ifndef ATTACHE_INGESTOR_READERS_JSON_LD_H_
#define ATTACHE_INGESTOR_READERS_JSON_LD_H_

#include <string>
#include <vector>

namespace attache {

// As they stand; empty where the data does not say.
struct ArticleData {
  std::string headline;
  std::string published;
  std::string publisher;
  std::string language;
  std::string url;
};

// Of the first article of any kind in the scripts; where there is none, of the
// first web page. @graph, arrays and publishers that are named by @id are
// followed. What is no valid JSON is passed over. Thread-safe. O(scripts).
ArticleData ReadArticleData(const std::vector<std::string>& scripts);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_JSON_LD_H_
