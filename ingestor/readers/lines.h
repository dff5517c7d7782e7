// The lines of a plain text or Markdown, each told apart by its first
// characters alone.
#ifndef ATTACHE_INGESTOR_READERS_LINES_H_
#define ATTACHE_INGESTOR_READERS_LINES_H_

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/issue.h"

namespace attache {

enum class LineKind : uint8_t {
  kBlank,
  kRule,       // nothing but --- or === or ***
  kHeading,    // marked by # signs, or bold as a whole
  kItem,       // opens with a bullet, number or letter
  kPipes,      // has a | in it
  kDelimiter,  // the |---|---| below a table's header
  kText,
};

struct Line {
  LineKind kind = LineKind::kBlank;
  // What it says, without indent, marks and trailing white space.
  TextRange content;
  // Columns of white space before the mark, and before the content.
  uint16_t indent = 0;
  uint16_t content_indent = 0;
  // # signs of a heading (0: bold), or the number of a numbered item (0: a
  // bullet or letter).
  uint16_t number = 0;
  // Tabs inside the content.
  uint16_t tabs = 0;
  // Characters of the content, white space as it stands.
  uint32_t length = 0;
  uint32_t words = 0;
  // Last character that is no closing quote, bracket or mark of emphasis.
  char last = 0;
  // First character is a lower-case letter, or a digit.
  bool starts_low = false;
};

// Splits at \n, \r\n and \r; never fails. Leading '>' of quotations are
// dropped. REQUIRES: valid UTF-8 of less than 4 GiB. O(n).
std::vector<Line> ScanLines(absl::string_view text);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_READERS_LINES_H_
