#include "ingestor/passes/read_itinerary_rows.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

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

  void Add(uint32_t place, int32_t date) {
    trip_.stops.push_back(LaidOutStop(text_, place, date));
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

  const TripText& text_;
  const Document& document_;
  LaidOutTrip& trip_;
};

}  // namespace

void ReadItineraryRows(const TripText& text, LaidOutTrip* trip) {
  RowReader(text, trip).Read();
}

}  // namespace attache
