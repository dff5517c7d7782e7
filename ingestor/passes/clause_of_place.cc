#include "ingestor/passes/clause_of_place.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace attache {
namespace {

// Whether the words between "where" and its verb leave the subject to the
// sentence ("donde se reunirá"), or name somebody ("where she is to arrive"):
// not "where Kenyan police arrived".
bool LeadsToDeed(const TripText& text, TokenSpan between) {
  const CueIndex& cues = text.cues();
  for (uint32_t at = between.begin; at < between.end; ++at) {
    if (text.PersonAt(at) != nullptr || text.DateAt(at) != nullptr ||
        text.document().tokens[at].kind == TokenKind::kSign) {
      continue;
    }
    if (!cues.Is(Cue::kPronoun, at) && !cues.Is(Cue::kAuxiliary, at) &&
        !cues.Is(Cue::kFuture, at) && !cues.Is(Cue::kPresent, at) &&
        !cues.Is(Cue::kObjectPronoun, at) && !cues.Is(Cue::kToday, at) &&
        !cues.Is(Cue::kFunctionWord, at)) {
      return false;
    }
  }
  return true;
}

// Whether a subject of its own stands right behind a verb: "donde llegaron los
// observadores".
bool HasOwnSubject(const TripText& text, uint32_t at, uint32_t end) {
  const CueIndex& cues = text.cues();
  while (at < end && text.DateAt(at) != nullptr) ++at;
  if (at < end && cues.Is(Cue::kArticle, at) && !cues.Is(Cue::kTowards, at)) {
    return at + 1 >= end || text.PersonAt(at + 1) == nullptr;
  }
  return at < end && text.document().tokens[at].kind == TokenKind::kWord &&
         text.PersonAt(at) == nullptr && !cues.Is(Cue::kFunctionWord, at) &&
         !cues.Is(Cue::kToday, at) && !cues.Is(Cue::kTowards, at) &&
         !cues.Is(Cue::kAt, at) && !cues.Is(Cue::kWith, at);
}

// "is paying a visit": the word of the stay holds its object.
bool HoldsTripNoun(const CueIndex& cues, uint32_t at) {
  const CueMatch* stay = cues.StartingAt(Cue::kPresence, at);
  return stay != nullptr &&
         cues.FirstIn(Cue::kTripNoun, {stay->begin, stay->end}) != nullptr;
}

}  // namespace

void ReadClauseOfPlace(const TripText& text, const PlaceMention& place,
                       Stop* stop) {
  constexpr uint32_t kNearPlace = 3;  // tokens
  constexpr uint32_t kNearWhere = 8;
  const CueIndex& cues = text.cues();
  const uint32_t end = text.document().sentences[stop->sentence].tokens.end;
  uint32_t where = place.span.end;
  const uint32_t where_end = std::min(end, where + kNearPlace);
  while (where < where_end && !cues.Is(Cue::kWhere, where)) ++where;
  if (where >= where_end) return;
  const uint32_t deed_end = std::min(end, where + kNearWhere);
  for (uint32_t at = where + 1; at < deed_end; ++at) {
    const bool goes = cues.Is(Cue::kArrive, at) || cues.Is(Cue::kPresence, at);
    const bool acts = cues.Is(Cue::kMeet, at) || cues.Is(Cue::kAttend, at);
    if (!goes && !acts) continue;
    if (!LeadsToDeed(text, {where + 1, at}) ||
        (goes && !HoldsTripNoun(cues, at) &&
         HasOwnSubject(text, at + 1, end))) {
      return;
    }
    stop->reach = goes ? Reach::kTravelled : Reach::kActive;
    stop->attached = true;
    stop->leaving = stop->fronted = false;
    stop->governor = at;
    return;
  }
}

}  // namespace attache
