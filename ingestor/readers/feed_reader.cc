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
#include "ingestor/readers/xml_node.h"

namespace attache {
namespace {

struct ContextDeleter {
  void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
};

// All text below the node, without white space around it.
std::string ContentOf(const xmlNode* node) {
  xmlChar* raw = xmlNodeGetContent(const_cast<xmlNode*>(node));
  std::string text(absl::StripAsciiWhitespace(ViewOf(raw)));
  xmlFree(raw);
  return text;
}

template <typename Visit>
void EachElement(const xmlNode* parent, Visit visit) {
  for (const xmlNode* node = parent->children; node != nullptr;
       node = node->next) {
    if (IsElement(node)) visit(node, NameOf(node));
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
    absl::StrAppend(&markup, ViewOf(xmlBufferContent(buffer.get())));
  }
  return markup;
}

FeedItem RssItem(const xmlNode* node) {
  FeedItem item;
  item.line = static_cast<int>(xmlGetLineNo(node));
  std::string description;
  EachElement(node, [&](const xmlNode* child, absl::string_view name) {
    if (name == "title") item.title = ContentOf(child);
    if (name == "link") item.link = ContentOf(child);
    if (name == "guid") item.guid = ContentOf(child);
    if (name == "pubDate" || name == "date") SetTime(ContentOf(child), item);
    if (name == "description") description = ContentOf(child);
    if (name == "encoded") item.content = ContentOf(child);
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
    if (name == "title") item.title = ContentOf(child);
    if (name == "id") item.guid = ContentOf(child);
    if (name == "published") SetTime(ContentOf(child), item);
    if (name == "updated") updated = ContentOf(child);
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
    item.content = type == "xhtml" ? InnerMarkup(child) : ContentOf(child);
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
      if (child == "title") title = ContentOf(node);
      if (child == "language") language = ContentOf(node);
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
    if (name == "title") title = ContentOf(node);
  });
  xmlChar* lang = xmlNodeGetLang(const_cast<xmlNode*>(root));
  const std::string language(ViewOf(lang));
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
  const XmlTree doc(
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
  if (root != nullptr && NameOf(root) == "rss") {
    ReadRss(root, items);
  } else if (root != nullptr && NameOf(root) == "feed") {
    ReadAtom(root, items);
  } else {
    return absl::InvalidArgumentError("neither an RSS 2.0 nor an Atom feed");
  }
  return items;
}

}  // namespace attache
