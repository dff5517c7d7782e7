#include "ingestor/document.h"

namespace attache {

absl::string_view Document::TextOf(TokenSpan span) const {
  if (span.empty()) return {};
  const Unit& unit = units[unit_of[span.begin]];
  const uint32_t begin = tokens[span.begin].begin;
  const uint32_t end = tokens[span.end - 1].end;
  return absl::string_view(unit.text).substr(begin, end - begin);
}

TextRange Document::RangeOf(TokenSpan span) const {
  if (span.empty()) return {};
  const Unit& unit = units[unit_of[span.begin]];
  return unit.origin.ToOrigin(tokens[span.begin].begin,
                              tokens[span.end - 1].end);
}

}  // namespace attache
