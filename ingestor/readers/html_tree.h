// libxml2's tree of an HTML document, in our terms.
#ifndef ATTACHE_INGESTOR_READERS_HTML_TREE_H_
#define ATTACHE_INGESTOR_READERS_HTML_TREE_H_

#include <initializer_list>
#include <memory>
#include <string>

#include <libxml/tree.h>

#include "absl/strings/string_view.h"

namespace attache {

struct HtmlDocDeleter {
  void operator()(xmlDoc* doc) const { xmlFreeDoc(doc); }
};
using HtmlTree = std::unique_ptr<xmlDoc, HtmlDocDeleter>;

// Null where there is no element at all. REQUIRES: markup of PrepareHtml.
HtmlTree ParseHtml(const std::string& markup);

// In lower case; empty for what is no element.
absl::string_view NameOf(const xmlNode* node);
bool IsElement(const xmlNode* node);
// Of a text node.
absl::string_view TextOf(const xmlNode* node);
bool IsOneOf(absl::string_view name,
             std::initializer_list<absl::string_view> names);

// Empty where it is missing.
std::string AttributeOf(const xmlNode* node, const char* name);
bool HasAttribute(const xmlNode* node, const char* name);

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
