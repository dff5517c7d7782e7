#include "ingestor/passes/add_stops.h"

#include <algorithm>
#include <utility>

#include "ingestor/passes/decide_travelers.h"
#include "ingestor/passes/person_list.h"

namespace attache {
namespace {

// Back into text order.
void SortStops(std::vector<Stop>* stops) {
  std::stable_sort(
      stops->begin(), stops->end(),
      [](const Stop& a, const Stop& b) { return a.place < b.place; });
}

// Whether somebody is received where they are at home.
bool IsReception(const TripText& text, const Abroad& abroad, const Stop& stop) {
  const CueIndex& cues = text.cues();
  const bool met =
      cues.Is(Cue::kMeet, stop.governor) || cues.Is(Cue::kHost, stop.governor);
  return met && stop.reach == Reach::kActive && stop.attached &&
         !stop.actors.empty() && !abroad.CountryOf(stop).empty() &&
         std::all_of(stop.actors.begin(), stop.actors.end(),
                     [&](uint32_t actor) {
                       return abroad.StateOf(actor) == abroad.CountryOf(stop);
                     });
}

// The officers of other states behind the word of receiving. Ambassadors live
// where they are received.
PersonList GuestsOf(const TripText& text, const Stop& stop,
                    const std::string& country) {
  const TokenSpan sentence = text.document().sentences[stop.sentence].tokens;
  PersonList guests;
  for (uint32_t at = stop.governor; at < sentence.end; ++at) {
    const PersonMention* mention = text.PersonAt(at);
    if (mention == nullptr || mention->span.begin != at) continue;
    const Person& person = text.findings().people[mention->person];
    if (!person.name.empty() && HoldsOffice(person) &&
        !person.country_code.empty() && person.country_code != country &&
        person.role_id != "ambassador") {
      guests.Add(mention->person);
    }
  }
  return guests;
}

}  // namespace

void AddRemarks(const TripText& text, const Abroad& abroad,
                const std::vector<Stop>& remarks, std::vector<Stop>* stops) {
  for (Stop stop : remarks) {
    std::erase_if(stop.actors, [&](uint32_t actor) {
      const std::string state = abroad.StateOf(actor);
      return state == abroad.CountryOf(stop) ||
             (state.empty() &&
              text.findings().people[actor].organization.empty());
    });
    if (!stop.actors.empty()) stops->push_back(std::move(stop));
  }
  SortStops(stops);
}

void AddGuests(const TripText& text, const Abroad& abroad,
               std::vector<Stop>* stops) {
  std::vector<Stop> received;
  for (const Stop& stop : *stops) {
    if (!IsReception(text, abroad, stop)) continue;
    const PersonList guests = GuestsOf(text, stop, abroad.CountryOf(stop));
    if (guests.empty()) continue;
    received.push_back(stop);
    received.back().actors = guests.persons();
  }
  stops->insert(stops->end(), received.begin(), received.end());
  SortStops(stops);
}

}  // namespace attache
