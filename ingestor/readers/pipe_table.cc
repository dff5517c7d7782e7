#include "ingestor/readers/pipe_table.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace attache {
namespace {

// A bullet or number that opens a row is part of its first cell.
TextRange RowRange(absl::string_view text, const Line& row) {
  TextRange range = row.content;
  while (range.begin > 0 && text[range.begin - 1] != '\n' &&
         text[range.begin - 1] != '\r') {
    --range.begin;
  }
  while (range.end < text.size() && text[range.end] != '\n' &&
         text[range.end] != '\r') {
    ++range.end;
  }
  return range;
}

absl::string_view RowText(absl::string_view text, const Line& row) {
  return text.substr(row.content.begin, row.content.end - row.content.begin);
}

bool HasPipe(absl::string_view text, const Line& row) {
  return row.kind == LineKind::kPipes || row.kind == LineKind::kDelimiter ||
         (row.kind != LineKind::kBlank &&
          absl::StrContains(RowText(text, row), '|'));
}

size_t NextLine(absl::Span<const Line> lines, size_t at, bool over_blank) {
  ++at;
  if (over_blank && at < lines.size() && lines[at].kind == LineKind::kBlank) {
    ++at;
  }
  return at;
}

TableLines WithDelimiter(absl::string_view text, absl::Span<const Line> lines,
                         size_t begin, size_t delimiter) {
  TableLines table;
  table.rows.push_back(begin);
  table.delimiter_cells = SplitCells(text, lines[delimiter], '|').size();
  // Some sources put a blank line between any two lines.
  const bool over_blank = delimiter > begin + 1;
  table.end = delimiter + 1;
  for (size_t at = NextLine(lines, delimiter, over_blank);
       at < lines.size() && HasPipe(text, lines[at]);
       at = NextLine(lines, at, over_blank)) {
    if (lines[at].kind != LineKind::kDelimiter) table.rows.push_back(at);
    table.end = at + 1;
  }
  return table;
}

TableLines WithoutDelimiter(absl::string_view text,
                            absl::Span<const Line> lines, size_t begin) {
  TableLines table;
  const size_t width = SplitCells(text, lines[begin], '|').size();
  if (width < 2) return table;
  // Rows agree where all are fenced by pipes, or all have as many cells.
  bool outer = true;
  bool equal = true;
  size_t at = begin;
  for (; at < lines.size() && HasPipe(text, lines[at]); ++at) {
    if (lines[at].kind == LineKind::kDelimiter) continue;
    const bool row_outer = outer && text[lines[at].content.begin] == '|';
    const bool row_equal =
        equal && SplitCells(text, lines[at], '|').size() == width;
    if (!row_outer && !row_equal) break;
    outer = row_outer;
    equal = row_equal;
    table.rows.push_back(at);
  }
  const size_t rows = table.rows.size();
  const size_t needed = outer || width >= 3 ? 2 : 3;
  if (rows >= needed) table.end = at;
  return table;
}

TableLines WithTabs(absl::Span<const Line> lines, size_t begin) {
  TableLines table;
  table.separator = '\t';
  const uint16_t tabs = lines[begin].tabs;
  size_t at = begin;
  for (; at < lines.size() && lines[at].kind == LineKind::kText &&
         lines[at].tabs == tabs;
       ++at) {
    table.rows.push_back(at);
  }
  if (table.rows.size() >= (tabs >= 2 ? 2u : 3u)) table.end = at;
  return table;
}

}  // namespace

TableLines TableAt(absl::string_view text, absl::Span<const Line> lines,
                   size_t begin) {
  const Line& first = lines[begin];
  if (first.kind == LineKind::kText && first.tabs > 0) {
    return WithTabs(lines, begin);
  }
  if (first.kind == LineKind::kBlank || !HasPipe(text, first)) return {};
  if (first.kind == LineKind::kDelimiter) {
    // The upper border of a drawn table.
    if (begin + 1 >= lines.size() || !HasPipe(text, lines[begin + 1]) ||
        lines[begin + 1].kind == LineKind::kDelimiter) {
      return {};
    }
    return TableAt(text, lines, begin + 1);
  }
  const size_t below = NextLine(lines, begin, /*over_blank=*/true);
  if (below < lines.size() && lines[below].kind == LineKind::kDelimiter) {
    return WithDelimiter(text, lines, begin, below);
  }
  return WithoutDelimiter(text, lines, begin);
}

std::vector<TextRange> SplitCells(absl::string_view text, const Line& row,
                                  char separator) {
  TextRange rest =
      row.kind == LineKind::kItem ? RowRange(text, row) : row.content;
  const auto trim = [&](uint32_t begin, uint32_t end) {
    while (begin < end && absl::ascii_isspace(text[begin])) ++begin;
    while (end > begin && absl::ascii_isspace(text[end - 1])) --end;
    return TextRange{begin, end};
  };
  rest = trim(rest.begin, rest.end);
  if (separator == '|' && rest.begin < rest.end && text[rest.begin] == '|') {
    ++rest.begin;
  }
  std::vector<TextRange> cells;
  uint32_t begin = rest.begin;
  for (uint32_t at = rest.begin; at < rest.end; ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == separator) {
      cells.push_back(trim(begin, at));
      begin = at + 1;
    }
  }
  if (begin < rest.end || cells.empty()) {
    cells.push_back(trim(begin, rest.end));
  }
  return cells;
}

}  // namespace attache
