#include "ingestor/passes/add_stops.h"

#include <algorithm>
#include <utility>

#include "ingestor/passes/decide_travelers.h"
#include "ingestor/passes/person_list.h"

namespace attache {
namespace {

// Whether somebody is received where they are at home.
bool IsReception(const TripText& text, const Abroad& abroad, const Stop& stop) {
  const CueIndex& cues = text.cues();
  const bool met =
      cues.Is(Cue::kMeet, stop.governor) || cues.Is(Cue::kHost, stop.governor);
  return met && stop.reach == Reach::kActive && stop.attached &&
         !stop.actors.empty() && !CountryOf(text, stop).empty() &&
         std::all_of(stop.actors.begin(), stop.actors.end(),
                     [&](uint32_t actor) {
                       return abroad.StateOf(actor) == CountryOf(text, stop);
                     });
}

// Whether a list of guests may go on over a token: "and", "of Peru in Lima on
// Monday".
bool JoinsGuests(const TripText& text, uint32_t at) {
  const CueIndex& cues = text.cues();
  return text.PlaceAt(at) != nullptr || text.DateAt(at) != nullptr ||
         text.document().tokens[at].kind == TokenKind::kSign ||
         cues.Is(Cue::kConjunction, at) || cues.Is(Cue::kArticle, at) ||
         cues.Is(Cue::kAt, at) || cues.Is(Cue::kOf, at) ||
         cues.Is(Cue::kToday, at);
}

// Where the guests of a reception may be named from: behind the first word of
// it, "hosted X for talks in Lima".
uint32_t GuestsBegin(const TripText& text, const Stop& stop, uint32_t begin) {
  const CueIndex& cues = text.cues();
  uint32_t first = stop.governor + 1;
  for (uint32_t at = stop.governor; at > begin; --at) {
    const PersonMention* mention = text.PersonAt(at - 1);
    if (mention != nullptr && mention->person == stop.actors.back()) break;
    if (cues.Is(Cue::kHost, at - 1) || cues.Is(Cue::kMeet, at - 1)) first = at;
  }
  return first;
}

// The officers of other states behind the word of receiving. Ambassadors live
// where they are received.
PersonList GuestsOf(const TripText& text, const Stop& stop,
                    const std::string& country) {
  const TokenSpan sentence = text.document().sentences[stop.sentence].tokens;
  PersonList guests;
  for (uint32_t at = GuestsBegin(text, stop, sentence.begin); at < sentence.end;
       ++at) {
    const PersonMention* mention = text.PersonAt(at);
    if (mention == nullptr) {
      // What else is said is not of them: "to discuss a proposal by President
      // Y".
      if (!guests.empty() && !JoinsGuests(text, at)) break;
      continue;
    }
    const Person& person = text.findings().people[mention->person];
    if (!person.name.empty() && HoldsOffice(person) &&
        !person.country_code.empty() && person.country_code != country &&
        person.role_id != "ambassador") {
      guests.Add(mention->person);
    } else if (person.role_id == "ambassador") {
      break;
    }
    at = mention->span.end - 1;
  }
  return guests;
}

}  // namespace

void AddRemarks(const TripText& text, const Abroad& abroad,
                const std::vector<Stop>& remarks, std::vector<Stop>* stops) {
  for (Stop stop : remarks) {
    std::erase_if(stop.actors, [&](uint32_t actor) {
      const std::string state = abroad.StateOf(actor);
      return state == CountryOf(text, stop) ||
             (state.empty() &&
              text.findings().people[actor].organization.empty());
    });
    if (!stop.actors.empty()) stops->push_back(std::move(stop));
  }
  SortByPlace(stops);
}

void AddGuests(const TripText& text, const Abroad& abroad,
               std::vector<Stop>* stops) {
  std::vector<Stop> received;
  for (const Stop& stop : *stops) {
    if (!IsReception(text, abroad, stop)) continue;
    const PersonList guests = GuestsOf(text, stop, CountryOf(text, stop));
    if (guests.empty()) continue;
    received.push_back(stop);
    received.back().actors = guests.persons();
  }
  stops->insert(stops->end(), received.begin(), received.end());
  SortByPlace(stops);
}

}  // namespace attache
