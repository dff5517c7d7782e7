#include "ingestor/readers/html_tree.h"

#include <libxml/HTMLparser.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace attache {
namespace {

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

XmlTree ParseHtml(const std::string& markup) {
  static const bool kReady = [] {
    xmlInitParser();
    return true;
  }();
  if (!kReady || markup.empty()) return nullptr;
  return XmlTree(htmlReadMemory(
      markup.data(), static_cast<int>(markup.size()), nullptr, "UTF-8",
      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
          HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | HTML_PARSE_COMPACT));
}

std::string WholeText(const xmlNode* node) {
  std::string text;
  AppendText(node, &text);
  absl::RemoveExtraAsciiWhitespace(&text);
  return text;
}

}  // namespace attache
