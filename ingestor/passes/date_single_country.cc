#include "ingestor/passes/date_single_country.h"

#include <algorithm>

#include "ingestor/passes/journey_dates.h"

namespace attache {
namespace {

bool Goes(const TripText& text, TokenSpan sentence) {
  for (const Cue cue : {Cue::kTravel, Cue::kTravelOn, Cue::kArrive,
                        Cue::kVisitVerb, Cue::kPresence}) {
    if (text.cues().FirstIn(cue, sentence) != nullptr) return true;
  }
  return false;
}

bool Does(const TripText& text, TokenSpan sentence) {
  if (text.cues().FirstIn(Cue::kAttend, sentence) == nullptr &&
      text.cues().FirstIn(Cue::kMeet, sentence) == nullptr) {
    return false;
  }
  for (uint32_t at = sentence.begin; at < sentence.end; ++at) {
    if (text.PersonAt(at) != nullptr || text.IsAnaphor(at)) return true;
  }
  return false;
}

}  // namespace

void DateSingleCountry(const TripText& text, const std::vector<Stop>& stops,
                       const std::vector<bool>& own, const std::string& home,
                       TripDates* dates) {
  DatedSpan* slot = nullptr;
  PartialDate start = dates->whole.range.start;
  PartialDate end = dates->whole.range.end;
  for (size_t i = 0; i < stops.size(); ++i) {
    if (LiesIn(text, stops[i], home)) continue;
    DatedSpan& stop = dates->stops[i];
    if (slot == nullptr || (slot->range.empty() && !stop.range.empty())) {
      slot = &stop;
    }
    start = Earlier(start, stop.range.start);
    end = Later(end, stop.range.end);
  }
  if (slot == nullptr || !end.empty()) return;
  // What is told before the journey comes up happened at home.
  uint32_t first = UINT32_MAX;
  for (const Stop& stop : stops) {
    if (LiesIn(text, stop, home) || text.InTitle(stop.governor)) {
      continue;
    }
    first = std::min(first, stop.sentence);
  }
  constexpr int kMostDaysApart = 7;  // of what is told of one stay
  int told = 0;
  for (size_t s = 0; s < text.document().sentences.size() && told < 12; ++s) {
    const TokenSpan sentence = text.document().sentences[s].tokens;
    if (sentence.empty() || !own[s] || !text.Tells(static_cast<uint32_t>(s))) {
      continue;
    }
    ++told;
    if (text.cues().FirstIn(Cue::kOtherTime, sentence) != nullptr ||
        text.cues().FirstIn(Cue::kLookedAhead, sentence) != nullptr) {
      continue;
    }
    const bool goes = Goes(text, sentence);
    const bool before = first != UINT32_MAX && s < first;
    const bool does = goes || (!before && Does(text, sentence));
    for (const DateMention* date : JourneyDates(text, sentence)) {
      const bool opens = date->span.begin <= sentence.begin + 2;
      if (start.empty() && does) {
        slot->range = date->range;
        slot->spans.push_back(date->span);
        start = date->range.start;
      } else if (goes && opens && IsDay(start) && IsDay(date->range.start)) {
        const int apart = ToDayNumber(date->range.start) - ToDayNumber(start);
        if (apart > 0 && apart <= kMostDaysApart) {
          slot->range.end = date->range.start;
          slot->spans.push_back(date->span);
        }
      }
    }
  }
}

}  // namespace attache
