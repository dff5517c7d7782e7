#include "ingestor/passes/split_trips.h"

#include <algorithm>
#include <set>

#include "ingestor/passes/decide_travelers.h"

namespace attache {
namespace {

const std::string& CountryOf(const TripText& text, const Stop& stop) {
  return text.findings().places[stop.place].country_code;
}

uint32_t PlaceOf(const TripText& text, const Stop& stop) {
  return text.findings().places[stop.place].span.begin;
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

std::vector<TripPart> SplitByHeadings(const TripText& text,
                                      const std::vector<uint32_t>& heads,
                                      std::vector<Stop>* own) {
  const std::vector<Section>& sections = text.document().sections;
  std::vector<size_t> counted;  // sections whose heading counts a trip
  for (size_t i = 0; i < sections.size(); ++i) {
    if (sections[i].heading < 0) continue;
    const TokenSpan tokens =
        text.document().units[sections[i].heading].tokens;
    if (text.cues().FirstIn(Cue::kTripHeading, tokens) != nullptr) {
      counted.push_back(i);
    }
  }
  if (counted.size() < 2) return {};
  std::vector<TripPart> parts;
  std::set<std::string> taken;  // countries of the trips before
  for (size_t c = 0; c < counted.size(); ++c) {
    TripPart part;
    part.heads = heads;
    part.first_unit = sections[counted[c]].first_unit;
    size_t end = counted[c] + 1;
    while (end < sections.size() &&
           (c + 1 == counted.size() || end < counted[c + 1]) &&
           sections[end].level > sections[counted[c]].level) {
      ++end;
    }
    part.end_unit = sections[end - 1].end_unit;
    std::set<std::string> countries;
    for (const Stop& stop : *own) {
      const uint32_t unit = text.document().unit_of[PlaceOf(text, stop)];
      if (unit >= part.first_unit && unit < part.end_unit) {
        countries.insert(CountryOf(text, stop));
      }
    }
    const TokenSpan heading =
        text.document().units[sections[counted[c]].heading].tokens;
    for (uint32_t at = heading.begin; at < heading.end; ++at) {
      const PlaceMention* place = text.PlaceAt(at);
      if (place != nullptr) countries.insert(place->country_code);
    }
    for (const std::string& country : taken) countries.erase(country);
    taken.insert(countries.begin(), countries.end());
    if (c == 0 || countries.empty()) continue;
    for (const Stop& stop : *own) {
      if (countries.contains(CountryOf(text, stop))) part.stops.push_back(stop);
    }
    std::erase_if(*own, [&](const Stop& stop) {
      return countries.contains(CountryOf(text, stop));
    });
    parts.push_back(std::move(part));
  }
  return parts;
}

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
    if (!IsTold(text, stop) || stop.dropped || stop.not_made ||
        stop.cancelled ||
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
    if (own && !stop.other_time && !stop.far_date) continue;
    if (!parts.empty() && parts.back().heads == going &&
        stop.sentence <= last_sentence.back() + 1) {
      parts.back().stops.push_back(stop);
      last_sentence.back() = stop.sentence;
      continue;
    }
    TripPart part;
    part.heads = std::move(going);
    part.stops = {stop};
    parts.push_back(std::move(part));
    last_sentence.push_back(stop.sentence);
  }
  return parts;
}

}  // namespace attache
