#include "ingestor/passes/decide_status.h"

#include <algorithm>

#include "ingestor/passes/decide_trip_dates.h"
#include "ingestor/passes/journey_dates.h"

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
  int told = 0;
  const auto& sentences = text.document().sentences;
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
      if (status == TripStatus::kPostponed && arrived) continue;
      bool to_date = false;
      for (const DateMention& date : text.findings().dates) {
        to_date =
            to_date || (status == TripStatus::kPostponed &&
                        date.span.begin >= match->end &&
                        date.span.begin < match->end + 8 &&
                        date.span.end <= span.end && !date.range.empty() &&
                        text.cues().Is(Cue::kTowards, date.span.begin - 1));
      }
      // "will visit Burma from Friday, a tour that was put off in November".
      const bool goes_after_all =
          std::any_of(stops.begin(), stops.end(), [&](const Stop& stop) {
            return stop.sentence == i && stop.reach == Reach::kTravelled &&
                   stop.tense != Tense::kUnknown &&
                   stop.governor < match->begin;
          });
      const auto dates = JourneyDates(text, span);
      if (goes_after_all && !dates.empty() &&
          dates.front()->span.begin <= match->end) {
        continue;
      }
      if (to_date) continue;
      // Of several stops only this one is off.
      size_t here = 0;
      for (const Stop& stop : stops) here += stop.sentence == i;
      if (here > 0 && here < stops.size() && !text.InTitle(span.begin) &&
          told > 1) {
        continue;
      }
      return status;
    }
  }
  return TripStatus::kUnspecified;
}

}  // namespace attache
