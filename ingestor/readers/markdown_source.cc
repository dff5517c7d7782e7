#include "ingestor/readers/markdown_source.h"

#include <algorithm>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/types/span.h"
#include "ingestor/readers/lines.h"
#include "ingestor/readers/pipe_table.h"

namespace attache {
namespace {

// Marks of quotations and lists that a line may open with.
constexpr int kMaxNesting = 32;
// Brackets times bytes of one paragraph; and brackets in any case.
constexpr size_t kBracketWork = size_t{1} << 25;
constexpr size_t kMaxBrackets = 1000;
// What a cell's line opens with, so that nothing in the cell is taken for the
// mark of a block: a character of no meaning.
constexpr absl::string_view kCellMark = "\uE000 ";

// Bytes of white space and container marks at the start of a line, no more
// than kMaxNesting of these.
size_t ContainerMarks(absl::string_view line, int limit) {
  size_t at = 0;
  for (int marks = 0; marks < limit; ++marks) {
    size_t next = at;
    while (next < line.size() && (line[next] == ' ' || line[next] == '\t')) {
      ++next;
    }
    if (next == line.size()) return at;
    if (line[next] == '>') {
      at = next + 1;
      continue;
    }
    size_t mark = next;
    if (absl::StrContains("-+*", line[mark])) {
      ++mark;
    } else {
      while (mark < line.size() && mark - next < 9 &&
             absl::ascii_isdigit(line[mark])) {
        ++mark;
      }
      if (mark == next || mark == line.size() ||
          !absl::StrContains(".)", line[mark])) {
        return at;
      }
      ++mark;
    }
    if (mark < line.size() && line[mark] != ' ' && line[mark] != '\t') {
      return at;
    }
    at = mark;
  }
  return at;
}

// White space and quotation marks that a line opens with.
size_t PrefixSize(absl::string_view line) {
  const size_t end = line.find_first_not_of(" \t>");
  return std::min(end, line.size());
}

// Tells lines inside a fenced code block.
class FenceTracker {
 public:
  // Whether the line belongs to one, fences included.
  bool Take(absl::string_view line) {
    line.remove_prefix(ContainerMarks(line, kMaxNesting));
    line = absl::StripAsciiWhitespace(line);
    size_t run = 0;
    while (run < line.size() && line[run] == line[0]) ++run;
    const bool fence = run >= 3 && (line[0] == '`' || line[0] == '~');
    if (size_ == 0) {
      if (!fence ||
          (line[0] == '`' && absl::StrContains(line.substr(run), '`'))) {
        return false;
      }
      mark_ = line[0];
      size_ = run;
      return true;
    }
    if (fence && line[0] == mark_ && run >= size_ && run == line.size()) {
      size_ = 0;
    }
    return true;
  }

 private:
  char mark_ = 0;
  size_t size_ = 0;
};

class SourceWriter {
 public:
  SourceWriter(absl::string_view text, uint32_t begin)
      : text_(text), begin_(begin), lines_(ScanLines(text)) {}

  MarkdownSource Write() {
    SplitLines();
    source_.fed.reserve(text_.size() + text_.size() / 8 + 16);
    FenceTracker fence;
    for (size_t at = 0; at < raw_.size();) {
      const TextRange raw = raw_[at];
      if (raw.begin < begin_) {
        ++at;
        continue;
      }
      if (!fence.Take(TextOf(raw))) {
        const TableLines table = TableAt(text_, lines_, at);
        if (table.end > 0 && table.separator == '|') {
          FeedTable(table);
          at = table.end;
          continue;
        }
      }
      FeedLine(raw);
      ++at;
    }
    BoundBrackets();
    return std::move(source_);
  }

 private:
  absl::string_view TextOf(TextRange range) const {
    return text_.substr(range.begin, range.end - range.begin);
  }

