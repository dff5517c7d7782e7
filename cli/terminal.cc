#include "cli/terminal.h"

#include <algorithm>
#include <iostream>
#include <utility>

#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace attache::cli {
namespace {

constexpr size_t kGap = 2;
constexpr size_t kNarrowestColumn = 12;
constexpr int kBarWidth = 30;
constexpr absl::Duration kBarInterval = absl::Milliseconds(100);
constexpr absl::Duration kLineInterval = absl::Seconds(5);

size_t WidthOf(UChar32 c) {
  const int8_t type = u_charType(c);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK ||
      type == U_FORMAT_CHAR) {
    return 0;
  }
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

// Calls visit(character, begin, end) until it returns false.
template <typename Visit>
void EachCharacter(absl::string_view text, Visit visit) {
  const int32_t size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    const int32_t begin = i;
    UChar32 c;
    U8_NEXT(text.data(), i, size, c);
    if (!visit(c, begin, i)) return;
  }
}

std::string CutTo(absl::string_view text, size_t width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  size_t used = 0;
  size_t end = 0;
  EachCharacter(text, [&](UChar32 c, int32_t, int32_t next) {
    used += WidthOf(c);
    if (used + 1 > width) return false;
    end = next;
    return true;
  });
  return absl::StrCat(text.substr(0, end), "…");
}

void PrintAligned(std::ostream& out, const Row& row,
                  const std::vector<size_t>& widths) {
  std::string line;
  for (size_t i = 0; i < row.size(); ++i) {
    const std::string cell = CutTo(row[i], widths[i]);
    absl::StrAppend(&line, cell);
    if (i + 1 < row.size()) {
      line.append(widths[i] - DisplayWidth(cell) + kGap, ' ');
    }
  }
  line.erase(line.find_last_not_of(' ') + 1);
  out << line << '\n';
}

}  // namespace

size_t DisplayWidth(absl::string_view text) {
  size_t width = 0;
  EachCharacter(text, [&](UChar32 c, int32_t, int32_t) {
    width += WidthOf(c);
    return true;
  });
  return width;
}

std::string Printable(absl::string_view text) {
  std::string result;
  EachCharacter(text, [&](UChar32 c, int32_t begin, int32_t end) {
    // Bidirectional controls (U+202A..E, U+2066..9) can make a line lie.
    const bool harmless = c >= 0 && u_charType(c) != U_CONTROL_CHAR &&
                          !(c >= 0x202A && c <= 0x202E) &&
                          !(c >= 0x2066 && c <= 0x2069);
    absl::StrAppend(&result, harmless ? text.substr(begin, end - begin) : " ");
    return true;
  });
  return result;
}

std::string Megabytes(int64_t bytes) {
  return absl::StrFormat("%.1f MB", static_cast<double>(bytes) / 1e6);
}

size_t TerminalWidth() {
  winsize size{};
  if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) {
    return 0;
  }
  return size.ws_col;
}

void PrintTable(std::ostream& out, const Row& header,
                const std::vector<Row>& rows, size_t width) {
  std::vector<size_t> widths;
  for (const std::string& name : header) widths.push_back(DisplayWidth(name));
  std::vector<Row> printable;
  for (const Row& row : rows) {
    Row cells;
    for (size_t i = 0; i < row.size(); ++i) {
      cells.push_back(Printable(row[i]));
      widths[i] = std::max(widths[i], DisplayWidth(cells.back()));
    }
    printable.push_back(std::move(cells));
  }
  size_t total = kGap * (widths.size() - 1);
  for (const size_t column : widths) total += column;
  while (width != 0 && total > width) {
    const auto widest = std::max_element(widths.begin(), widths.end());
    if (*widest <= kNarrowestColumn) break;
    const size_t cut = std::min(total - width, *widest - kNarrowestColumn);
    *widest -= cut;
    total -= cut;
  }
  PrintAligned(out, header, widths);
  for (const Row& row : printable) PrintAligned(out, row, widths);
}

void PrintCsvRow(std::ostream& out, const Row& row) {
  for (size_t i = 0; i < row.size(); ++i) {
    if (i > 0) out << ',';
    if (row[i].find_first_of(",\"\r\n") == std::string::npos) {
      out << row[i];
      continue;
    }
    out << '"';
    for (const char c : row[i]) out << (c == '"' ? "\"\"" : std::string(1, c));
    out << '"';
  }
  out << "\r\n";
}

Progress::Progress(std::string what, size_t total)
    : what_(std::move(what)),
      total_(total),
      terminal_(isatty(STDERR_FILENO) != 0),
      start_(absl::Now()),
      last_shown_(start_) {}

Progress::~Progress() { Clear(); }

std::string Progress::Line(size_t done, const std::string& detail) const {
  const double seconds = absl::ToDoubleSeconds(elapsed());
  const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
  const std::string what =
      detail.empty() ? what_ : absl::StrCat(what_, ", ", detail);
  if (total_ == 0) return absl::StrFormat("%d %s, %.0f/s", done, what, rate);
  std::string left;
  if (rate > 0 && done < total_) {
    left = absl::StrFormat(
        ", %s left", absl::FormatDuration(absl::Seconds(static_cast<int64_t>(
                         static_cast<double>(total_ - done) / rate + 1))));
  }
  return absl::StrFormat("%d of %d %s (%d %%), %.0f/s%s", done, total_, what,
                         100 * done / total_, rate, left);
}

void Progress::Update(size_t done, const std::string& detail) {
  const absl::Time now = absl::Now();
  if (now - last_shown_ < (terminal_ ? kBarInterval : kLineInterval)) return;
  last_shown_ = now;
  if (!terminal_) {
    std::cerr << Line(done, detail) << '\n';
    return;
  }
  std::string bar;
  if (total_ > 0) {
    const int filled = static_cast<int>(kBarWidth * done / total_);
    for (int i = 0; i < kBarWidth; ++i) bar += i < filled ? "█" : "░";
    bar += ' ';
  }
  std::cerr << "\r\033[K" << bar << Line(done, detail) << std::flush;
  shown_ = true;
}

void Progress::Clear() {
  if (shown_) std::cerr << "\r\033[K" << std::flush;
  shown_ = false;
}

}  // namespace attache::cli
