#include "ingestor/passes/read_itinerary.h"

#include <set>
#include <utility>

#include "ingestor/passes/decide_travelers.h"
#include "ingestor/passes/journey_dates.h"
#include "ingestor/passes/person_list.h"
#include "ingestor/passes/read_delegation_lists.h"
#include "ingestor/passes/read_itinerary_lines.h"
#include "ingestor/passes/read_itinerary_tables.h"
#include "ingestor/passes/read_labels.h"
#include "ingestor/passes/read_remarks.h"

namespace attache {
namespace {

// Persons whom each stop names; further ones are travelers without a stop of
// their own.
constexpr size_t kMostActors = 100;

// Whose trip it is: as a label says, else whom the text says to travel, else
// the first who holds an office.
std::vector<uint32_t> Actors(const TripText& text, const LaidOutTrip& trip) {
  if (trip.stops.empty()) return {};
  PersonList labelled;
  for (const uint32_t person : trip.travelers) {
    if (HoldsOffice(text.findings().people[person])) labelled.Add(person);
    if (labelled.persons().size() == kMostActors) break;
  }
  if (!labelled.empty()) return labelled.persons();
  // Whoever the programme itself names is visited.
  std::set<uint32_t> programme;  // units
  for (const Stop& stop : trip.stops) {
    programme.insert(text.document().unit_of[stop.governor]);
  }
  const auto laid_out = [&](uint32_t at) {
    return programme.contains(text.document().unit_of[at]);
  };
  for (uint32_t at = 0; at < text.document().tokens.size(); ++at) {
    const CueIndex& cues = text.cues();
    if (laid_out(at)) continue;
    if (!cues.Is(Cue::kTravel, at) && !cues.Is(Cue::kTripNoun, at) &&
        !cues.Is(Cue::kVisitVerb, at)) {
      continue;
    }
    bool anaphor = false;
    for (const uint32_t person : ReadActors(text, at, &anaphor)) {
      if (HoldsOffice(text.findings().people[person])) return {person};
    }
  }
  for (const PersonMention& mention : text.mentions()) {
    if (!laid_out(mention.span.begin) &&
        HoldsOffice(text.findings().people[mention.person])) {
      return {mention.person};
    }
  }
  return {};
}

// "Programme of the Minister, 5-12 May": the range that a title gives; -1 where
// it gives none, or that of a calendar: "Weekly activities, 5-12 May".
int32_t PeriodOfTitle(const TripText& text) {
  const std::vector<DateMention>& dates = text.findings().dates;
  for (size_t i = 0; i < dates.size(); ++i) {
    const uint32_t at = dates[i].span.begin;
    if (text.InTitle(at) && dates[i].is_range &&
        text.cues().FirstIn(
            Cue::kWeekly,
            text.document().units[text.document().unit_of[at]].tokens) ==
            nullptr &&
        IsDay(dates[i].range.start) && IsDay(dates[i].range.end)) {
      return static_cast<int32_t>(i);
    }
  }
  return -1;
}

}  // namespace

LaidOutTrip ReadItinerary(const TripText& text) {
  LaidOutTrip trip;
  ReadLabelRows(text, &trip);
  ReadItineraryTables(text, &trip);
  ReadItineraryLines(text, &trip);
  ReadLabels(text, &trip);
  const ListedPersons listed = ReadDelegationLists(text);
  trip.travelers.insert(trip.travelers.end(), listed.travelers.begin(),
                        listed.travelers.end());
  trip.companions.insert(trip.companions.end(), listed.companions.begin(),
                         listed.companions.end());
  if (trip.days.period < 0 && trip.days.first >= 0) {
    trip.days.period = PeriodOfTitle(text);
  }
  trip.remarks = ReadRemarks(text);
  SortByPlace(&trip.stops);
  const std::vector<uint32_t> actors = Actors(text, trip);
  for (Stop& stop : trip.stops) stop.actors = actors;
  return trip;
}

void MergeStops(std::vector<Stop> laid_out, std::vector<Stop>* stops) {
  std::set<uint32_t> places;
  for (const Stop& stop : laid_out) places.insert(stop.place);
  std::erase_if(*stops,
                [&](const Stop& stop) { return places.contains(stop.place); });
  for (Stop& stop : laid_out) {
    if (places.erase(stop.place) > 0) stops->push_back(std::move(stop));
  }
  SortByPlace(stops);
}

}  // namespace attache
