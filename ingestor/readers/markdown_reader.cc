#include "ingestor/readers/markdown_reader.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/text/fold.h"
#include "ingestor/readers/build_document.h"
#include "ingestor/readers/front_matter.h"
#include "ingestor/readers/markdown_blocks.h"
#include "ingestor/readers/markdown_source.h"

namespace attache {
namespace {

using NodePtr = std::unique_ptr<cmark_node, decltype(&cmark_node_free)>;

NodePtr ParseWithCmark(const std::string& fed) {
  static const bool kReady = [] {
    cmark_gfm_core_extensions_ensure_registered();
    return true;
  }();
  const std::unique_ptr<cmark_parser, decltype(&cmark_parser_free)> parser(
      cmark_parser_new(CMARK_OPT_FOOTNOTES), &cmark_parser_free);
  cmark_syntax_extension* strikethrough =
      kReady ? cmark_find_syntax_extension("strikethrough") : nullptr;
  if (strikethrough != nullptr) {
    cmark_parser_attach_syntax_extension(parser.get(), strikethrough);
  }
  cmark_parser_feed(parser.get(), fed.data(), fed.size());
  return NodePtr(cmark_parser_finish(parser.get()), &cmark_node_free);
}

bool HoldsWords(absl::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c >= 0x80;
  });
}

// The lines that hold words and of which nothing stands in a block.
std::vector<TextRange> UnreadLines(absl::string_view text,
                                   const std::vector<Block>& blocks) {
  std::vector<TextRange> read;
  const auto take = [&read](const std::vector<TextRange>& ranges) {
    for (const TextRange& range : ranges) {
      if (range.begin < range.end) read.push_back(range);
    }
  };
  for (const Block& block : blocks) {
    take(block.ranges);
    for (const auto& row : block.table.rows) {
      for (const auto& cell : row) take(cell);
    }
  }
  std::sort(read.begin(), read.end(),
            [](TextRange a, TextRange b) { return a.begin < b.begin; });
  std::vector<TextRange> unread;
  size_t next = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
    while (next < read.size() && read[next].end <= begin) ++next;
    const bool covered = next < read.size() && read[next].begin < end;
    if (!covered && HoldsWords(text.substr(begin, end - begin))) {
      unread.push_back(
          {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
    }
    begin = end + 1;
  }
  return unread;
}

}  // namespace

ReadResult ReadMarkdown(std::string text, const ReadOptions& options,
                        IssueSink& issues) {
  FrontMatter front = ReadFrontMatter(text);
  MarkdownSource source = PrepareMarkdown(text, front.end);
  BlockText blocks;
  blocks.style = RangeStyle::kExact;
  if (front.title.begin < front.title.end &&
      (options.title.empty() ||
       FoldToKey(options.title) ==
           FoldToKey(absl::string_view(text).substr(
               front.title.begin, front.title.end - front.title.begin)))) {
    Block title;
    title.kind = BlockKind::kMarkedHeading;
    title.ranges = {front.title};
    blocks.blocks.push_back(std::move(title));
  }
  const NodePtr root = ParseWithCmark(source.fed);
  std::vector<Block> body = MarkdownBlocks(text, root.get(), source, issues);
  std::move(body.begin(), body.end(), std::back_inserter(blocks.blocks));
  blocks.unread = UnreadLines(text, blocks.blocks);
  Document document =
      BuildDocument(std::move(text), options, std::move(blocks), issues);
  return {std::move(document), std::move(front.metadata)};
}

}  // namespace attache
