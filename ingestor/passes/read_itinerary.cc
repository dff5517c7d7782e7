#include "ingestor/passes/read_itinerary.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "ingestor/passes/decide_travelers.h"
#include "ingestor/passes/itinerary_cells.h"
#include "ingestor/passes/journey_dates.h"
#include "ingestor/passes/person_list.h"
#include "ingestor/passes/read_delegation_lists.h"
#include "ingestor/passes/read_remarks.h"

namespace attache {
namespace {

// Lines of date and place from which on they are an itinerary.
constexpr size_t kFewestLines = 2;
constexpr uint32_t kLongestLabel = 6;  // tokens
// Persons whom each stop names; further ones are travelers without a stop of
// their own.
constexpr size_t kMostActors = 100;

enum class Column : uint8_t {
  kOther,
  kCountry,
  kPlace,
  kDate,
  kCounterparts,
};

constexpr Cue kLabels[] = {Cue::kLabelPeriod, Cue::kLabelStops,
                           Cue::kLabelTravelers, Cue::kLabelCompanions};

class ItineraryReader {
 public:
  explicit ItineraryReader(const TripText& text)
      : text_(text), document_(text.document()) {}

  LaidOutTrip Read() && {
    for (const Table& table : document_.tables) ReadTable(table);
    ReadLines();
    ReadLabels();
    ReadLabelHeadings();
    ListedPersons listed = ReadDelegationLists(text_);
    trip_.travelers.insert(trip_.travelers.end(), listed.travelers.begin(),
                           listed.travelers.end());
    trip_.companions.insert(trip_.companions.end(), listed.companions.begin(),
                            listed.companions.end());
    trip_.remarks = ReadRemarks(text_);
    SortByPlace(&trip_.stops);
    const std::vector<uint32_t> actors = Actors();
    for (Stop& stop : trip_.stops) stop.actors = actors;
    return std::move(trip_);
  }

 private:
  bool IsSign(uint32_t at) const {
    const Token& token = document_.tokens[at];
    return token.kind == TokenKind::kSign &&
           (token.folded == ":" || token.folded == "-" || token.folded == "," ||
            token.folded == "(" || token.folded == "|");
  }

  void Add(uint32_t place, int32_t date) {
    Stop stop;
    stop.place = place;
    const uint32_t at = text_.findings().places[place].span.begin;
    stop.sentence = text_.SentenceOf(at);
    stop.governor = at;
    stop.reach = Reach::kTravelled;
    stop.laid_out = true;
    stop.date = date;
    trip_.stops.push_back(std::move(stop));
  }

  Column ColumnOf(uint32_t unit) const {
    Column column = Column::kOther;
    for (const LexiconMatch& match :
         document_.MatchesIn(document_.units[unit].tokens)) {
      if (match.entry->kind != EntryKind::kHeader) continue;
      if (match.entry->id == "country") column = Column::kCountry;
      if (match.entry->id == "place") column = Column::kPlace;
      if (match.entry->id == "date") column = Column::kDate;
      if (match.entry->id == "meeting") column = Column::kCounterparts;
      if (column != Column::kOther) break;
    }
    return column;
  }

  // A table is an itinerary where its columns name stops and their days, or
  // countries and towns in them; one of two columns may hold labels.
  void ReadTable(const Table& table) {
    if (table.header.cells.size() == 2) {
      ReadLabelRow(table.header);
      for (const TableRow& row : table.rows) ReadLabelRow(row);
    }
    std::vector<Column> columns;
    bool has[5] = {};
    for (const uint32_t cell : table.header.cells) {
      columns.push_back(ColumnOf(cell));
      has[static_cast<size_t>(columns.back())] = true;
    }
    const bool country = has[static_cast<size_t>(Column::kCountry)];
    const bool place = has[static_cast<size_t>(Column::kPlace)];
    const bool date = has[static_cast<size_t>(Column::kDate)];
    if (!((country || place) && date) && !(country && place)) return;
    for (const TableRow& row : table.rows) ReadRow(columns, row);
  }

  // "| Travellers | X, Minister of Trade |".
  void ReadLabelRow(const TableRow& row) {
    if (row.cells.size() != 2) return;
    const TokenSpan label = document_.units[row.cells[0]].tokens;
    if (label.empty() || label.end - label.begin > kLongestLabel) return;
    ReadLabelled(label, document_.units[row.cells[1]].tokens);
  }

  // Whether a row says that nothing is done at its stop: "airside transfer".
  bool OnlyPasses(const TableRow& row) const {
    return std::any_of(row.cells.begin(), row.cells.end(), [&](uint32_t cell) {
      const TokenSpan tokens = document_.units[cell].tokens;
      return text_.cues().FirstIn(Cue::kTransit, tokens) != nullptr ||
             text_.cues().FirstIn(Cue::kNotHeld, tokens) != nullptr ||
             text_.cues().FirstIn(Cue::kDropped, tokens) != nullptr;
    });
  }

