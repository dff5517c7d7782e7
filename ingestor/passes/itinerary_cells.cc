#include "ingestor/passes/itinerary_cells.h"

#include <algorithm>
#include <iterator>

#include "ingestor/passes/journey_dates.h"

namespace attache {

int32_t DayIn(const TripText& text, TokenSpan span) {
  const std::vector<DateMention>& dates = text.findings().dates;
  for (auto date = FirstFrom(dates, span.begin);
       date != dates.end() && date->span.begin < span.end; ++date) {
    if (date->span.end <= span.end && IsDay(date->range.start)) {
      return static_cast<int32_t>(date - dates.begin());
    }
  }
  return -1;
}

int32_t LastDayIn(const TripText& text, TokenSpan span) {
  const std::vector<DateMention>& dates = text.findings().dates;
  const int32_t first = DayIn(text, span);
  int32_t last = -1;
  if (first < 0) return last;
  for (size_t i = first + 1; i < dates.size() && dates[i].span.end <= span.end;
       ++i) {
    if (IsDay(dates[i].range.start) &&
        dates[first].range.start <= dates[i].range.start) {
      last = static_cast<int32_t>(i);
    }
  }
  return last;
}

std::vector<uint32_t> StopsIn(const TripText& text, TokenSpan span) {
  const std::vector<PlaceMention>& places = text.findings().places;
  std::vector<uint32_t> stops;
  for (auto place = FirstFrom(places, span.begin);
       place != places.end() && place->span.begin < span.end; ++place) {
    if (place->span.end <= span.end && !place->inside_name &&
        !place->country_code.empty() && place->kind != PlaceKind::kDemonym) {
      stops.push_back(static_cast<uint32_t>(place - places.begin()));
    }
  }
  return stops;
}

bool TellsOfJourney(const TripText& text, TokenSpan line) {
  constexpr Cue kJourney[] = {Cue::kSetOut, Cue::kReturn, Cue::kTravel,
                              Cue::kArrive, Cue::kTransit};
  return std::any_of(std::begin(kJourney), std::end(kJourney), [&](Cue cue) {
    return text.cues().FirstIn(cue, line) != nullptr;
  });
}

Stop LaidOutStop(const TripText& text, uint32_t place, int32_t date) {
  Stop stop;
  stop.place = place;
  const uint32_t at = text.findings().places[place].span.begin;
  stop.sentence = text.SentenceOf(at);
  stop.governor = at;
  stop.reach = Reach::kTravelled;
  stop.laid_out = true;
  stop.date = date;
  return stop;
}

std::optional<PlaceLine> ReadPlaceLine(const TripText& text, TokenSpan span) {
  PlaceLine line;
  for (uint32_t at = span.begin; at < span.end; ++at) {
    const PlaceMention* place = text.PlaceAt(at);
    if (place != nullptr && !place->inside_name) {
      line.place = true;
    } else if (text.DateAt(at) != nullptr) {
      line.day = true;
    } else if (text.document().tokens[at].kind != TokenKind::kSign) {
      return std::nullopt;
    }
  }
  return line;
}

}  // namespace attache
