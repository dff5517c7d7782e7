#include "ingestor/passes/read_itinerary_rows.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "common/civil_date.h"
#include "ingestor/passes/itinerary_cells.h"
#include "ingestor/passes/journey_dates.h"

namespace attache {
namespace {

// Lines of date and place from which on they are an itinerary.
constexpr size_t kFewestLines = 2;

enum class Column : uint8_t {
  kOther,
  kCountry,
  kPlace,
  kDate,
  kCounterparts,
};

class RowReader {
 public:
  RowReader(const TripText& text, LaidOutTrip* trip)
      : text_(text), document_(text.document()), trip_(*trip) {}

  void Read() {
    for (const Table& table : document_.tables) ReadTable(table);
    ReadLines();
  }

 private:
  bool IsSign(uint32_t at) const {
    const Token& token = document_.tokens[at];
    return token.kind == TokenKind::kSign &&
           (token.folded == ":" || token.folded == "-" || token.folded == "," ||
            token.folded == "(" || token.folded == "|");
  }

  // The days of a row or a line; `last` is -1 where it is one.
  struct Days {
    int32_t first = -1;
    int32_t last = -1;
  };

  Days DaysOf(TokenSpan span) const {
    return {DayIn(text_, span), LastDayIn(text_, span)};
  }

  void Add(uint32_t place, const Days& days) {
    trip_.stops.push_back(LaidOutStop(text_, place, days.first));
    trip_.stops.back().last_date = days.last;
  }

  const DateRange& RangeOf(int32_t date) const {
    return text_.findings().dates[date].range;
  }

  PartialDate LastDay(int32_t date) const {
    return Later(RangeOf(date).start, RangeOf(date).end);
  }

  // Takes the days of one more row or line into those of the whole.
  void Extend(const Days& days, Days* whole) const {
    if (days.first < 0) return;
    if (whole->first < 0 ||
        RangeOf(days.first).start < RangeOf(whole->first).start) {
      whole->first = days.first;
    }
    const int32_t last = days.last >= 0 ? days.last : days.first;
    if (whole->last < 0 || LastDay(whole->last) < LastDay(last)) {
      whole->last = last;
    }
  }

  // Of the first itinerary alone.
  void SetWhole(const Days& whole) {
    if (trip_.days.first >= 0 || whole.first < 0 ||
        RangeOf(whole.first).start == LastDay(whole.last)) {
      return;
    }
    trip_.days.first = whole.first;
    trip_.days.last = whole.last;
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
    if (date && !country && !place) return ReadProgramme(columns, table);
    if (!((country || place) && date) && !(country && place)) return;
    Days whole;
    for (const TableRow& row : table.rows) ReadRow(columns, row, &whole);
    SetWhole(whole);
  }

  // A table of days and what is done, whose cells open with a place and a
  // colon: "Monday 3 | In Lusaka, Zambia: meets President X".
  void ReadProgramme(const std::vector<Column>& columns, const Table& table) {
    struct Entry {
      uint32_t cell = 0;
      const PlaceMention* place = nullptr;
      Days days;
    };
    std::vector<Entry> entries;
    Days whole;
    for (const TableRow& row : table.rows) {
      const size_t cells = std::min(row.cells.size(), columns.size());
      Days days;
      for (size_t i = 0; i < cells && days.first < 0; ++i) {
        if (columns[i] == Column::kDate) days = DaysOf(TokensOf(row.cells[i]));
      }
      if (days.first < 0) continue;
      for (size_t i = 0; i < cells; ++i) {
        const TokenSpan cell = TokensOf(row.cells[i]);
        if (columns[i] == Column::kDate || cell.empty() || IsOff(cell)) {
          continue;
        }
        const PlaceMention* place = OpeningStop(cell);
        const bool stop = place != nullptr && EndsWithColon(place, cell) &&
                          IsStop(*place) && !OnlyPasses(cell);
        if (stop) entries.push_back({row.cells[i], place, days});
        if (stop || TellsOfJourney(text_, cell)) Extend(days, &whole);
      }
    }
    if (entries.size() < kFewestLines || !IsOneJourney(whole)) return;
    for (const Entry& entry : entries) {
      AddStop(entry.place, entry.days);
      trip_.programme.push_back({entry.cell, IndexOf(entry.place), false});
    }
    SetWhole(whole);
  }

  TokenSpan TokensOf(uint32_t unit) const {
    return document_.units[unit].tokens;
  }

  static bool IsStop(const PlaceMention& place) {
    return !place.country_code.empty() && place.kind != PlaceKind::kDemonym;
  }

