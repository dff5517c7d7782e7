#include "ingestor/passes/read_labels.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "ingestor/passes/itinerary_cells.h"

namespace attache {
namespace {

constexpr uint32_t kLongestLabel = 6;  // tokens

constexpr Cue kLabels[] = {Cue::kLabelPeriod, Cue::kLabelStops,
                           Cue::kLabelTravelers, Cue::kLabelCompanions};

class LabelReader {
 public:
  LabelReader(const TripText& text, LaidOutTrip* trip)
      : text_(text), document_(text.document()), trip_(*trip) {}

  void ReadTables() {
    for (const Table& table : document_.tables) {
      if (table.header.cells.size() != 2) continue;
      ReadLabelRow(table.header);
      for (const TableRow& row : table.rows) ReadLabelRow(row);
    }
  }

  // "WHEN" above "3-5 May": a heading that is a label, of short lines.
  void ReadLabelHeadings() {
    constexpr uint32_t kLongestHeading = 3;  // tokens
    constexpr uint32_t kLongestLine = 24;
    constexpr uint32_t kMostLines = 8;
    for (const Section& section : document_.sections) {
      if (section.heading < 0) continue;
      const TokenSpan label = document_.units[section.heading].tokens;
      if (label.empty() || label.end - label.begin > kLongestHeading ||
          !FillsHeading(label)) {
        continue;
      }
      const uint32_t end =
          std::min(section.end_unit, section.first_unit + kMostLines);
      const bool dates =
          text_.cues().FirstIn(Cue::kLabelPeriod, label) != nullptr;
      for (uint32_t u = section.first_unit; u < end; ++u) {
        const Unit& line = document_.units[u];
        if (line.kind != UnitKind::kParagraph || line.tokens.empty() ||
            line.tokens.end - line.tokens.begin > kLongestLine) {
          continue;
        }
        // "Calendar" stands above days that each have a line.
        const DateMention* date = text_.DateAt(line.tokens.begin);
        if (dates && (date == nullptr || date->span.end < line.tokens.end)) {
          continue;
        }
        ReadLabelled(label, line.tokens);
      }
    }
  }

  // "Destinations: Oman and Qatar"; "Travel period: 3-5 May"; several in a row
  // where lines are broken within a paragraph.
  void ReadLabels() {
    for (const Unit& unit : document_.units) {
      if (unit.kind == UnitKind::kTitle || unit.kind == UnitKind::kDateline) {
        continue;
      }
      TokenSpan label;
      for (uint32_t at = unit.tokens.begin; at < unit.tokens.end; ++at) {
        if (document_.tokens[at].folded != ":") continue;
        const TokenSpan next =
            LabelBefore(at, unit.tokens, /*first=*/label.empty());
        if (next.empty()) continue;
        if (!label.empty()) ReadLabelled(label, {label.end + 1, next.begin});
        label = next;
      }
      if (!label.empty()) {
        ReadLabelled(label, {label.end + 1, unit.tokens.end});
      }
    }
  }

 private:
  // "| Travellers | X, Minister of Trade |".
  void ReadLabelRow(const TableRow& row) {
    if (row.cells.size() != 2) return;
    const TokenSpan label = document_.units[row.cells[0]].tokens;
    if (label.empty() || label.end - label.begin > kLongestLabel) return;
    ReadLabelled(label, document_.units[row.cells[1]].tokens);
  }

  // "WHO", "Travel dates", and nothing else; "Countries" may stand above a
  // paragraph on each.
  bool FillsHeading(TokenSpan heading) const {
    for (const Cue cue : kLabels) {
      const CueMatch* match = text_.cues().FirstIn(cue, heading);
      if (match == nullptr || match->begin != heading.begin ||
          match->end != heading.end) {
        continue;
      }
      return cue != Cue::kLabelStops ||
             text_.cues().FirstIn(Cue::kWhere, heading) != nullptr;
    }
    return false;
  }

  // The label that ends at a colon: of the first one all that stands before it,
  // of others a capitalized cue.
  TokenSpan LabelBefore(uint32_t colon, TokenSpan unit, bool first) const {
    if (first && colon - unit.begin < kLongestLabel) return {unit.begin, colon};
    for (const Cue cue : kLabels) {
      const CueMatch* match = text_.cues().EndingAt(cue, colon);
      if (match != nullptr && match->begin > unit.begin &&
          document_.tokens[match->begin].capitalized) {
        return {match->begin, colon};
      }
    }
    return {};
  }

  // Whether a label says what `cue` means. A light word must be all of it:
  // "When:", but not "When asked, she said:".
  bool Says(Cue cue, TokenSpan label) const {
    const CueMatch* match = text_.cues().FirstIn(cue, label);
    return match != nullptr &&
           (match->weight == 1 ||
            (match->begin == label.begin && match->end == label.end));
  }

  void ReadLabelled(TokenSpan label, TokenSpan rest) {
    if (Says(Cue::kLabelPeriod, label) && trip_.days.period < 0) {
      trip_.days.period = DayIn(text_, rest);
    } else if (Says(Cue::kLabelStops, label)) {
      for (const uint32_t place : StopsIn(text_, rest)) {
        trip_.stops.push_back(
            LaidOutStop(text_, place, DateBehind(place, rest)));
      }
    } else if (Says(Cue::kLabelTravelers, label)) {
      AddPersons(rest, &trip_.travelers);
    } else if (Says(Cue::kLabelCompanions, label)) {
      AddPersons(rest, &trip_.companions);
    }
  }

  void AddPersons(TokenSpan span, std::vector<uint32_t>* persons) const {
    const auto& mentions = text_.mentions();
    for (auto mention = FirstFrom(mentions, span.begin);
         mention != mentions.end() && mention->span.begin < span.end;
         ++mention) {
      if (mention->span.end <= span.end) persons->push_back(mention->person);
    }
  }

  // "Destinations: Oman (3 May), Qatar (4-5 May)".
  int32_t DateBehind(uint32_t place, TokenSpan within) const {
    const uint32_t at = text_.findings().places[place].span.end + 1;
    if (at >= within.end || document_.tokens[at - 1].folded != "(") return -1;
    return DayIn(text_, {at, std::min(at + 8, within.end)});
  }

  const TripText& text_;
  const Document& document_;
  LaidOutTrip& trip_;
};

}  // namespace

void ReadLabelRows(const TripText& text, LaidOutTrip* trip) {
  LabelReader(text, trip).ReadTables();
}

void ReadLabels(const TripText& text, LaidOutTrip* trip) {
  LabelReader reader(text, trip);
  reader.ReadLabels();
  reader.ReadLabelHeadings();
}

}  // namespace attache
