#include "ingestor/readers/lines.h"

#include <algorithm>
#include <limits>

#include <unicode/uchar.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/text/utf8.h"
#include "ingestor/readers/line_shapes.h"

namespace attache {
namespace {

constexpr uint32_t kMaxCount = std::numeric_limits<uint16_t>::max();

// Bytes of white space at the start; NBSP and its like count, as HTML that was
// turned into text indents with them.
size_t LeadingSpace(absl::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    const absl::string_view rest = text.substr(at);
    if (absl::ascii_isspace(rest[0])) {
      ++at;
    } else if (absl::StartsWith(rest, "\u00a0")) {
      at += 2;
    } else if (absl::StartsWith(rest, "\u200b") ||
               absl::StartsWith(rest, "\ufeff") ||
               absl::StartsWith(rest, "\u3000")) {
      at += 3;
    } else {
      break;
    }
  }
  return at;
}

size_t WithoutTrailingSpace(absl::string_view text) {
  size_t end = text.size();
  while (end > 0) {
    if (absl::ascii_isspace(text[end - 1])) {
      --end;
    } else if (absl::EndsWith(text.substr(0, end), "\u00a0")) {
      end -= 2;
    } else if (absl::EndsWith(text.substr(0, end), "\u200b")) {
      end -= 3;
    } else {
      break;
    }
  }
  return end;
}

bool SpaceAt(absl::string_view text, size_t at) {
  return at < text.size() && LeadingSpace(text.substr(at)) > 0;
}

// Size of a bullet, number or letter that opens an item; 0 for none.
size_t ItemMark(absl::string_view text, uint16_t* number) {
  *number = 0;
  for (absl::string_view bullet :
       {"•", "▪", "◦", "‣", "●", "■", "∙", "○", "\uf0b7", "➢", "✓"}) {
    if (absl::StartsWith(text, bullet)) return bullet.size();
  }
  for (absl::string_view bullet : {"-", "*", "+", "–", "—", "·", "−"}) {
    if (absl::StartsWith(text, bullet) && SpaceAt(text, bullet.size())) {
      return bullet.size();
    }
  }
  const size_t open = text[0] == '(' ? 1 : 0;
  size_t at = open;
  while (at < text.size() && at - open < 3 && absl::ascii_isdigit(text[at])) {
    *number = *number * 10 + (text[at] - '0');
    ++at;
  }
  const bool digits = at > open;
  if (!digits) {
    // "a)", "iv)": a letter, or a small Roman number.
    if (at < text.size() && absl::ascii_isalpha(text[at])) ++at;
    while (at < text.size() && at - open < 4 &&
           absl::StrContains("ivx", text[at]) && text[open] != 'a') {
      ++at;
    }
    if (at == open) return 0;
  }
  if (at >= text.size()) return 0;
  const bool closed =
      text[at] == ')' || (open == 0 && text[at] == '.' &&
                          (digits || absl::ascii_islower(text[at - 1])));
  if (!closed || !SpaceAt(text, at + 1)) {
    *number = 0;
    return 0;
  }
  if (*number > 99) return 0;
  return at + 1;
}

bool IsRule(absl::string_view text) {
  if (text.size() < 3) return false;
  const char mark = text[0];
  if (!absl::StrContains("-=*_", mark)) return false;
  return std::all_of(text.begin(), text.end(),
                     [mark](char c) { return c == mark || c == ' '; });
}

bool IsDelimiter(absl::string_view text) {
  return absl::StrContains(text, '-') &&
         (absl::StrContains(text, '|') || absl::StrContains(text, '+')) &&
         text.find_first_not_of("-|:+= \t") == text.npos;
}

// The content of "**...**" alone on its line.
bool IsBold(absl::string_view text) {
  return text.size() > 4 && text.size() < 300 && absl::StartsWith(text, "**") &&
         absl::EndsWith(text, "**") &&
         !absl::StrContains(text.substr(2, text.size() - 4), "**");
}

void Measure(absl::string_view content, Line* line) {
  const TextMeasure measure = MeasureText(content);
  line->words = measure.words;
  line->length = measure.length;
  line->last = measure.last;
  line->tabs = std::min<size_t>(
      std::count(content.begin(), content.end(), '\t'), kMaxCount);
  const UChar32 first = FirstCharacter(content);
  line->starts_low = u_isULowercase(first) || u_isdigit(first);
}

// Tells the kind of `text`, which begins at `at`; sets all but `indent`.
void Classify(absl::string_view text, uint32_t at, Line* line) {
  uint16_t number = 0;
  const auto keep = [&](size_t begin, size_t end) {
    const uint16_t indent = line->indent;
    *line = Line();
    line->indent = indent;
    line->content = {static_cast<uint32_t>(at + begin),
                     static_cast<uint32_t>(at + end)};
    line->content_indent = std::min<size_t>(line->indent + begin, kMaxCount);
    Measure(text.substr(begin, end - begin), line);
  };
  keep(0, text.size());
  if (IsDelimiter(text)) {
    line->kind = LineKind::kDelimiter;
  } else if (IsRule(text)) {
    line->kind = LineKind::kRule;
  } else if (text[0] == '#') {
    const size_t marks = std::min(text.find_first_not_of('#'), text.size());
    const size_t name = marks + LeadingSpace(text.substr(marks));
    if (marks > 6 || name == marks ||
        absl::StartsWith(text.substr(name), "|")) {
      line->kind =
          absl::StrContains(text, '|') ? LineKind::kPipes : LineKind::kText;
      return;
    }
    size_t end = text.find_last_not_of("# \t");
    end = end == text.npos ? text.size() : end + 1;
    const size_t begin = std::min(end, name);
    keep(begin, end);
    line->number = marks;
    line->kind = begin < end ? LineKind::kHeading : LineKind::kRule;
  } else if (IsBold(text)) {
    keep(2, text.size() - 2);
    line->kind = LineKind::kHeading;
  } else if (const size_t mark = ItemMark(text, &number); mark > 0) {
    const size_t begin = mark + LeadingSpace(text.substr(mark));
    keep(begin, text.size());
    line->number = number;
    line->kind = begin < text.size() ? LineKind::kItem : LineKind::kRule;
  } else {
    line->kind =
        absl::StrContains(text, '|') ? LineKind::kPipes : LineKind::kText;
  }
}

Line ScanLine(absl::string_view text, uint32_t begin, uint32_t end) {
  Line line;
  absl::string_view rest = text.substr(begin, end - begin);
  size_t space = LeadingSpace(rest);
  size_t indent = space;
  while (space < rest.size() && rest[space] == '>') {
    ++space;
    space += LeadingSpace(rest.substr(space));
    indent = 0;
  }
  line.indent = std::min<size_t>(indent, kMaxCount);
  rest.remove_prefix(space);
  rest = rest.substr(0, WithoutTrailingSpace(rest));
  line.content = {begin + static_cast<uint32_t>(space),
                  begin + static_cast<uint32_t>(space)};
  if (!rest.empty()) Classify(rest, begin + space, &line);
  return line;
}

}  // namespace

std::vector<Line> ScanLines(absl::string_view text) {
  std::vector<Line> lines;
  size_t begin = 0;
  while (begin < text.size()) {
    size_t end = text.find_first_of("\r\n", begin);
    if (end == text.npos) end = text.size();
    lines.push_back(ScanLine(text, begin, end));
    begin = end + 1;
    if (begin < text.size() && text[end] == '\r' && text[begin] == '\n') {
      ++begin;
    }
  }
  return lines;
}

}  // namespace attache
