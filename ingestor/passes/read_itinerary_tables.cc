#include "ingestor/passes/read_itinerary_tables.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "ingestor/passes/itinerary_cells.h"
#include "ingestor/passes/itinerary_days.h"
#include "ingestor/passes/itinerary_entry.h"

namespace attache {
namespace {

// Days from the first to the last of one programme; more are the forums of
// several years.
constexpr int kLongestProgramme = 45;

enum class Column : uint8_t {
  kOther,
  kCountry,
  kPlace,
  kDate,
  kCounterparts,
};

class TableReader {
 public:
  TableReader(const TripText& text, const Table& table, LaidOutTrip* trip)
      : text_(text),
        document_(text.document()),
        table_(table),
        trip_(*trip),
        days_(text, trip) {}

  // A table is an itinerary where its columns name stops and their days, or
  // countries and towns in them.
  void Read() {
    bool has[5] = {};
    for (const uint32_t cell : table_.header.cells) {
      columns_.push_back(ColumnOf(cell));
      has[static_cast<size_t>(columns_.back())] = true;
    }
    const bool country = has[static_cast<size_t>(Column::kCountry)];
    const bool place = has[static_cast<size_t>(Column::kPlace)];
    const bool date = has[static_cast<size_t>(Column::kDate)];
    if (date && !country && !place) return ReadProgramme();
    if (!((country || place) && date) && !(country && place)) return;
    for (const TableRow& row : table_.rows) ReadRow(row);
    days_.SetTripDays();
  }

 private:
  TokenSpan TokensOf(uint32_t unit) const {
    return document_.units[unit].tokens;
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

  // A table of days and what is done, whose cells open with a place and a
  // colon: "Monday 3 | In Lusaka, Zambia: meets President X".
  void ReadProgramme() {
    struct Entry {
      uint32_t cell = 0;
      const PlaceMention* place = nullptr;
      EntryDays days;
    };
    std::vector<Entry> entries;
    for (const TableRow& row : table_.rows) {
      const size_t cells = std::min(row.cells.size(), columns_.size());
      EntryDays days;
      for (size_t i = 0; i < cells && days.first < 0; ++i) {
        if (columns_[i] == Column::kDate)
          days = days_.DaysOf(TokensOf(row.cells[i]));
      }
      if (days.first < 0) continue;
      for (size_t i = 0; i < cells; ++i) {
        const TokenSpan cell = TokensOf(row.cells[i]);
        if (columns_[i] == Column::kDate || cell.empty() ||
            IsOff(text_, cell)) {
          continue;
        }
        const PlaceMention* place = OpeningPlace(text_, cell);
        const bool stop = place != nullptr && IsStop(*place) &&
                          HasColonBehind(text_, *place, cell) &&
                          !OnlyPasses(text_, cell);
        if (stop) entries.push_back({row.cells[i], place, days});
        if (stop || TellsOfJourney(text_, cell)) days_.Extend(days);
      }
    }
    if (entries.size() < kFewestEntries || days_.Length() > kLongestProgramme)
      return;
    for (const Entry& entry : entries) {
      days_.AddStopAndAround(*entry.place, entry.days);
      trip_.programme.push_back(
          {entry.cell, days_.IndexOf(*entry.place), false});
    }
    days_.SetTripDays();
  }

  void ReadRow(const TableRow& row) {
    bool passes = false;
    for (const uint32_t cell : row.cells) {
      const TokenSpan tokens = TokensOf(cell);
      if (IsOff(text_, tokens)) return;
      passes = passes || OnlyPasses(text_, tokens);
    }
    std::vector<uint32_t> countries;
    std::vector<uint32_t> towns;
    EntryDays days;
    for (size_t i = 0; i < row.cells.size() && i < columns_.size(); ++i) {
      const TokenSpan cell = TokensOf(row.cells[i]);
      if (columns_[i] == Column::kDate && days.first < 0)
        days = days_.DaysOf(cell);
      if (columns_[i] == Column::kCountry) countries = StopsIn(text_, cell);
      if (columns_[i] == Column::kPlace) towns = StopsIn(text_, cell);
    }
    days_.Extend(days);
    if (passes) return;
    std::set<std::string> codes;
    for (const uint32_t place : countries) {
      codes.insert(text_.findings().places[place].country_code);
      days_.AddStop(place, days);
    }
    // A town that the row puts elsewhere was taken for its namesake.
    for (const uint32_t place : towns) {
      if (codes.empty() ||
          codes.contains(text_.findings().places[place].country_code)) {
        days_.AddStop(place, days);
      }
    }
    const std::vector<uint32_t>& places = countries.empty() ? towns : countries;
    if (places.empty()) return;
    for (size_t i = 0; i < row.cells.size() && i < columns_.size(); ++i) {
      if (columns_[i] != Column::kOther &&
          columns_[i] != Column::kCounterparts) {
        continue;
      }
      trip_.programme.push_back(
          {row.cells[i], places.front(), columns_[i] == Column::kCounterparts});
    }
  }

  const TripText& text_;
  const Document& document_;
  const Table& table_;
  LaidOutTrip& trip_;
  ItineraryDays days_;
  std::vector<Column> columns_;
};

}  // namespace

void ReadItineraryTables(const TripText& text, LaidOutTrip* trip) {
  for (const Table& table : text.document().tables) {
    TableReader(text, table, trip).Read();
  }
}

}  // namespace attache
