#include "ingestor/document.h"

#include <algorithm>

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

std::vector<LexiconMatch> Document::MatchesIn(TokenSpan span,
                                              bool whole) const {
  std::vector<LexiconMatch> within;
  auto match = std::lower_bound(
      matches.begin(), matches.end(), span.begin,
      [](const LexiconMatch& m, uint32_t begin) { return m.begin < begin; });
  for (; match != matches.end() && match->begin < span.end; ++match) {
    if (!whole || match->end <= span.end) within.push_back(*match);
  }
  return within;
}

}  // namespace attache
