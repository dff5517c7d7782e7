#include "ingestor/passes/read_itinerary.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "ingestor/passes/decide_travelers.h"
#include "ingestor/passes/decide_trip_dates.h"

namespace attache {
namespace {

// Lines of date and place from which on they are an itinerary.
constexpr size_t kFewestLines = 2;
constexpr uint32_t kLongestLabel = 6;  // tokens

enum class Column : uint8_t {
  kOther,
  kCountry,
  kPlace,
  kDate,
  kCounterparts,
};

class ItineraryReader {
 public:
  explicit ItineraryReader(const TripText& text)
      : text_(text), document_(text.document()) {}

  LaidOutTrip Read() && {
    for (const Table& table : document_.tables) ReadTable(table);
    ReadLines();
    ReadLabels();
    ReadDelegationLists();
    ReadRemarks();
    trip_.travelers = labelled_;
    std::stable_sort(
        trip_.stops.begin(), trip_.stops.end(),
        [](const Stop& a, const Stop& b) { return a.place < b.place; });
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

  // Dates of a day in a span; -1 where there is none.
  int32_t DateIn(TokenSpan span) const {
    for (size_t i = 0; i < text_.findings().dates.size(); ++i) {
      const DateMention& date = text_.findings().dates[i];
      if (date.span.begin >= span.begin && date.span.end <= span.end &&
          IsDay(date.range.start)) {
        return static_cast<int32_t>(i);
      }
    }
    return -1;
  }

  std::vector<uint32_t> PlacesIn(TokenSpan span) const {
    std::vector<uint32_t> places;
    for (size_t i = 0; i < text_.findings().places.size(); ++i) {
      const PlaceMention& place = text_.findings().places[i];
      if (place.span.begin >= span.begin && place.span.end <= span.end &&
          !place.inside_name && !place.country_code.empty() &&
          place.kind != PlaceKind::kDemonym) {
        places.push_back(static_cast<uint32_t>(i));
      }
    }
    return places;
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
  // countries and towns in them.
  void ReadTable(const Table& table) {
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

  void ReadRow(const std::vector<Column>& columns, const TableRow& row) {
    std::vector<uint32_t> countries;
    std::vector<uint32_t> towns;
    int32_t date = -1;
    for (size_t i = 0; i < row.cells.size() && i < columns.size(); ++i) {
      const TokenSpan cell = document_.units[row.cells[i]].tokens;
      if (columns[i] == Column::kDate && date < 0) date = DateIn(cell);
      if (columns[i] == Column::kCountry) countries = PlacesIn(cell);
      if (columns[i] == Column::kPlace) towns = PlacesIn(cell);
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
      trip_.programme.push_back({row.cells[i], places.front(),
                                 columns[i] == Column::kCounterparts});
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
    std::set<std::string> countries;
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

  // "Destinations: Oman and Qatar"; "Travel period: 3-5 May".
  void ReadLabels() {
    const CueIndex& cues = text_.cues();
    for (const Unit& unit : document_.units) {
      if (unit.kind == UnitKind::kTitle || unit.kind == UnitKind::kDateline) {
        continue;
      }
      const TokenSpan span = unit.tokens;
      uint32_t colon = span.begin;
      while (colon < span.end && colon - span.begin < kLongestLabel &&
             document_.tokens[colon].folded != ":") {
        ++colon;
      }
      if (colon == span.begin || colon >= span.end ||
          document_.tokens[colon].folded != ":") {
        continue;
      }
      const TokenSpan label{span.begin, colon};
      const TokenSpan rest{colon + 1, span.end};
      if (cues.FirstIn(Cue::kLabelPeriod, label) != nullptr &&
          trip_.period < 0) {
        trip_.period = DateIn(rest);
      } else if (cues.FirstIn(Cue::kLabelStops, label) != nullptr) {
        for (const uint32_t place : PlacesIn(rest)) {
          Add(place, DateBehind(place, rest));
        }
      } else if (cues.FirstIn(Cue::kLabelTravelers, label) != nullptr) {
        for (const PersonMention& mention : text_.mentions()) {
          if (mention.span.begin >= rest.begin &&
              mention.span.end <= rest.end) {
            labelled_.push_back(mention.person);
          }
        }
      }
    }
  }

  // "Antony Roe, Secretary of State / San José, Costa Rica / Presidential House".
  void ReadRemarks() {
    constexpr uint32_t kOpening = 7;       // units
    constexpr uint32_t kLongestLine = 16;  // tokens
    std::vector<uint32_t> speakers;
    for (uint32_t u = 0; u < std::min<size_t>(document_.units.size(), kOpening);
         ++u) {
      const Unit& unit = document_.units[u];
      if (u >= text_.transcript_begin()) return;
      const TokenSpan span = unit.tokens;
      // A headline names the speakers of a verbatim record alone.
      const bool title = unit.kind == UnitKind::kTitle;
      if (title && text_.transcript_begin() == document_.units.size()) continue;
      if (!title && span.end - span.begin > kLongestLine) return;
      for (uint32_t at = span.begin; at < span.end; ++at) {
        const PersonMention* mention = text_.PersonAt(at);
        if (mention == nullptr || at != mention->span.begin) continue;
        const Person& person = text_.findings().people[mention->person];
        if (!person.name.empty() && HoldsOffice(person)) {
          speakers.push_back(mention->person);
        }
      }
      if (title || speakers.empty() || !IsPlaceLine(span)) continue;
      for (const uint32_t place : PlacesIn(span)) {
        Stop stop;
        stop.place = place;
        stop.sentence = text_.SentenceOf(span.begin);
        stop.governor = span.begin;
        stop.reach = Reach::kTravelled;
        stop.actors = speakers;
        trip_.remarks.push_back(std::move(stop));
      }
      return;
    }
  }

  // Nothing but a place, its country and a day.
  bool IsPlaceLine(TokenSpan span) const {
    bool any = false;
    for (uint32_t at = span.begin; at < span.end; ++at) {
      const PlaceMention* place = text_.PlaceAt(at);
      if (place != nullptr && !place->inside_name) {
        any = true;
      } else if (text_.DateAt(at) == nullptr &&
                 document_.tokens[at].kind != TokenKind::kSign) {
        return false;
      }
    }
    return any;
  }

  // "DELEGATION" above a list of persons: the first one of each item.
  void ReadDelegationLists() {
    constexpr uint32_t kLongestIntro = 10;  // tokens
    for (const List& list : document_.lists) {
      int32_t intro = list.intro;
      if (intro < 0 && !list.items.empty()) {
        intro = document_.sections[document_.units[list.items[0]].section]
                    .heading;
      }
      if (intro < 0) continue;
      const TokenSpan tokens = document_.units[intro].tokens;
      const bool labelled =
          tokens.end - tokens.begin <= kLongestIntro &&
          text_.cues().FirstIn(Cue::kLabelTravelers, tokens) != nullptr;
      if (!labelled && !(intro == list.intro && LeadsToCompanions(tokens))) {
        continue;
      }
      for (const uint32_t item : list.items) {
        const TokenSpan span = document_.units[item].tokens;
        for (uint32_t at = span.begin; at < span.end; ++at) {
          const PersonMention* mention = text_.PersonAt(at);
          if (mention == nullptr) continue;
          (labelled ? labelled_ : trip_.companions).push_back(mention->person);
          break;
        }
      }
    }
  }

  // "... from 2 to 7 March. He is accompanied by:".
  bool LeadsToCompanions(TokenSpan intro) const {
    constexpr uint32_t kFarthest = 8;  // tokens before the colon
    if (intro.empty() || document_.tokens[intro.end - 1].folded != ":") {
      return false;
    }
    const TokenSpan last{
        intro.end - std::min(kFarthest, intro.end - intro.begin), intro.end};
    for (const Cue cue : {Cue::kWithCompanions, Cue::kGoesAlong,
                          Cue::kDelegationIs, Cue::kAccompany}) {
      if (text_.cues().FirstIn(cue, last) != nullptr) return true;
    }
    return false;
  }

  // "Destinations: Oman (3 May), Qatar (4-5 May)".
  int32_t DateBehind(uint32_t place, TokenSpan within) const {
    const uint32_t at = text_.findings().places[place].span.end + 1;
    if (at >= within.end || document_.tokens[at - 1].folded != "(") return -1;
    return DateIn({at, std::min(at + 8, within.end)});
  }

  // Whose trip it is: as a label says, else whom the text says to travel, else
  // the first who holds an office.
  std::vector<uint32_t> Actors() const {
    if (trip_.stops.empty()) return {};
    std::vector<uint32_t> actors;
    for (const uint32_t person : labelled_) {
      if (HoldsOffice(text_.findings().people[person]) &&
          std::find(actors.begin(), actors.end(), person) == actors.end()) {
        actors.push_back(person);
      }
    }
    if (!actors.empty()) return actors;
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
  std::vector<uint32_t> labelled_;  // persons
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
  std::stable_sort(
      stops->begin(), stops->end(),
      [](const Stop& a, const Stop& b) { return a.place < b.place; });
}

}  // namespace attache
