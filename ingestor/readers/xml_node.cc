#include "ingestor/readers/xml_node.h"

namespace attache {

absl::string_view ViewOf(const xmlChar* text) {
  return text == nullptr
             ? absl::string_view()
             : absl::string_view(reinterpret_cast<const char*>(text));
}

absl::string_view NameOf(const xmlNode* node) {
  return IsElement(node) ? ViewOf(node->name) : absl::string_view();
}

bool IsElement(const xmlNode* node) { return node->type == XML_ELEMENT_NODE; }

absl::string_view TextOf(const xmlNode* node) {
  return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE
             ? ViewOf(node->content)
             : absl::string_view();
}

std::string AttributeOf(const xmlNode* node, const char* name) {
  if (!IsElement(node) || node->properties == nullptr) return "";
  xmlChar* raw = xmlGetNoNsProp(const_cast<xmlNode*>(node),
                                reinterpret_cast<const xmlChar*>(name));
  std::string value(ViewOf(raw));
  xmlFree(raw);
  return value;
}

bool HasAttribute(const xmlNode* node, const char* name) {
  return IsElement(node) && node->properties != nullptr &&
         xmlHasProp(const_cast<xmlNode*>(node),
                    reinterpret_cast<const xmlChar*>(name)) != nullptr;
}

}  // namespace attache