  // Not the forums of several years.
  bool IsOneJourney(const Days& whole) const {
    constexpr int kLongest = 45;  // days
    return ToDayNumber(LastDay(whole.last)) -
               ToDayNumber(RangeOf(whole.first).start) <=
           kLongest;
  }

  // "Lusaka:", "Lusaka, Zambia:".
  bool EndsWithColon(const PlaceMention* place, TokenSpan line) const {
    uint32_t at = place->span.end;
    if (at + 1 < line.end && document_.tokens[at].folded == ",") {
      const PlaceMention* around = text_.PlaceAt(at + 1);
      if (around != nullptr) at = around->span.end;
    }
    return at < line.end && document_.tokens[at].folded == ":";
  }

  // Whether a unit says that nothing is done at its stop: "airside transfer".
  bool OnlyPasses(TokenSpan unit) const {
    return text_.cues().FirstIn(Cue::kTransit, unit) != nullptr;
  }

  // Whether a unit takes its stop back: "removed from the programme".
  bool IsOff(TokenSpan unit) const {
    return text_.cues().FirstIn(Cue::kNotHeld, unit) != nullptr ||
           text_.cues().FirstIn(Cue::kDropped, unit) != nullptr;
  }

  void ReadRow(const std::vector<Column>& columns, const TableRow& row,
               Days* whole) {
    bool passes = false;
    for (const uint32_t cell : row.cells) {
      const TokenSpan tokens = document_.units[cell].tokens;
      if (IsOff(tokens)) return;
      passes = passes || OnlyPasses(tokens);
    }
    std::vector<uint32_t> countries;
    std::vector<uint32_t> towns;
    Days days;
    for (size_t i = 0; i < row.cells.size() && i < columns.size(); ++i) {
      const TokenSpan cell = document_.units[row.cells[i]].tokens;
      if (columns[i] == Column::kDate && days.first < 0) days = DaysOf(cell);
      if (columns[i] == Column::kCountry) countries = StopsIn(text_, cell);
      if (columns[i] == Column::kPlace) towns = StopsIn(text_, cell);
    }
    Extend(days, whole);
    if (passes) return;
    std::set<std::string> codes;
    for (const uint32_t place : countries) {
      codes.insert(text_.findings().places[place].country_code);
      Add(place, days);
    }
    // A town that the row puts elsewhere was taken for its namesake.
    for (const uint32_t place : towns) {
      if (codes.empty() ||
          codes.contains(text_.findings().places[place].country_code)) {
        Add(place, days);
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

  // "12-14 November – Phnom Penh, Cambodia: summit"; "Doha, 3 May"; a line that
  // opens with a day and names no stop has no place.
  struct Line {
    TokenSpan span;
    const PlaceMention* place = nullptr;
    Days days;
  };

  // The end of the days that a line opens with: "Monday 6 and Tuesday 7 –".
  uint32_t EndOfDays(TokenSpan line) const {
    uint32_t end = line.begin;
    for (uint32_t at = end; at < line.end;) {
      const DateMention* date = text_.DateAt(at);
      if (date == nullptr) break;
      at = end = std::min(date->span.end, line.end);
      while (at < line.end && (text_.cues().Is(Cue::kConjunction, at) ||
                               text_.cues().Is(Cue::kTowards, at) ||
                               document_.tokens[at].folded == "," ||
                               document_.tokens[at].folded == "-")) {
        ++at;
      }
    }
    return end;
  }

  // The end of a time of day at `at`, or `at`: "10:30 a.m.", "18h30", "9 h".
  uint32_t EndOfTime(uint32_t at, uint32_t end) const {
    const std::vector<Token>& tokens = document_.tokens;
    if (at >= end || tokens[at].kind != TokenKind::kNumber) return at;
    uint32_t past = at + 1;
    if (past + 1 < end &&
        (tokens[past].folded == ":" || tokens[past].folded == ".") &&
        tokens[past + 1].kind == TokenKind::kNumber) {
      past += 2;
    }
    const bool minutes = past > at + 1;
    if (past >= end || tokens[past].kind != TokenKind::kWord) {
      return minutes ? past : at;
    }
    static const auto* const kUnits = new absl::flat_hash_set<std::string>{
        "h",      "hs", "hrs", "hours", "horas",
        "heures", "am", "pm",  "a.m.",  "p.m."};
    // "18h30" is a number and a word.
    const std::string& unit = tokens[past].folded;
    const bool glued = unit.size() == 3 && unit[0] == 'h' &&
                       absl::ascii_isdigit(unit[1]) &&
                       absl::ascii_isdigit(unit[2]);
    if (!glued && !kUnits->contains(unit)) return minutes ? past : at;
    ++past;
    return past < end && tokens[past].folded == "." ? past + 1 : past;
  }

  // The place that a programme opens with, behind signs and times of day: "–
  // 18h30, Geneva: visit", "In Lusaka, Zambia: meets"; nullptr where it opens
  // otherwise. A preposition counts only before a place with a colon: not "In
  // Brazil, figures are published".
  const PlaceMention* OpeningStop(TokenSpan programme) const {
    uint32_t at = programme.begin;
    for (uint32_t before = programme.end; at != before;) {
      before = at;
      while (at < programme.end && IsSign(at)) ++at;
      const uint32_t past = EndOfTime(at, programme.end);
      // "10:00 to 11:00".
      const bool until = past > at && past < programme.end &&
                         (text_.cues().Is(Cue::kTowards, past) ||
                          text_.cues().Is(Cue::kConjunction, past)) &&
                         EndOfTime(past + 1, programme.end) > past + 1;
      at = until ? past + 1 : past;
    }
    const uint32_t opening = at;
    while (at < programme.end && (text_.cues().Is(Cue::kAt, at) ||
                                  text_.cues().Is(Cue::kArticle, at))) {
      ++at;
    }
    const PlaceMention* place = StopAt(at, programme);
    return place != nullptr && at > opening && !EndsWithColon(place, programme)
               ? nullptr
               : place;
  }

  const PlaceMention* StopAt(uint32_t at, TokenSpan line) const {
    if (at >= line.end) return nullptr;
    const PlaceMention* place = text_.PlaceAt(at);
    return place == nullptr || place->inside_name ? nullptr : place;
  }

  bool ReadLine(TokenSpan span, Line* line) const {
    if (span.empty() || IsOff(span)) return false;
    line->span = span;
    uint32_t at = EndOfDays(span);
    if (at > span.begin) {
      if (at >= span.end || !IsSign(at)) return false;
      line->days = DaysOf({span.begin, at});
      line->place = OpeningStop({at, span.end});
    } else {
      line->place = StopAt(at, span);
      if (line->place == nullptr) return false;
      at = line->place->span.end;
      // "Lima, Peru, 3-5 May".
      while (at < span.end && (IsSign(at) || (text_.PlaceAt(at) != nullptr))) {
        ++at;
      }
      if (at == line->place->span.end || at >= span.end ||
          text_.DateAt(at) == nullptr) {
        return false;
      }
      line->days = DaysOf({at, text_.DateAt(at)->span.end});
    }
    if (line->days.first < 0) return false;
    if (line->place != nullptr && (!IsStop(*line->place) || OnlyPasses(span))) {
      line->place = nullptr;
    }
    return true;
  }

  uint32_t IndexOf(const PlaceMention* place) const {
    return static_cast<uint32_t>(place - text_.findings().places.data());
  }

  void ReadLines() {
    std::vector<Line> lines;
    size_t stops = 0;
    size_t first = 0;  // lines of stops
    size_t last = 0;
    for (const Unit& unit : document_.units) {
      if (unit.kind == UnitKind::kTitle || unit.kind == UnitKind::kDateline ||
          unit.kind == UnitKind::kTableCell) {
        continue;
      }
      Line line;
      if (!ReadLine(unit.tokens, &line)) continue;
      if (line.place != nullptr) {
        if (stops == 0) first = lines.size();
        last = lines.size();
        ++stops;
      }
      lines.push_back(line);
    }
    if (stops < kFewestLines) return;
    Days whole;
    for (size_t i = 0; i < lines.size(); ++i) {
      const Line& line = lines[i];
      const bool amid = first <= i && i <= last;
      if (amid || TellsOfJourney(text_, line.span)) Extend(line.days, &whole);
      if (line.place != nullptr) AddStop(line.place, line.days);
    }
    SetWhole(whole);
  }

  void AddStop(const PlaceMention* stop, const Days& days) {
    const uint32_t place = IndexOf(stop);
    Add(place, days);
    // "Phnom Penh, Cambodia".
    const uint32_t next = place + 1;
    const auto& places = text_.findings().places;
    if (next < places.size() &&
        places[next].country_code == stop->country_code &&
        places[next].span.begin == stop->span.end + 1) {
      Add(next, days);
    }
  }

  const TripText& text_;
  const Document& document_;
  LaidOutTrip& trip_;
};

}  // namespace

void ReadItineraryRows(const TripText& text, LaidOutTrip* trip) {
  RowReader(text, trip).Read();
}

}  // namespace attache
