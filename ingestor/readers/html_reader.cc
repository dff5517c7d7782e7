#include "ingestor/readers/html_reader.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ingestor/readers/build_document.h"
#include "ingestor/readers/html_blocks.h"
#include "ingestor/readers/html_content.h"
#include "ingestor/readers/html_metadata.h"
#include "ingestor/readers/html_source.h"
#include "ingestor/readers/html_tree.h"
#include "ingestor/readers/sniff.h"

namespace attache {
namespace {

// Whether there is more than the article's own markup.
bool IsWholePage(absl::string_view html) {
  const std::string low = absl::AsciiStrToLower(html);
  for (absl::string_view tag :
       {"<html", "<body", "<head", "<main", "<article", "<nav", "<title"}) {
    if (absl::StrContains(low, tag)) return true;
  }
  return false;
}

struct ExtractedPage {
  HtmlText text;
  ReadMetadata metadata;
};

ExtractedPage Extract(absl::string_view html, const ReadOptions& options,
                      IssueSink& issues) {
  ExtractedPage page;
  const HtmlSource source = PrepareHtml(html);
  if (source.flattened) {
    issues.Report("HTML_TOO_DEEP",
                  "Tags are nested more than 180 deep; those beyond were left "
                  "out, and their text was kept.");
  }
  const XmlTree tree = ParseHtml(source.markup);
  const xmlNode* root =
      tree == nullptr ? nullptr : xmlDocGetRootElement(tree.get());
  if (root == nullptr) return page;
  HtmlMetadata head = ReadHtmlMetadata(root, source.json_ld);
  const PageContent content(root, options.page_words);
  HtmlBlockOptions block_options;
  block_options.page = IsWholePage(html);
  block_options.page_words = options.page_words;
  block_options.title_node = content.FindTitle(head.headline);
  if (block_options.title_node != nullptr) {
    block_options.title = WholeText(block_options.title_node);
  } else if (options.title.empty()) {
    block_options.title = head.headline;
  }
  page.text = WriteHtmlBlocks(content, block_options);
  page.metadata = std::move(head.metadata);
  return page;
}

}  // namespace

ReadResult ReadHtml(absl::string_view html, const ReadOptions& options,
                    IssueSink& issues) {
  ExtractedPage page = Extract(html, options, issues);
  if (LooksLikeHtml(page.text.text)) {
    const std::string escaped = std::move(page.text.text);
    page.text = Extract(escaped, options, issues).text;
  }
  Document document = BuildDocument(std::move(page.text.text), options,
                                    std::move(page.text.blocks), issues);
  return {std::move(document), std::move(page.metadata)};
}

}  // namespace attache
