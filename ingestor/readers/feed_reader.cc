#include "ingestor/readers/feed_reader.h"

#include <limits>
#include <memory>
#include <utility>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "ingestor/readers/read_metadata.h"

namespace attache {
namespace {

struct DocDeleter {
  void operator()(xmlDoc* doc) const { xmlFreeDoc(doc); }
};
struct ContextDeleter {
  void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
};

absl::string_view View(const xmlChar* text) {
  return text == nullptr
             ? absl::string_view()
             : absl::string_view(reinterpret_cast<const char*>(text));
}

std::string TextOf(const xmlNode* node) {
  xmlChar* raw = xmlNodeGetContent(const_cast<xmlNode*>(node));
  std::string text(absl::StripAsciiWhitespace(View(raw)));
  xmlFree(raw);
  return text;
}

std::string AttributeOf(const xmlNode* node, const char* name) {
  xmlChar* raw = xmlGetNoNsProp(const_cast<xmlNode*>(node),
                                reinterpret_cast<const xmlChar*>(name));
  std::string value(View(raw));
  xmlFree(raw);
  return value;
}

template <typename Visit>
void EachElement(const xmlNode* parent, Visit visit) {
  for (const xmlNode* node = parent->children; node != nullptr;
       node = node->next) {
    if (node->type == XML_ELEMENT_NODE) visit(node, View(node->name));
  }
}

void SetTime(const std::string& text, FeedItem& item) {
  const std::optional<WrittenTime> written = ParseWrittenTime(text);
  if (!written) return;
  item.publish_time = written->time;
  item.utc_offset_minutes = written->utc_offset_minutes;
}

// Atom's xhtml content is markup within a div, not text.
std::string InnerMarkup(const xmlNode* node) {
  std::string markup;
  std::unique_ptr<xmlBuffer, void (*)(xmlBuffer*)> buffer(xmlBufferCreate(),
                                                          xmlBufferFree);
  for (xmlNode* child = node->children; child != nullptr; child = child->next) {
    xmlBufferEmpty(buffer.get());
    xmlNodeDump(buffer.get(), node->doc, child, 0, 0);
    absl::StrAppend(&markup, View(xmlBufferContent(buffer.get())));
  }
  return markup;
}

FeedItem RssItem(const xmlNode* node) {
  FeedItem item;
  item.line = static_cast<int>(xmlGetLineNo(node));
  std::string description;
  EachElement(node, [&](const xmlNode* child, absl::string_view name) {
    if (name == "title") item.title = TextOf(child);
    if (name == "link") item.link = TextOf(child);
    if (name == "guid") item.guid = TextOf(child);
    if (name == "pubDate" || name == "date") SetTime(TextOf(child), item);
    if (name == "description") description = TextOf(child);
    if (name == "encoded") item.content = TextOf(child);
  });
  if (item.content.empty()) item.content = std::move(description);
  item.media_type = "text/html";
  return item;
}

FeedItem AtomEntry(const xmlNode* node) {
  FeedItem item;
  item.line = static_cast<int>(xmlGetLineNo(node));
  item.media_type = "text/plain";
  bool has_content = false;
  std::string updated;
  EachElement(node, [&](const xmlNode* child, absl::string_view name) {
    if (name == "title") item.title = TextOf(child);
    if (name == "id") item.guid = TextOf(child);
    if (name == "published") SetTime(TextOf(child), item);
    if (name == "updated") updated = TextOf(child);
    if (name == "link") {
      const std::string relation = AttributeOf(child, "rel");
      if (relation.empty() || relation == "alternate") {
        item.link = AttributeOf(child, "href");
      }
    }
    const bool is_content = name == "content";
    if (!is_content && (name != "summary" || has_content)) return;
    has_content = is_content;
    const std::string type = AttributeOf(child, "type");
    item.media_type =
        absl::StrContains(type, "html") ? "text/html" : "text/plain";
    item.content = type == "xhtml" ? InnerMarkup(child) : TextOf(child);
  });
  if (!item.publish_time && !updated.empty()) SetTime(updated, item);
  return item;
}

void ReadRss(const xmlNode* root, std::vector<FeedItem>& items) {
  EachElement(root, [&](const xmlNode* channel, absl::string_view name) {
    if (name != "channel") return;
    std::string title;
    std::string language;
    EachElement(channel, [&](const xmlNode* node, absl::string_view child) {
      if (child == "title") title = TextOf(node);
      if (child == "language") language = TextOf(node);
    });
    EachElement(channel, [&](const xmlNode* node, absl::string_view child) {
      if (child != "item") return;
      items.push_back(RssItem(node));
      items.back().publisher = title;
      items.back().language = language;
    });
  });
}

void ReadAtom(const xmlNode* root, std::vector<FeedItem>& items) {
  std::string title;
  EachElement(root, [&](const xmlNode* node, absl::string_view name) {
    if (name == "title") title = TextOf(node);
  });
  xmlChar* lang = xmlNodeGetLang(const_cast<xmlNode*>(root));
  const std::string language(View(lang));
  xmlFree(lang);
  EachElement(root, [&](const xmlNode* node, absl::string_view name) {
    if (name != "entry") return;
    items.push_back(AtomEntry(node));
    items.back().publisher = title;
    items.back().language = language;
  });
}

}  // namespace

bool LooksLikeFeed(absl::string_view text) {
  text = absl::StripLeadingAsciiWhitespace(
      absl::StripPrefix(text, "\xEF\xBB\xBF"));
  const absl::string_view head = text.substr(0, 2048);
  return absl::StartsWith(head, "<") &&
         (absl::StrContains(head, "<rss") ||
          (absl::StrContains(head, "<feed") &&
           absl::StrContains(head, "http://www.w3.org/2005/Atom")));
}

absl::StatusOr<std::vector<FeedItem>> ReadFeed(absl::string_view text) {
  if (text.size() > static_cast<size_t>(std::numeric_limits<int>::max())) {
    return absl::InvalidArgumentError("the feed is larger than 2 GiB");
  }
  const std::unique_ptr<xmlParserCtxt, ContextDeleter> context(
      xmlNewParserCtxt());
  // No network, no external entities; libxml2 bounds the expansion of others.
  const std::unique_ptr<xmlDoc, DocDeleter> doc(
      xmlCtxtReadMemory(context.get(), text.data(),
                        static_cast<int>(text.size()), nullptr, nullptr,
                        XML_PARSE_NONET | XML_PARSE_NOERROR |
                            XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES));
  if (doc == nullptr) {
    const xmlError* error = xmlCtxtGetLastError(context.get());
    return absl::InvalidArgumentError(
        error == nullptr
            ? std::string("not well-formed XML")
            : absl::StrCat("not well-formed XML at line ", error->line, ": ",
                           absl::StripAsciiWhitespace(error->message)));
  }
  const xmlNode* root = xmlDocGetRootElement(doc.get());
  std::vector<FeedItem> items;
  if (root != nullptr && View(root->name) == "rss") {
    ReadRss(root, items);
  } else if (root != nullptr && View(root->name) == "feed") {
    ReadAtom(root, items);
  } else {
    return absl::InvalidArgumentError("neither an RSS 2.0 nor an Atom feed");
  }
  return items;
}

}  // namespace attache
