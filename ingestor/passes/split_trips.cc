#include "ingestor/passes/split_trips.h"

#include <algorithm>
#include <set>

#include "ingestor/passes/decide_travelers.h"

namespace attache {
namespace {

const std::string& CountryOf(const TripText& text, const Stop& stop) {
  return text.findings().places[stop.place].country_code;
}

// Told by a verb in some tense, not by a noun in passing.
bool IsTold(const TripText& text, const Stop& stop) {
  const CueIndex& cues = text.cues();
  const bool verb = cues.Is(Cue::kTravel, stop.governor) ||
                    cues.Is(Cue::kTravelOn, stop.governor) ||
                    cues.Is(Cue::kArrive, stop.governor) ||
                    cues.Is(Cue::kVisitVerb, stop.governor);
  return verb && stop.reach == Reach::kTravelled &&
         stop.tense != Tense::kUnknown && !text.InTitle(stop.governor);
}

}  // namespace

std::vector<TripPart> SplitAfterReturn(const TripText& text,
                                       const std::vector<uint32_t>& heads,
                                       const std::string& state,
                                       std::vector<Stop>* own) {
  if (state.empty()) return {};
  const auto home =
      std::find_if(own->begin(), own->end(), [&](const Stop& stop) {
        return stop.returning && CountryOf(text, stop) == state &&
               stop.tense == Tense::kPast && !text.InTitle(stop.governor);
      });
  if (home == own->end()) return {};
  const uint32_t home_sentence = home->sentence;
  std::set<std::string> before;
  std::set<std::string> after;
  for (const Stop& stop : *own) {
    const bool later =
        stop.sentence > home_sentence && stop.tense == Tense::kFuture &&
        stop.reach == Reach::kTravelled && !text.InTitle(stop.governor);
    if (later && !before.contains(CountryOf(text, stop))) {
      after.insert(CountryOf(text, stop));
    } else if (!text.InTitle(stop.governor) &&
               !after.contains(CountryOf(text, stop))) {
      before.insert(CountryOf(text, stop));
    }
  }
  if (after.empty()) return {};
  TripPart part;
  part.heads = heads;
  for (const Stop& stop : *own) {
    if (after.contains(CountryOf(text, stop))) part.stops.push_back(stop);
  }
  std::erase_if(*own, [&](const Stop& stop) {
    return after.contains(CountryOf(text, stop));
  });
  return {std::move(part)};
}

std::vector<TripPart> OtherTrips(const TripText& text,
                                 const std::vector<uint32_t>& heads,
                                 const std::vector<uint32_t>& travelers,
                                 const std::string& home,
                                 const std::vector<Stop>& others) {
  const auto& people = text.findings().people;
  std::vector<TripPart> parts;
  std::vector<uint32_t> last_sentence;  // by part
  for (const Stop& stop : others) {
    if (!IsTold(text, stop) || stop.dropped || stop.cancelled ||
        stop.postponed || stop.is_private || CountryOf(text, stop).empty()) {
      continue;
    }
    std::vector<uint32_t> going;
    for (const uint32_t actor : stop.actors) {
      if (HoldsOffice(people[actor]) &&
          StateOf(people[actor], home) != CountryOf(text, stop)) {
        going.push_back(actor);
      }
    }
    if (stop.actors.empty() && stop.anaphor) going = heads;
    if (going.empty()) continue;
    const bool own =
        std::any_of(going.begin(), going.end(), [&](uint32_t person) {
          return std::find(travelers.begin(), travelers.end(), person) !=
                 travelers.end();
        });
    if (own && !stop.other_time) continue;
    if (!parts.empty() && parts.back().heads == going &&
        stop.sentence <= last_sentence.back() + 1) {
      parts.back().stops.push_back(stop);
      last_sentence.back() = stop.sentence;
      continue;
    }
    parts.push_back({std::move(going), {stop}});
    last_sentence.push_back(stop.sentence);
  }
  return parts;
}

}  // namespace attache
