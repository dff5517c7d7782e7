#include "ingestor/passes/decide_trip_events.h"

#include <algorithm>
#include <set>
#include <string>

namespace attache {
namespace {

// Below it a body's name stands alone, with no noun of a meeting.
constexpr float kNamed = 0.5f;

// Of one trip; each is compared with every other by its words.
constexpr size_t kMostEvents = 100;

// Whether the event is one that the travelers take part in: what governs it is
// a deed of taking part, or the way there.
bool IsAttended(const TripText& text, const EventMention& event) {
  const CueIndex& cues = text.cues();
  const TokenSpan sentence =
      text.document().sentences[text.SentenceOf(event.span.begin)].tokens;
  int unknown = 0;
  for (uint32_t at = event.span.begin; at > sentence.begin;) {
    const uint32_t left = at - 1;
    if (cues.Is(Cue::kLookedAhead, left) || cues.Is(Cue::kRelative, left)) {
      return false;
    }
    if (cues.Is(Cue::kAttend, left) || cues.Is(Cue::kHost, left) ||
        cues.Is(Cue::kTravel, left) || cues.Is(Cue::kTravelOn, left) ||
        cues.Is(Cue::kArrive, left) || cues.Is(Cue::kPresence, left) ||
        cues.Is(Cue::kTripNoun, left) || cues.Is(Cue::kAccompany, left) ||
        // "visits the Book Fair", but not "visita esta semana Perú".
        (cues.Is(Cue::kVisitVerb, left) &&
         text.document().tokens[event.span.begin].capitalized)) {
      if (event.confidence >= kNamed) return unknown <= 16;
      // A body's name alone is a meeting of it only as an object: "attend the
      // G20", not "meet EU officials".
      const uint32_t next = event.span.end;
      return unknown == 0 && cues.Is(Cue::kAttend, left) &&
             (next >= sentence.end ||
              text.document().tokens[next].kind == TokenKind::kSign ||
              text.DateAt(next) != nullptr || cues.Is(Cue::kAt, next));
    }
    if (cues.Is(Cue::kTalk, left)) return false;
    if (const EventMention* other = text.EventAt(left)) {
      at = other->span.begin;
      continue;
    }
    if (const PersonMention* person = text.PersonAt(left)) {
      at = person->span.begin;
      continue;
    }
    if (text.PlaceAt(left) == nullptr && text.DateAt(left) == nullptr &&
        text.document().tokens[left].kind == TokenKind::kWord &&
        !cues.Is(Cue::kConjunction, left) && !cues.Is(Cue::kArticle, left) &&
        !cues.Is(Cue::kAt, left) && !cues.Is(Cue::kTowards, left)) {
      ++unknown;
    }
    at = left;
  }
  // "the fifth meeting of the Committee will be co-chaired by X".
  uint32_t behind = event.span.end;
  while (behind < sentence.end && cues.Is(Cue::kAuxiliary, behind)) ++behind;
  if (behind > event.span.end && behind < sentence.end && unknown <= 2 &&
      event.confidence >= kNamed &&
      (cues.Is(Cue::kAttend, behind) || cues.Is(Cue::kHost, behind))) {
    for (uint32_t at = behind; at < sentence.end; ++at) {
      if (cues.Is(Cue::kBy, at)) return true;
    }
  }
  // "At the Doha Forum, she will speak".
  if (unknown > 2 || event.confidence < kNamed ||
      !(cues.Is(Cue::kAt, sentence.begin) ||
        text.DateAt(sentence.begin) != nullptr)) {
    return false;
  }
  for (uint32_t at = event.span.end; at < sentence.end; ++at) {
    if (text.PersonAt(at) != nullptr || text.IsAnaphor(at)) return true;
    // "Friday, 5 May: the joint commission, co-chaired by X".
    if (text.IsPredicate(at)) return cues.Is(Cue::kMeet, at);
  }
  return false;
}

// The words of an event's name that tell it from others.
std::set<std::string> NameWords(const TripText& text, TokenSpan span) {
  std::set<std::string> words;
  for (uint32_t at = span.begin; at < span.end; ++at) {
    const Token& token = text.document().tokens[at];
    if (token.kind == TokenKind::kSign ||
        text.cues().Is(Cue::kFunctionWord, at)) {
      continue;
    }
    words.insert(token.folded);
  }
  return words;
}

}  // namespace

std::vector<TripEvent> DecideTripEvents(const TripText& text,
                                        const TripScope& scope) {
  std::vector<TripEvent> events;
  std::vector<std::set<std::string>> names;
  for (const bool titles : {false, true}) {
    for (const EventMention& event : text.findings().events) {
      const uint32_t s = text.SentenceOf(event.span.begin);
      if (text.InTitle(event.span.begin) != titles || !scope.Holds(s)) continue;
      const bool attended = scope.InProgramme(s) ? event.confidence >= kNamed
                                                 : IsAttended(text, event);
      if (!attended) continue;
      std::set<std::string> words = NameWords(text, event.span);
      bool known = false;
      for (size_t i = 0; i < names.size() && !known; ++i) {
        size_t common = 0;
        for (const std::string& word : words) common += names[i].contains(word);
        const size_t shorter = std::min(words.size(), names[i].size());
        if (common * 3 < shorter * 2) continue;
        known = true;
        events[i].evidence.push_back(event.span);
        if (words.size() > names[i].size() && !titles) {
          names[i] = words;
          events[i].name = event.span;
          if (!event.series_id.empty()) events[i].series_id = event.series_id;
        }
      }
      if (known || events.size() == kMostEvents) continue;
      TripEvent trip_event;
      trip_event.name = event.span;
      trip_event.series_id = event.series_id;
      trip_event.country_code = scope.CountryAt(s);
      trip_event.evidence = {event.span};
      trip_event.confidence = 0.8f;
      names.push_back(std::move(words));
      events.push_back(std::move(trip_event));
    }
  }
  return events;
}

}  // namespace attache