  // As ScanLines does.
  void SplitLines() {
    size_t begin = 0;
    while (begin < text_.size()) {
      size_t end = text_.find_first_of("\r\n", begin);
      if (end == text_.npos) end = text_.size();
      raw_.push_back(
          {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
      begin = end + 1;
      if (begin < text_.size() && text_[end] == '\r' && text_[begin] == '\n') {
        ++begin;
      }
    }
  }

  void FeedLine(TextRange raw) {
    const absl::string_view text = TextOf(raw);
    const size_t marks = ContainerMarks(text, kMaxNesting + 1);
    if (marks != ContainerMarks(text, kMaxNesting)) {
      raw.begin += ContainerMarks(text, std::numeric_limits<int>::max());
    }
    FedLine line;
    line.begin = source_.fed.size();
    line.to_text = static_cast<int64_t>(raw.begin) - line.begin;
    const absl::string_view fed = TextOf(raw);
    source_.fed.append(fed.data(), fed.size());
    EndLine(line);
  }

  void EndLine(FedLine line) {
    line.end = source_.fed.size();
    source_.fed.push_back('\n');
    source_.lines.push_back(line);
  }

  void FeedTable(const TableLines& shape) {
    const int32_t index = source_.tables.size();
    source_.tables.push_back(CellsOf(text_, lines_, shape));
    const TableBlock& table = source_.tables.back();
    for (size_t row = 0; row < table.rows.size(); ++row) {
      const absl::string_view whole = TextOf(raw_[shape.rows[row]]);
      const absl::string_view prefix = whole.substr(0, PrefixSize(whole));
      for (size_t column = 0; column < table.rows[row].size(); ++column) {
        const TextRange cell = table.rows[row][column][0];
        if (cell.begin == cell.end) continue;
        FedLine line;
        line.table = index;
        line.row = row;
        line.column = column;
        FeedPrefix(line, prefix);
        line.begin = source_.fed.size();
        source_.fed.append(prefix.data(), prefix.size());
        source_.fed.append(kCellMark.data(), kCellMark.size());
        line.cell_begin = source_.fed.size();
        line.to_text = static_cast<int64_t>(cell.begin) - line.cell_begin;
        const absl::string_view content = TextOf(cell);
        source_.fed.append(content.data(), content.size());
        EndLine(line);
        FeedPrefix(line, prefix);
      }
    }
  }

  // A blank line beside that of a cell, inside of the containers that are open.
  void FeedPrefix(FedLine line, absl::string_view prefix) {
    line.begin = source_.fed.size();
    source_.fed.append(prefix.data(), prefix.size());
    line.cell_begin = source_.fed.size() + 1;
    EndLine(line);
  }

  // Of each run of lines without a blank one between.
  void BoundBrackets() {
    std::string& fed = source_.fed;
    const auto is_blank = [&](const FedLine& line) {
      const absl::string_view text(fed.data() + line.begin,
                                   line.end - line.begin);
      return PrefixSize(text) == text.size();
    };
    for (size_t i = 0; i < source_.lines.size();) {
      size_t end = i;
      while (end < source_.lines.size() && !is_blank(source_.lines[end])) ++end;
      if (end > i) {
        const uint32_t from = source_.lines[i].begin;
        const uint32_t to = source_.lines[end - 1].end;
        const size_t allowed =
            std::min(kMaxBrackets, kBracketWork / (to - from + 1));
        size_t seen = 0;
        for (uint32_t at = from; at < to; ++at) {
          if (fed[at] == '[' && ++seen > allowed) fed[at] = kNoBracket;
        }
      }
      i = end + 1;
    }
  }

  absl::string_view text_;
  uint32_t begin_;
  std::vector<Line> lines_;
  std::vector<TextRange> raw_;  // by line
  MarkdownSource source_;
};

}  // namespace

MarkdownSource PrepareMarkdown(absl::string_view text, uint32_t begin) {
  return SourceWriter(text, begin).Write();
}

}  // namespace attache
