// libxml2's tree of an HTML document, in our terms.
#ifndef ATTACHE_INGESTOR_READERS_HTML_TREE_H_
#define ATTACHE_INGESTOR_READERS_HTML_TREE_H_

#include <string>

#include <libxml/tree.h>

#include "ingestor/readers/xml_node.h"

namespace attache {

// Null where there is no element at all. REQUIRES: markup of PrepareHtml.
XmlTree ParseHtml(const std::string& markup);

// All text below the node, white space single.
std::string WholeText(const xmlNode* node);

// Calls visit(element) for every element below `node` and for itself, in
// document order; where it returns false, not for those below that one. Trees
// of PrepareHtml's are shallow, so recursion is safe.
template <typename Visit>
void VisitElements(const xmlNode* node, const Visit& visit) {
  if (!IsElement(node) || !visit(node)) return;
  for (const xmlNode* child = node->children; child != nullptr;
       child = child->next) {
    VisitElements(child, visit);
  }
}

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_HTML_TREE_H_
