#include "ingestor/passes/split_trips.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "ingestor/passes/decide_travelers.h"

namespace attache {
namespace {

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

// What stands below each heading that counts a trip, up to the next such or the
// next of its level.
std::vector<TripPart> PartsOfHeadings(const TripText& text) {
  const std::vector<Section>& sections = text.document().sections;
  std::vector<TripPart> parts;
  int level = 0;
  bool open = false;
  for (const Section& section : sections) {
    const bool counts =
        section.heading >= 0 &&
        text.cues().FirstIn(Cue::kTripHeading,
                            text.document().units[section.heading].tokens) !=
            nullptr;
    if (counts) {
      TripPart part;
      part.first_unit = section.first_unit;
      part.end_unit = section.end_unit;
      parts.push_back(std::move(part));
      level = section.level;
      open = true;
    } else if (open && section.level > level) {
      parts.back().end_unit = section.end_unit;
    } else {
      open = false;
    }
  }
  return parts;
}

// The countries of the stops, and of the headings, in each of `parts`: pairs of
// part and country, by part.
std::set<std::pair<size_t, std::string>> NamedIn(
    const TripText& text, const std::vector<TripPart>& parts,
    const std::vector<Stop>& stops) {
  std::set<std::pair<size_t, std::string>> named;
  const auto add = [&](uint32_t token, const std::string& country) {
    const uint32_t unit = text.document().unit_of[token];
    const auto next = std::upper_bound(
        parts.begin(), parts.end(), unit,
        [](uint32_t u, const TripPart& part) { return u < part.first_unit; });
    if (next != parts.begin() && unit < std::prev(next)->end_unit) {
      named.emplace(std::prev(next) - parts.begin(), country);
    }
  };
  for (const Stop& stop : stops) {
    add(PlaceOf(text, stop), CountryOf(text, stop));
  }
  for (const PlaceMention& place : text.findings().places) {
    if (text.InTitle(place.span.begin)) {
      add(place.span.begin, place.country_code);
    }
  }
  return named;
}

}  // namespace

std::vector<TripPart> SplitByHeadings(const TripText& text,
                                      const PersonList& heads,
                                      std::vector<Stop>* own) {
  std::vector<TripPart> parts = PartsOfHeadings(text);
  if (parts.size() < 2) return {};
  // Each country is of the part that is the first to name it.
  std::map<std::string, size_t> part_of_country;
  for (const auto& [part, country] : NamedIn(text, parts, *own)) {
    part_of_country.try_emplace(country, part);
  }
  const auto part_of = [&](const Stop& stop) {
    const auto part = part_of_country.find(CountryOf(text, stop));
    return part == part_of_country.end() ? size_t{0} : part->second;
  };
  for (const Stop& stop : *own) parts[part_of(stop)].stops.push_back(stop);
  // "First trip: preparations" is none.
  std::erase_if(parts, [](const TripPart& part) { return part.stops.empty(); });
  if (parts.size() < 2) return {};
  *own = std::move(parts.front().stops);
  parts.erase(parts.begin());
  for (TripPart& part : parts) part.heads = heads.persons();
  return parts;
}

std::vector<TripPart> SplitAfterReturn(const TripText& text,
                                       const PersonList& heads,
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
  part.heads = heads.persons();
  for (const Stop& stop : *own) {
    if (after.contains(CountryOf(text, stop))) part.stops.push_back(stop);
  }
  std::erase_if(*own, [&](const Stop& stop) {
    return after.contains(CountryOf(text, stop));
  });
  return {std::move(part)};
}

std::vector<TripPart> OtherTrips(const TripText& text, const Abroad& abroad,
                                 const PersonList& heads,
                                 const PersonList& travelers,
                                 const std::vector<Stop>& others) {
  const auto& people = text.findings().people;
  std::vector<TripPart> parts;
  uint32_t last_sentence = 0;  // of the last part
  for (const Stop& stop : others) {
    if (!IsTold(text, stop) || stop.dropped || stop.not_made ||
        stop.cancelled || stop.postponed || stop.is_private ||
        CountryOf(text, stop).empty()) {
      continue;
    }
    std::vector<uint32_t> going;
    for (const uint32_t actor : stop.actors) {
      if (HoldsOffice(people[actor]) &&
          abroad.StateOf(actor) != CountryOf(text, stop)) {
        going.push_back(actor);
      }
    }
    if (stop.actors.empty() && stop.anaphor) going = heads.persons();
    if (going.empty()) continue;
    const bool own = travelers.HasAny(going);
    if (own && !stop.other_time && !stop.far_date) continue;
    if (!parts.empty() && parts.back().heads == going &&
        stop.sentence <= last_sentence + 1) {
      parts.back().stops.push_back(stop);
      last_sentence = stop.sentence;
      continue;
    }
    TripPart part;
    part.heads = std::move(going);
    part.stops = {stop};
    parts.push_back(std::move(part));
    last_sentence = stop.sentence;
  }
  return parts;
}

}  // namespace attache
