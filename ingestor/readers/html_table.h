// Tables of web pages as a grid of cells.
#ifndef ATTACHE_INGESTOR_READERS_HTML_TABLE_H_
#define ATTACHE_INGESTOR_READERS_HTML_TABLE_H_

#include <string>
#include <vector>

#include <libxml/tree.h>

namespace attache {

struct HtmlTable {
  enum class Kind {
    kLayout,  // arranges a page; its cells are text like any other
    kData,
    kDetails,  // names in the first column, values in the second
  };
  Kind kind = Kind::kLayout;
  std::string caption;
  // For data, each cell the index of its text, the header's row first. A cell
  // that spans rows is named in each of them; one of the header that spans
  // columns in each of these, one of the body only in its first column. Several
  // rows of a header become one.
  std::vector<std::vector<size_t>> rows;
  std::vector<std::string> texts;  // texts[0] is empty
};

// REQUIRES: a table element. O(table), spans bounded.
HtmlTable ReadHtmlTable(const xmlNode* table);

// The text of a cell or caption: blocks in it parted by a space, items by ";".
std::string FlatText(const xmlNode* node);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_HTML_TABLE_H_
