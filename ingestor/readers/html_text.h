// The text that is extracted from a web page, and its blocks.
#ifndef ATTACHE_INGESTOR_READERS_HTML_TEXT_H_
#define ATTACHE_INGESTOR_READERS_HTML_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "ingestor/readers/build_document.h"
#include "ingestor/readers/html_table.h"

namespace attache {

struct HtmlText {
  // A block a line, blank lines between; items open with "- " or their number
  // and stand right below each other, a table's cells are parted by " | ".
  std::string text;
  BlockText blocks;  // in exact ranges of `text`
};

// Writes both front to back. Not thread-safe.
class HtmlTextWriter {
 public:
  // Sets the block's ranges. The first `mark` bytes of the text are an item's
  // own mark; an item without one is given its own. `separator` ("\n" or
  // "\n\n") stands before it.
  void Add(absl::string_view text, Block block, absl::string_view separator,
           size_t mark = 0);

  // REQUIRES: data.
  void AddTable(const HtmlTable& table);

  // Blocks so far.
  size_t size() const { return result_.blocks.blocks.size(); }

  HtmlText Finish() &&;

 private:
  void Separate(absl::string_view separator);

  HtmlText result_;
  BlockKind last_kind_ = BlockKind::kText;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_HTML_TEXT_H_
