#include "ingestor/readers/html_tree.h"

#include <algorithm>

#include <libxml/HTMLparser.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace attache {
namespace {

absl::string_view View(const xmlChar* text) {
  return text == nullptr
             ? absl::string_view()
             : absl::string_view(reinterpret_cast<const char*>(text));
}

void AppendText(const xmlNode* node, std::string* text) {
  for (const xmlNode* child = node->children; child != nullptr;
       child = child->next) {
    if (IsElement(child)) {
      AppendText(child, text);
    } else {
      absl::StrAppend(text, TextOf(child));
    }
  }
}

}  // namespace

HtmlTree ParseHtml(const std::string& markup) {
  static const bool kReady = [] {
    xmlInitParser();
    return true;
  }();
  if (!kReady || markup.empty()) return nullptr;
  return HtmlTree(htmlReadMemory(
      markup.data(), static_cast<int>(markup.size()), nullptr, "UTF-8",
      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
          HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | HTML_PARSE_COMPACT));
}

absl::string_view NameOf(const xmlNode* node) {
  return IsElement(node) ? View(node->name) : absl::string_view();
}

bool IsElement(const xmlNode* node) { return node->type == XML_ELEMENT_NODE; }

absl::string_view TextOf(const xmlNode* node) {
  return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE
             ? View(node->content)
             : absl::string_view();
}

bool IsOneOf(absl::string_view name,
             std::initializer_list<absl::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string AttributeOf(const xmlNode* node, const char* name) {
  if (!IsElement(node) || node->properties == nullptr) return "";
  xmlChar* raw = xmlGetNoNsProp(const_cast<xmlNode*>(node),
                                reinterpret_cast<const xmlChar*>(name));
  std::string value(View(raw));
  xmlFree(raw);
  return value;
}

bool HasAttribute(const xmlNode* node, const char* name) {
  return IsElement(node) && node->properties != nullptr &&
         xmlHasProp(const_cast<xmlNode*>(node),
                    reinterpret_cast<const xmlChar*>(name)) != nullptr;
}

std::string WholeText(const xmlNode* node) {
  std::string text;
  AppendText(node, &text);
  absl::RemoveExtraAsciiWhitespace(&text);
  return text;
}

}  // namespace attache
