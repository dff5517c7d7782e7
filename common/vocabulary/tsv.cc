#include "common/vocabulary/tsv.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/text/utf8.h"

namespace attache {
namespace {

// Why the line is no text; empty where it is.
std::string WrongCharacter(absl::string_view line) {
  if (FirstInvalidUtf8(line).has_value()) return "it is not valid UTF-8";
  for (const char c : line) {
    if (c == '\r') return "it has a carriage return; lines end with \\n alone";
    if (c != '\t' && absl::ascii_iscntrl(c))
      return "it has a control character";
  }
  if (absl::StartsWith(line, "\xEF\xBB\xBF")) {
    return "it begins with a byte order mark";
  }
  return "";
}

}  // namespace

absl::Status ErrorAt(absl::string_view file, int line,
                     absl::string_view reason) {
  return absl::InvalidArgumentError(
      absl::StrCat(file, ":", line, ": ", reason));
}

absl::Status ErrorAtCell(const TsvTable& table, const TsvRow& row,
                         absl::string_view value, absl::string_view reason) {
  return ErrorAt(table.file, row.line,
                 absl::StrCat("\"", value, "\" ", reason));
}

absl::StatusOr<TsvTable> ParseTsv(absl::string_view file,
                                  absl::string_view content,
                                  const std::vector<std::string>& columns) {
  TsvTable table;
  table.file = std::string(file);
  absl::ConsumeSuffix(&content, "\n");
  int number = 0;
  bool in_rows = false;
  for (const absl::string_view line : absl::StrSplit(content, '\n')) {
    ++number;
    if (const std::string wrong = WrongCharacter(line); !wrong.empty()) {
      return ErrorAt(file, number, wrong);
    }
    if (!in_rows && absl::StartsWith(line, "#")) continue;
    TsvRow row = {number, absl::StrSplit(line, '\t')};
    if (!in_rows) {
      if (row.cells != columns) {
        return ErrorAt(
            file, number,
            absl::StrCat("the columns must be \"", absl::StrJoin(columns, " "),
                         "\", not \"", absl::StrJoin(row.cells, " "), "\""));
      }
      in_rows = true;
      continue;
    }
    if (row.cells.size() != columns.size()) {
      return ErrorAt(file, number,
                     absl::StrCat("it has ", row.cells.size(),
                                  " cells instead of ", columns.size()));
    }
    for (const std::string& cell : row.cells) {
      if (absl::StripAsciiWhitespace(cell).size() != cell.size()) {
        return ErrorAt(file, number,
                       absl::StrCat("\"", cell, "\" has a space at its end"));
      }
    }
    table.rows.push_back(std::move(row));
  }
  if (!in_rows) {
    return ErrorAt(file, number, "the line with the columns' names is missing");
  }
  return table;
}

}  // namespace attache
