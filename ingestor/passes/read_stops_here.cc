#include "ingestor/passes/read_stops_here.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "ingestor/passes/governor_walk.h"
#include "ingestor/passes/read_circumstances.h"

namespace attache {
namespace {

// Sentences of the opening, in which the news stands.
constexpr int kOpeningSentences = 4;

class HereReader {
 public:
  HereReader(const TripText& text, const PlaceMention& here)
      : text_(text),
        here_(here),
        index_(static_cast<uint32_t>(&here - text.findings().places.data())) {}

  // Whether somebody arrives "here": the first who does.
  bool ReadArrival(TokenSpan sentence, std::vector<Stop>* stops) const {
    const CueMatch* here = text_.cues().FirstIn(Cue::kHere, sentence);
    if (here == nullptr) return false;
    PlaceMention place = here_;
    place.span = {here->begin, here->end};
    Stop stop = WalkToGovernor(text_, place);
    if (stop.reach != Reach::kTravelled || stop.returning) return false;
    stop.actors = ReadActors(text_, stop.governor, &stop.anaphor);
    // "in the country" may be any.
    if (here->weight < 1 && !AllForeign(stop.actors)) return false;
    Add(std::move(stop), stops);
    return true;
  }

  // Whether the sentence speaks of a guest.
  bool ReadGuest(TokenSpan sentence, std::vector<Stop>* stops) const {
    for (const CueMatch& cue : text_.cues().AllIn(Cue::kGuest, sentence)) {
      if (cue.end >= sentence.end) continue;
      const PersonMention* guest = text_.PersonAt(cue.end);
      if (guest == nullptr || !AllForeign({guest->person})) continue;
      AddAt(cue.begin, {guest->person}, stops);
      return true;
    }
    return false;
  }

  // Whether somebody begins or ends a stay, and the sentence says not where.
  bool ReadStay(TokenSpan sentence, std::vector<Stop>* stops) const {
    for (const Cue kind : {Cue::kTripEnd, Cue::kTripStart}) {
      for (const CueMatch& cue : text_.cues().AllIn(kind, sentence)) {
        if (text_.cues().FirstIn(Cue::kTripNoun, {cue.begin, cue.end}) ==
                nullptr ||
            NamesPlace(cue, sentence)) {
          continue;
        }
        bool anaphor = false;
        std::vector<uint32_t> actors = ReadActors(text_, cue.begin, &anaphor);
        if (actors.empty()) actors = SubjectBehind(cue.end, sentence.end);
        if (!AllForeign(actors)) continue;
        AddAt(cue.begin, std::move(actors), stops);
        return true;
      }
    }
    return false;
  }

 private:
  void AddAt(uint32_t governor, std::vector<uint32_t> actors,
             std::vector<Stop>* stops) const {
    Stop stop;
    stop.reach = Reach::kTravelled;
    stop.governor = governor;
    stop.sentence = text_.SentenceOf(governor);
    stop.actors = std::move(actors);
    Add(std::move(stop), stops);
  }

  void Add(Stop stop, std::vector<Stop>* stops) const {
    stop.place = index_;
    stop.tense = ReadTense(text_, stop.governor);
    ReadCircumstances(text_, &stop);
    stops->push_back(std::move(stop));
  }

  // Whether all are known to serve another state than the one that the text is
  // sent from, or an organization.
  bool AllForeign(const std::vector<uint32_t>& persons) const {
    return !persons.empty() &&
           std::all_of(persons.begin(), persons.end(), [&](uint32_t index) {
             const Person& person = text_.findings().people[index];
             return person.holds_office &&
                    (!person.organization.empty() ||
                     (!person.country_code.empty() &&
                      person.country_code != here_.country_code));
           });
  }

  // "Concluding a visit, the envoy said": whom a participle leans on.
  std::vector<uint32_t> SubjectBehind(uint32_t begin, uint32_t end) const {
    constexpr uint32_t kNear = 4;  // tokens
    for (uint32_t at = begin; at < std::min(end, begin + kNear); ++at) {
      const PersonMention* person = text_.PersonAt(at);
      if (person != nullptr) return {person->person};
    }
    return {};
  }

  // Whether some other place stands close to a word of the stay.
  bool NamesPlace(const CueMatch& cue, TokenSpan sentence) const {
    constexpr uint32_t kNear = 8;  // tokens
    const uint32_t end = std::min(sentence.end, cue.end + kNear);
    for (uint32_t at = cue.begin; at < end; ++at) {
      const PlaceMention* place = text_.PlaceAt(at);
      if (place == nullptr || text_.PersonAt(at) != nullptr) continue;
      if (place->country_code != here_.country_code) return true;
    }
    return false;
  }

  const TripText& text_;
  const PlaceMention& here_;
  const uint32_t index_;
};

}  // namespace

void ReadStopsHere(const TripText& text, std::vector<Stop>* stops) {
  const auto& places = text.findings().places;
  const auto sent_from = std::find_if(
      places.begin(), places.end(), [&](const PlaceMention& place) {
        return !place.country_code.empty() && !place.inside_name &&
               text.InDateline(place.span.begin);
      });
  if (sent_from == places.end()) return;
  const HereReader reader(text, *sent_from);
  const auto& sentences = text.document().sentences;
  bool arrived = false;
  bool stays = false;
  int told = 0;
  for (uint32_t s = 0; s < sentences.size() && !(arrived && stays); ++s) {
    const TokenSpan sentence = sentences[s].tokens;
    if (!arrived) arrived = reader.ReadArrival(sentence, stops);
    if (sentence.empty() || !text.Tells(s) || text.InTitle(sentence.begin) ||
        ++told > kOpeningSentences) {
      continue;
    }
    if (!stays) {
      stays =
          reader.ReadGuest(sentence, stops) || reader.ReadStay(sentence, stops);
    }
  }
}

}  // namespace attache
