// What the readers ask of libxml2's nodes, be they of HTML or of a feed.
#ifndef ATTACHE_INGESTOR_READERS_XML_NODE_H_
#define ATTACHE_INGESTOR_READERS_XML_NODE_H_

#include <memory>
#include <string>

#include <libxml/tree.h>

#include "absl/strings/string_view.h"

namespace attache {

struct XmlDocDeleter {
  void operator()(xmlDoc* doc) const { xmlFreeDoc(doc); }
};
using XmlTree = std::unique_ptr<xmlDoc, XmlDocDeleter>;

// Empty for null. Valid as long as `text`.
absl::string_view ViewOf(const xmlChar* text);

bool IsElement(const xmlNode* node);
// Without its prefix, and HTML's in lower case; empty for what is no element.
absl::string_view NameOf(const xmlNode* node);
// Of a text node.
absl::string_view TextOf(const xmlNode* node);

// Of an attribute without a namespace; empty where it is missing.
std::string AttributeOf(const xmlNode* node, const char* name);
// In whatever namespace.
bool HasAttribute(const xmlNode* node, const char* name);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_XML_NODE_H_
