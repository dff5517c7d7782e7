#include "ingestor/passes/decide_range.h"

#include <algorithm>
#include <set>

namespace attache {
namespace {

// "visited Aden today": the countries of which nothing but that day is told.
std::set<std::string> ConfinedToDay(const TripText& text,
                                    const std::vector<Stop>& stops) {
  std::set<std::string> confined;
  for (const Stop& stop : stops) {
    const TokenSpan sentence = text.document().sentences[stop.sentence].tokens;
    if (stop.tense == Tense::kPast && stop.reach == Reach::kTravelled &&
        text.cues().Is(Cue::kVisitVerb, stop.governor) &&
        text.cues().FirstIn(Cue::kToday, sentence) != nullptr) {
      confined.insert(CountryOf(text, stop));
    }
  }
  return confined;
}

}  // namespace

DateRange DecideRange(const TripText& text, const TripDates& dates,
                      const std::vector<Stop>& stops, const std::string& home,
                      std::vector<Visit>* visits) {
  DateRange range = dates.whole.range;
  // A single country's stay is the trip, and the other way round.
  const bool all_abroad =
      std::none_of(stops.begin(), stops.end(),
                   [&](const Stop& stop) { return LiesIn(text, stop, home); });
  if (visits->size() == 1 && !range.empty() && all_abroad &&
      visits->front().dates.empty()) {
    visits->front().dates = range;
    visits->front().date_spans = dates.whole.spans;
  }
  const std::set<std::string> of_one_day = ConfinedToDay(text, stops);
  for (size_t i = 0; i < visits->size(); ++i) {
    Visit& visit = (*visits)[i];
    if (!IsDay(visit.dates.start) || !visit.dates.end.empty()) continue;
    const DayNumber day = ToDayNumber(visit.dates.start);
    bool confined = of_one_day.contains(visit.country_code);
    if (i + 1 < visits->size() && IsDay((*visits)[i + 1].dates.start)) {
      const DayNumber next = ToDayNumber((*visits)[i + 1].dates.start);
      confined = confined || next == day || next == day + 1;
    }
    confined = confined || range.end == visit.dates.start;
    if (confined) visit.dates.end = visit.dates.start;
  }
  // A lone day may be that of one stop.
  const bool start_stated = !range.start.empty() && dates.whole_is_range;
  const bool end_stated = !range.end.empty();
  PartialDate latest_start;
  PartialDate latest_end;
  for (const Visit& visit : *visits) {
    if (!start_stated) range.start = Earlier(range.start, visit.dates.start);
    latest_start = Later(latest_start, visit.dates.start);
    latest_end = Later(latest_end, visit.dates.end);
  }
  // Days at home before, between or after belong to the trip too.
  for (size_t i = 0; i < stops.size(); ++i) {
    if (!LiesIn(text, stops[i], home) || dates.stops[i].range.empty()) continue;
    if (!start_stated) {
      range.start = Earlier(range.start, dates.stops[i].range.start);
    }
    latest_end = Later(latest_end, dates.stops[i].range.end);
  }
  // The last stop's open end leaves the trip's open.
  if (!end_stated && !latest_end.empty() &&
      (latest_start.empty() || latest_end >= latest_start)) {
    range.end = latest_end;
  }
  if (!range.start.empty() && !range.end.empty() && range.end < range.start) {
    range.end = {};
  }
  return range;
}

}  // namespace attache
