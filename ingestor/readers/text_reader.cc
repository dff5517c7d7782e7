#include "ingestor/readers/text_reader.h"

#include <utility>
#include <vector>

#include "ingestor/readers/blocks.h"
#include "ingestor/readers/build_document.h"
#include "ingestor/readers/lines.h"

namespace attache {

Document ReadText(std::string text, const ReadOptions& options,
                  IssueSink& issues) {
  const std::vector<Line> lines = ScanLines(text);
  const Layout layout = LayoutOf(lines);
  BlockText blocks{.blocks = GatherBlocks(text, lines, layout),
                   .style = RangeStyle::kLines,
                   .blank_separated = layout.blank_separated,
                   .unread = {}};
  return BuildDocument(std::move(text), options, std::move(blocks), issues);
}

}  // namespace attache
