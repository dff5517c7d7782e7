#include "ingestor/passes/trip_dating.h"

namespace attache {

TripDating::TripDating(const TripText& text, const std::vector<Stop>& stops,
                       const std::vector<bool>& own, const std::string& home)
    : text(text), stops(stops), own(own), home(home) {
  dates.stops.resize(stops.size());
  for (const Stop& stop : stops) {
    if (LiesIn(text, stop, home)) continue;
    countries.insert(Country(stop));
  }
}

void TripDating::SetStop(size_t stop, const DateMention& date) {
  DatedSpan& slot = dates.stops[stop];
  if (!slot.range.empty()) return;
  slot.range = date.range;
  if (date.by_weekday && !date.is_range) {
    slot.by_weekday = true;
    MoveIntoWhole(&slot.range.start);
  }
  slot.spans.push_back(date.span);
}

void TripDating::SetWhole(const DateMention& date) {
  if (!dates.whole.range.empty()) return;
  dates.whole.range = date.range;
  dates.whole.spans.push_back(date.span);
  dates.whole_is_range = date.is_range;
}

void TripDating::SetWholeStart(const DateMention& date) {
  if (!dates.whole.range.start.empty()) return;
  dates.whole.range.start = date.range.start;
  dates.whole.spans.push_back(date.span);
}

void TripDating::SetWholeEnd(const DateMention& date) {
  if (!dates.whole.range.end.empty()) return;
  dates.whole.range.end = date.range.start;
  dates.whole.by_weekday = date.by_weekday && !date.is_range;
  dates.whole.spans.push_back(date.span);
}

// A weekday that was read as last week's or the next is the one within the
// trip's range: "from Friday to Tuesday ... on to Dhaka on Monday".
void TripDating::MoveIntoWhole(PartialDate* day) const {
  const DateRange& whole = dates.whole.range;
  if (!dates.whole_is_range || !IsDay(whole.start) || !IsDay(whole.end) ||
      !IsDay(*day)) {
    return;
  }
  const DayNumber first = ToDayNumber(whole.start);
  const DayNumber last = ToDayNumber(whole.end);
  const DayNumber read = ToDayNumber(*day);
  if (read >= first && read <= last) return;
  for (const DayNumber moved : {read + 7, read - 7}) {
    if (moved >= first && moved <= last) *day = FromDayNumber(moved);
  }
}

bool FollowsEnd(const TripText& text, const CueMatch& over, TokenSpan date) {
  constexpr uint32_t kNear = 12;  // tokens
  if (date.begin > over.end + kNear) return false;
  for (uint32_t at = over.end; at < date.begin; ++at) {
    if (text.DateAt(at) != nullptr || text.cues().Is(Cue::kMeet, at) ||
        text.cues().Is(Cue::kRelative, at)) {
      return false;
    }
  }
  return true;
}

bool DatesEnd(const TripText& text, TokenSpan sentence, TokenSpan date) {
  for (const CueMatch& over : text.cues().AllIn(Cue::kTripEnd, sentence)) {
    if (over.begin < date.begin &&
        (date.end <= over.end || FollowsEnd(text, over, date))) {
      return true;
    }
  }
  return false;
}

}  // namespace attache
