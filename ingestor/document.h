// A briefing as its reader understood its form: units of text, and the
// headings, lists and tables that they make up. Everything that later passes
// find points back into it by token.
#ifndef ATTACHE_INGESTOR_DOCUMENT_H_
#define ATTACHE_INGESTOR_DOCUMENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/civil_date.h"
#include "common/issue.h"
#include "common/text/offset_map.h"
#include "common/text/token.h"
#include "common/vocabulary/lexicon.h"

namespace attache {

enum class UnitKind : uint8_t {
  kTitle,  // Briefing.title, or the headline that the content opens with
  // Byline or dateline, who reports from where: between the headline and the
  // text, or what the first paragraph opens with. A place in it is no more than
  // the reporter's.
  kDateline,
  kHeading,
  kParagraph,
  kListItem,
  kTableCell,
};

// Tokens [begin, end) of Document::tokens.
struct TokenSpan {
  uint32_t begin = 0;
  uint32_t end = 0;
  bool empty() const { return begin == end; }
  bool operator==(const TokenSpan&) const = default;
};

// The smallest run of continuous text. No phrase or sentence crosses one.
struct Unit {
  UnitKind kind = UnitKind::kParagraph;
  // Normalized: entities decoded, white space single, missing spaces after a
  // sentence's end supplied.
  std::string text;
  // From `text` to the evidence text (to Briefing.title where in_title).
  OffsetMap origin;
  bool in_title = false;
  uint32_t section = 0;  // index into Document::sections
  TokenSpan tokens;      // set by Segment
};

struct Section {
  int32_t heading = -1;  // unit; -1 for what stands before the first heading
  int level = 0;         // 1 the highest; 0 without a heading
  uint32_t first_unit = 0;
  uint32_t end_unit = 0;
};

// A list, and the line that introduces it ("Key objectives included:").
struct List {
  int32_t intro = -1;  // unit, or -1
  std::vector<uint32_t> items;
};

struct TableRow {
  std::vector<uint32_t> cells;  // units
};

struct Table {
  int32_t intro = -1;  // unit that introduces it, or -1
  uint32_t section = 0;
  TextRange range;  // in the evidence text
  TableRow header;
  // As they stand: a row may hold fewer cells than the header, or more.
  std::vector<TableRow> rows;
};

struct Sentence {
  uint32_t unit = 0;
  TokenSpan tokens;
};

// Filled by a reader (all but the last group) and by Segment. Then immutable.
struct Document {
  // The UTF-8 text that evidence counts in, and Briefing.title.
  std::string text;
  std::string given_title;
  // BCP-47 primary language, given or detected: "en".
  std::string language;
  std::string media_type;
  // The day of publication at the publisher's; nullopt where unknown.
  std::optional<DayNumber> publish_day;

  std::vector<Unit> units;  // in reading order
  std::vector<Section> sections;
  std::vector<List> lists;
  std::vector<Table> tables;
  // Ranges of `text` that stand in no unit though they hold words.
  std::vector<TextRange> unread;

  // Set by Segment.
  std::vector<Token> tokens;          // of all units, offsets in Unit::text
  std::vector<uint32_t> unit_of;      // by token
  std::vector<Sentence> sentences;    // in order; each within one unit
  std::vector<LexiconMatch> matches;  // begin and end are indexes into `tokens`

  // Whether two tokens stand in one unit; not where the text has no such
  // tokens.
  bool SameUnit(uint32_t token, uint32_t other) const {
    return token < unit_of.size() && other < unit_of.size() &&
           unit_of[token] == unit_of[other];
  }
  // The normalized text of a span within one unit.
  absl::string_view TextOf(TokenSpan span) const;
  // Where a span stands in the evidence text (or the title).
  TextRange RangeOf(TokenSpan span) const;
  // The matches that lie within a span of one unit, in order; a match that
  // begins in it and ends beyond is among them where `whole` is false. O(log
  // matches + result).
  std::vector<LexiconMatch> MatchesIn(TokenSpan span, bool whole = true) const;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_DOCUMENT_H_
