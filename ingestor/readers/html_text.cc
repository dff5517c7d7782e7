#include "ingestor/readers/html_text.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace attache {

void HtmlTextWriter::Separate(absl::string_view separator) {
  if (result_.text.empty()) return;
  const bool in_list = separator == "\n" && last_kind_ == BlockKind::kTable;
  absl::StrAppend(&result_.text, in_list ? "\n\n" : separator);
}

void HtmlTextWriter::Add(absl::string_view text, Block block,
                         absl::string_view separator, size_t mark) {
  if (block.kind == BlockKind::kItem && last_kind_ != BlockKind::kItem) {
    separator = "\n\n";
  }
  if (separator == "\n\n") block.blank_before = true;
  Separate(separator);
  std::string& out = result_.text;
  if (block.kind == BlockKind::kItem && mark == 0) {
    out.append(block.indent, ' ');
    absl::StrAppend(&out,
                    block.number > 0 ? absl::StrCat(block.number, ". ") : "- ");
  }
  const uint32_t begin = out.size() + mark;
  absl::StrAppend(&out, text);
  block.ranges = {{begin, static_cast<uint32_t>(out.size())}};
  last_kind_ = block.kind;
  result_.blocks.blocks.push_back(std::move(block));
}

void HtmlTextWriter::AddTable(const HtmlTable& table) {
  std::string& text = result_.text;
  Separate("\n\n");
  Block block;
  block.kind = BlockKind::kTable;
  block.blank_before = block.blank_after = true;
  block.table.range.begin = text.size();
  for (const std::vector<size_t>& row : table.rows) {
    if (text.size() > block.table.range.begin) text += "\n";
    auto& cells = block.table.rows.emplace_back();
    for (size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text += " | ";
      const uint32_t begin = text.size();
      text += table.texts[row[i]];
      cells.push_back({{begin, static_cast<uint32_t>(text.size())}});
    }
  }
  block.table.range.end = text.size();
  result_.blocks.blocks.push_back(std::move(block));
  last_kind_ = BlockKind::kTable;
}

HtmlText HtmlTextWriter::Finish() && {
  result_.blocks.style = RangeStyle::kExact;
  return std::move(result_);
}

}  // namespace attache
