#include "ingestor/readers/html_lines.h"

#include <utility>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "ingestor/readers/line_shapes.h"
#include "ingestor/readers/normalize.h"

namespace attache {
namespace {

// White space that pages pad with, at both ends.
void Trim(std::string* text) {
  absl::string_view rest = *text;
  bool changed = true;
  while (changed) {
    changed = false;
    rest = absl::StripAsciiWhitespace(rest);
    for (absl::string_view space :
         {"\u00a0", "\u200b", "\ufeff", "\u2003", "\u2009", "\u202f"}) {
      changed = absl::ConsumePrefix(&rest, space) || changed;
      changed = absl::ConsumeSuffix(&rest, space) || changed;
    }
  }
  *text = std::string(rest);
}

bool StartsLow(absl::string_view text) {
  UChar32 c = 0;
  int32_t at = 0;
  if (text.empty()) return false;
  U8_NEXT(reinterpret_cast<const uint8_t*>(text.data()), at,
          static_cast<int32_t>(text.size()), c);
  return c > 0 && u_isULowercase(c);
}

void Join(const InlineLine& next, absl::string_view between, InlineLine* line) {
  absl::StrAppend(&line->text, between, next.text);
  line->visible += next.visible;
  line->linked += next.linked;
  line->plain = line->plain || next.plain;
}

}  // namespace

void InlineLines::Append(absl::string_view text, bool bold, bool link,
                         bool preserve) {
  if (lines_.empty()) lines_.emplace_back();
  for (const char c : text) {
    if (preserve && c == '\n') {
      Break();
    } else if (absl::ascii_isspace(c)) {
      space_ = true;
    } else {
      InlineLine& line = lines_.back();
      if (space_ && !line.text.empty()) line.text.push_back(' ');
      space_ = false;
      line.text.push_back(c);
      ++line.visible;
      if (link) ++line.linked;
      if (!bold) line.plain = true;
    }
  }
}

void InlineLines::Break() {
  lines_.emplace_back();
  space_ = false;
}

std::vector<InlineLine> InlineLines::Take(bool join) {
  std::vector<InlineLine> taken;
  bool apart = true;  // an empty line, or none, stands before
  for (InlineLine& line : lines_) {
    line.text = DecodeEntities(line.text);
    Trim(&line.text);
    if (line.text.empty()) {
      apart = true;
      continue;
    }
    if (taken.empty()) {
      taken.push_back(std::move(line));
    } else if (join && !apart) {
      InlineLine& before = taken.back();
      const char last = MeasureText(before.text).last;
      const bool label =
          !before.plain && line.plain && !absl::StrContains(".:;!?,", last);
      Join(line, label ? ": " : " ", &before);
    } else if (!apart && StartsLow(line.text)) {
      Join(line, " ", &taken.back());
    } else {
      taken.push_back(std::move(line));
    }
    apart = false;
  }
  lines_.clear();
  space_ = false;
  return taken;
}

}  // namespace attache
