#include "ingestor/passes/decide_status.h"

#include <algorithm>
#include <map>
#include <utility>

#include "ingestor/passes/decide_trip_dates.h"
#include "ingestor/passes/journey_dates.h"
#include "ingestor/passes/read_circumstances.h"

namespace attache {
namespace {

// "His recent trip" is over, whatever present tense it is told in.
bool SpeaksOfRecentTrip(const Document& document) {
  return std::any_of(document.matches.begin(), document.matches.end(),
                     [](const LexiconMatch& match) {
                       return match.entry->kind == EntryKind::kCue &&
                              match.entry->id == "recent_trip";
                     });
}

TripStatus ByTense(const TripText& text, const std::vector<Stop>& stops) {
  int past = 0;
  int present = 0;
  int future = 0;
  bool over = false;
  // Headlines tell what is to come, and what was, in the present.
  const bool only_title = std::all_of(
      stops.begin(), stops.end(),
      [&](const Stop& stop) { return text.InTitle(stop.governor); });
  for (const Stop& stop : stops) {
    if (!only_title && text.InTitle(stop.governor)) continue;
    past += stop.tense == Tense::kPast;
    present += stop.tense == Tense::kPresent;
    future += stop.tense == Tense::kFuture;
    const TokenSpan sentence = text.document().sentences[stop.sentence].tokens;
    over = over || (stop.returning && stop.tense == Tense::kPast) ||
           text.cues().FirstIn(Cue::kTripEnd, sentence) != nullptr;
  }
  over = over || SpeaksOfRecentTrip(text.document());
  if (over && future == 0) return TripStatus::kConcluded;
  if (present > 0 || (past > 0 && future > 0)) {
    return past == 0 && future > present ? TripStatus::kAnnounced
                                         : TripStatus::kUnderWay;
  }
  if (future > 0) return TripStatus::kAnnounced;
  if (past > 0) return TripStatus::kConcluded;
  return TripStatus::kUnspecified;
}

// "will visit Burma from Friday, a tour that was put off in November": `here`
// are the stops of the sentence, `match` the word that calls it off.
bool TakesPlaceAfterAll(const TripText& text,
                        const std::vector<const Stop*>& here,
                        const CueMatch& match, TokenSpan sentence) {
  const bool goes =
      std::any_of(here.begin(), here.end(), [&](const Stop* stop) {
        return stop->reach == Reach::kTravelled &&
               stop->tense != Tense::kUnknown && stop->governor < match.begin;
      });
  if (!goes) return false;
  const auto dates = JourneyDates(text, sentence);
  return !dates.empty() && dates.front()->span.begin <= match.end;
}

}  // namespace

TripStatus DecideStatus(const TripText& text, const std::vector<Stop>& stops,
                        const DateRange& dates) {
  const TripStatus tense = ByTense(text, stops);
  if (!text.document().publish_day) return tense;
  const DayNumber today = *text.document().publish_day;
  if (IsDay(dates.end)) {
    const DayNumber end = ToDayNumber(dates.end);
    if (today > end) return TripStatus::kConcluded;
    if (IsDay(dates.start)) {
      const DayNumber start = ToDayNumber(dates.start);
      if (today > start && today < end) return TripStatus::kUnderWay;
    }
  }
  if (IsDay(dates.start)) {
    const DayNumber start = ToDayNumber(dates.start);
    if (today < start) return TripStatus::kAnnounced;
    if (today > start && !IsDay(dates.end)) {
      return tense == TripStatus::kAnnounced ||
                     tense == TripStatus::kUnspecified
                 ? TripStatus::kUnderWay
                 : tense;
    }
  }
  return tense;
}

TripStatus DecideCalledOff(const TripText& text,
                           const std::vector<Stop>& stops) {
  // "begins delayed visit ... arrived on Monday": it takes place after all.
  const bool arrived =
      std::any_of(stops.begin(), stops.end(), [&](const Stop& stop) {
        return !text.InTitle(stop.governor) && stop.tense == Tense::kPast &&
               stop.reach == Reach::kTravelled && !stop.actors.empty() &&
               text.cues().Is(Cue::kArrive, stop.governor);
      });
  const auto& sentences = text.document().sentences;
  // The headline need not say to when.
  const bool to_date =
      std::any_of(stops.begin(), stops.end(), [&](const Stop& stop) {
        const TokenSpan span = sentences[stop.sentence].tokens;
        const CueMatch* match = text.cues().FirstIn(Cue::kPostponed, span);
        return match != nullptr && IsPutOffToDate(text, *match, span);
      });
  std::map<size_t, std::vector<const Stop*>> by_sentence;
  for (const Stop& stop : stops) by_sentence[stop.sentence].push_back(&stop);
  int told = 0;
  for (size_t i = 0; i < sentences.size() && told < 3; ++i) {
    if (!text.Tells(static_cast<uint32_t>(i))) continue;
    const TokenSpan span = sentences[i].tokens;
    if (span.empty()) continue;
    if (!text.InTitle(span.begin)) ++told;
    for (const auto& [cue, status] :
         {std::pair{Cue::kCancelled, TripStatus::kCancelled},
          std::pair{Cue::kPostponed, TripStatus::kPostponed}}) {
      const CueMatch* match = text.cues().FirstIn(cue, span);
      if (match == nullptr) continue;
      if (status == TripStatus::kPostponed &&
          (arrived || IsPutOffToDate(text, *match, span) ||
           (to_date && text.InTitle(span.begin)))) {
        continue;
      }
      const std::vector<const Stop*>& here = by_sentence[i];
      if (TakesPlaceAfterAll(text, here, *match, span)) continue;
      // Of several stops only this one is off.
      if (!here.empty() && here.size() < stops.size() &&
          !text.InTitle(span.begin) && told > 1) {
        continue;
      }
      return status;
    }
  }
  return TripStatus::kUnspecified;
}

}  // namespace attache