  void ReadRow(const std::vector<Column>& columns, const TableRow& row) {
    if (OnlyPasses(row)) return;
    std::vector<uint32_t> countries;
    std::vector<uint32_t> towns;
    int32_t date = -1;
    for (size_t i = 0; i < row.cells.size() && i < columns.size(); ++i) {
      const TokenSpan cell = document_.units[row.cells[i]].tokens;
      if (columns[i] == Column::kDate && date < 0) date = DayIn(text_, cell);
      if (columns[i] == Column::kCountry) countries = StopsIn(text_, cell);
      if (columns[i] == Column::kPlace) towns = StopsIn(text_, cell);
    }
    std::set<std::string> codes;
    for (const uint32_t place : countries) {
      codes.insert(text_.findings().places[place].country_code);
      Add(place, date);
    }
    // A town that the row puts elsewhere was taken for its namesake.
    for (const uint32_t place : towns) {
      if (codes.empty() ||
          codes.contains(text_.findings().places[place].country_code)) {
        Add(place, date);
      }
    }
    const std::vector<uint32_t>& places = countries.empty() ? towns : countries;
    if (places.empty()) return;
    for (size_t i = 0; i < row.cells.size() && i < columns.size(); ++i) {
      if (columns[i] != Column::kOther && columns[i] != Column::kCounterparts) {
        continue;
      }
      trip_.programme.push_back(
          {row.cells[i], places.front(), columns[i] == Column::kCounterparts});
    }
  }

  // "12-14 November – Phnom Penh, Cambodia: summit"; "Doha, 3 May".
  struct Line {
    uint32_t place = 0;
    int32_t date = -1;
  };

  bool ReadLine(const Unit& unit, Line* line) const {
    const TokenSpan span = unit.tokens;
    if (span.empty()) return false;
    uint32_t at = span.begin;
    const DateMention* date = text_.DateAt(at);
    if (date != nullptr) {
      at = date->span.end;
      if (at >= span.end || !IsSign(at)) return false;
      while (at < span.end && IsSign(at)) ++at;
      if (at >= span.end) return false;
      const PlaceMention* place = text_.PlaceAt(at);
      if (place == nullptr || place->inside_name) return false;
      line->place = IndexOf(place);
    } else {
      const PlaceMention* place = text_.PlaceAt(at);
      if (place == nullptr || place->inside_name) return false;
      line->place = IndexOf(place);
      at = place->span.end;
      // "Lima, Peru, 3-5 May".
      while (at < span.end && (IsSign(at) || (text_.PlaceAt(at) != nullptr))) {
        ++at;
      }
      if (at == place->span.end || at >= span.end) return false;
      date = text_.DateAt(at);
      if (date == nullptr) return false;
    }
    const PlaceMention& place = text_.findings().places[line->place];
    if (place.country_code.empty() || place.kind == PlaceKind::kDemonym ||
        !IsDay(date->range.start)) {
      return false;
    }
    line->date = static_cast<int32_t>(date - text_.findings().dates.data());
    return true;
  }

  uint32_t IndexOf(const PlaceMention* place) const {
    return static_cast<uint32_t>(place - text_.findings().places.data());
  }

  void ReadLines() {
    std::vector<Line> lines;
    for (const Unit& unit : document_.units) {
      if (unit.kind == UnitKind::kTitle || unit.kind == UnitKind::kDateline ||
          unit.kind == UnitKind::kTableCell) {
        continue;
      }
      Line line;
      if (!ReadLine(unit, &line)) continue;
      lines.push_back(line);
    }
    if (lines.size() < kFewestLines) return;
    for (const Line& line : lines) {
      const PlaceMention& place = text_.findings().places[line.place];
      Add(line.place, line.date);
      // "Phnom Penh, Cambodia".
      const uint32_t next = line.place + 1;
      if (next < text_.findings().places.size() &&
          text_.findings().places[next].country_code == place.country_code &&
          text_.findings().places[next].span.begin == place.span.end + 1) {
        Add(next, line.date);
      }
    }
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
    if (Says(Cue::kLabelPeriod, label) && trip_.period < 0) {
      trip_.period = DayIn(text_, rest);
    } else if (Says(Cue::kLabelStops, label)) {
      for (const uint32_t place : StopsIn(text_, rest)) {
        Add(place, DateBehind(place, rest));
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

  // Whose trip it is: as a label says, else whom the text says to travel, else
  // the first who holds an office.
  std::vector<uint32_t> Actors() const {
    if (trip_.stops.empty()) return {};
    PersonList labelled;
    for (const uint32_t person : trip_.travelers) {
      if (HoldsOffice(text_.findings().people[person])) labelled.Add(person);
      if (labelled.persons().size() == kMostActors) break;
    }
    if (!labelled.empty()) return labelled.persons();
    for (uint32_t at = 0; at < document_.tokens.size(); ++at) {
      const CueIndex& cues = text_.cues();
      if (!cues.Is(Cue::kTravel, at) && !cues.Is(Cue::kTripNoun, at) &&
          !cues.Is(Cue::kVisitVerb, at)) {
        continue;
      }
      bool anaphor = false;
      for (const uint32_t person : ReadActors(text_, at, &anaphor)) {
        if (HoldsOffice(text_.findings().people[person])) return {person};
      }
    }
    for (const PersonMention& mention : text_.mentions()) {
      if (HoldsOffice(text_.findings().people[mention.person])) {
        return {mention.person};
      }
    }
    return {};
  }

  const TripText& text_;
  const Document& document_;
  LaidOutTrip trip_;
};

}  // namespace

LaidOutTrip ReadItinerary(const TripText& text) {
  return ItineraryReader(text).Read();
}

void MergeStops(std::vector<Stop> laid_out, std::vector<Stop>* stops) {
  std::set<uint32_t> places;
  for (const Stop& stop : laid_out) places.insert(stop.place);
  std::erase_if(*stops,
                [&](const Stop& stop) { return places.contains(stop.place); });
  for (Stop& stop : laid_out) {
    if (places.erase(stop.place) > 0) stops->push_back(std::move(stop));
  }
  SortByPlace(stops);
}

}  // namespace attache
