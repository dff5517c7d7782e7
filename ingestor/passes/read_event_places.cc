#include "ingestor/passes/read_event_places.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "ingestor/passes/read_circumstances.h"
#include "ingestor/passes/town_before.h"

namespace attache {
namespace {

// The place where an event is held, behind its name: "the Our Ocean
// Conference, which Palau will host in Koror". `place` follows `event`.
bool HeldThere(const TripText& text, const EventMention& event,
               const PlaceMention& place) {
  const CueIndex& cues = text.cues();
  // "the Conference on peace in Ukraine": what it is about.
  if (place.kind == PlaceKind::kCountry &&
      ((place.span.begin <= event.span.end + 1 &&
        cues.FirstIn(Cue::kEventLink, event.span) != nullptr) ||
       (event.span.end < place.span.begin &&
        cues.Is(Cue::kEventLink, event.span.end) &&
        place.span.begin <= event.span.end + 4))) {
    return false;
  }
  const uint32_t begin = TownBefore(text, place, event.span.end - 1);
  if (begin == 0 || !cues.Is(Cue::kAt, begin - 1)) return false;
  for (uint32_t at = event.span.end; at < begin; ++at) {
    if (cues.Is(Cue::kTalk, at) || cues.Is(Cue::kTravel, at) ||
        text.EventAt(at) != nullptr ||
        text.document().tokens[at].folded == ";") {
      return false;
    }
    if (cues.Is(Cue::kAt, at) && at + 1 < begin) return false;
  }
  return true;
}

}  // namespace

void ReadEventPlaces(const TripText& text, std::vector<Stop>* stops) {
  constexpr uint32_t kFarthest = 20;  // tokens
  const CueIndex& cues = text.cues();
  std::map<uint32_t, Stop> held;  // by place
  std::vector<bool> known(text.findings().places.size());
  for (const Stop& stop : *stops) {
    known[stop.place] = stop.reach == Reach::kTravelled || stop.attached;
  }
  for (const EventMention& event : text.findings().events) {
    const uint32_t s = text.SentenceOf(event.span.begin);
    const TokenSpan sentence = text.document().sentences[s].tokens;
    if (!text.Tells(s)) continue;
    // What governs the event, close before it.
    uint32_t governor = event.span.begin;
    while (governor > sentence.begin && event.span.begin - governor < 8 &&
           !text.IsPredicate(governor - 1)) {
      --governor;
    }
    if (governor == sentence.begin || !text.IsPredicate(governor - 1)) continue;
    --governor;
    const bool goes = cues.Is(Cue::kTravel, governor) ||
                      cues.Is(Cue::kTravelOn, governor) ||
                      cues.Is(Cue::kArrive, governor);
    if (!goes && !cues.Is(Cue::kAttend, governor) &&
        !cues.Is(Cue::kTripNoun, governor) &&
        !cues.Is(Cue::kAccompany, governor)) {
      continue;
    }
    const auto& places = text.findings().places;
    for (auto at = FirstFrom(places, event.span.end);
         at != places.end() && at->span.end <= sentence.end &&
         at->span.begin <= event.span.end + kFarthest;
         ++at) {
      const PlaceMention& place = *at;
      const auto i = static_cast<uint32_t>(at - places.begin());
      if (known[i] || place.inside_name || place.kind == PlaceKind::kDemonym ||
          !HeldThere(text, event, place)) {
        continue;
      }
      Stop stop;
      stop.place = i;
      stop.sentence = s;
      stop.reach = goes ? Reach::kTravelled : Reach::kActive;
      stop.governor = governor;
      stop.actors = ReadActors(text, governor, &stop.anaphor);
      stop.tense = ReadTense(text, governor);
      ReadCircumstances(text, &stop);
      held.emplace(i, std::move(stop));
      known[i] = true;
      break;
    }
  }
  std::erase_if(*stops,
                [&](const Stop& stop) { return held.contains(stop.place); });
  for (auto& [place, stop] : held) stops->push_back(std::move(stop));
  SortByPlace(stops);
}

}  // namespace attache
