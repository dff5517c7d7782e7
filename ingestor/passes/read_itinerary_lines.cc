#include "ingestor/passes/read_itinerary_lines.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "ingestor/passes/itinerary_cells.h"
#include "ingestor/passes/itinerary_days.h"
#include "ingestor/passes/itinerary_entry.h"

namespace attache {
namespace {

class LineReader {
 public:
  LineReader(const TripText& text, LaidOutTrip* trip)
      : text_(text), document_(text.document()), days_(text, trip) {}

  void Read() {
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
    if (stops < kFewestEntries) return;
    for (size_t i = 0; i < lines.size(); ++i) {
      const Line& line = lines[i];
      const bool amid = first <= i && i <= last;
      if (amid || TellsOfJourney(text_, line.span)) days_.Extend(line.days);
      if (line.place != nullptr) {
        days_.AddStopAndAround(*line.place, line.days);
      }
    }
    days_.SetTripDays();
  }

 private:
  // "12-14 November – Phnom Penh, Cambodia: summit"; "Doha, 3 May"; a line that
  // opens with a day and names no stop has no place.
  struct Line {
    TokenSpan span;
    const PlaceMention* place = nullptr;
    EntryDays days;
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

  bool ReadLine(TokenSpan span, Line* line) const {
    if (span.empty() || IsOff(text_, span)) return false;
    line->span = span;
    uint32_t at = EndOfDays(span);
    if (at > span.begin) {
      if (at >= span.end || !PartsEntry(text_, at)) return false;
      line->days = days_.DaysOf({span.begin, at});
      line->place = OpeningPlace(text_, {at, span.end});
    } else {
      line->place = EntryPlaceAt(text_, at, span);
      if (line->place == nullptr) return false;
      at = line->place->span.end;
      // "Lima, Peru, 3-5 May".
      while (at < span.end &&
             (PartsEntry(text_, at) || (text_.PlaceAt(at) != nullptr))) {
        ++at;
      }
      if (at == line->place->span.end || at >= span.end ||
          text_.DateAt(at) == nullptr) {
        return false;
      }
      line->days = days_.DaysOf({at, text_.DateAt(at)->span.end});
    }
    if (line->days.first < 0) return false;
    if (line->place != nullptr &&
        (!IsStop(*line->place) || OnlyPasses(text_, span))) {
      line->place = nullptr;
    }
    return true;
  }

  const TripText& text_;
  const Document& document_;
  ItineraryDays days_;
};

}  // namespace

void ReadItineraryLines(const TripText& text, LaidOutTrip* trip) {
  LineReader(text, trip).Read();
}

}  // namespace attache
