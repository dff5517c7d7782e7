#include "ingestor/passes/decide_travelers.h"

#include "absl/container/flat_hash_set.h"

namespace attache {
namespace {

// The persons listed from `begin`, up to the next thing that is said.
PersonList PersonsAfter(const TripText& text, uint32_t begin,
                        uint32_t farthest_first) {
  const TokenSpan sentence =
      text.document().sentences[text.SentenceOf(begin - 1)].tokens;
  PersonList persons;
  uint32_t unknown = 0;
  for (uint32_t at = begin; at < sentence.end; ++at) {
    if (const PersonMention* mention = text.PersonAt(at)) {
      persons.Add(mention->person);
      at = mention->span.end - 1;
      unknown = 0;
      continue;
    }
    const CueIndex& cues = text.cues();
    // "travelling with him are Ann Roe and John Doe".
    const bool opens = persons.empty() && at <= begin + 1 &&
                       at + 1 < sentence.end && !text.IsPredicate(at + 1);
    if (cues.Is(Cue::kAuxiliary, at) && opens) continue;
    if (cues.Is(Cue::kAuxiliary, at) || cues.Is(Cue::kRelative, at)) break;
    if (text.IsPredicate(at) && !cues.Is(Cue::kTripNoun, at) &&
        !persons.empty()) {
      break;
    }
    if (persons.empty() && ++unknown > farthest_first) break;
  }
  return persons;
}

enum class Shared { kJourney, kDeed, kUnknown };

// What is done in company: "flew to Oslo together with X" is a journey, and
// "launched the fund together with President X" is none.
Shared WhatIsShared(const TripText& text, const CueMatch& cue,
                    TokenSpan sentence) {
  const CueIndex& cues = text.cues();
  for (uint32_t at = cue.begin; at > sentence.begin; --at) {
    const uint32_t left = at - 1;
    if (cues.Is(Cue::kTravel, left) || cues.Is(Cue::kArrive, left) ||
        cues.Is(Cue::kVisitVerb, left) || cues.Is(Cue::kPresence, left) ||
        cues.Is(Cue::kTripNoun, left)) {
      return Shared::kJourney;
    }
    if (cues.Is(Cue::kAttend, left) || cues.Is(Cue::kMeet, left) ||
        cues.Is(Cue::kHost, left) || cues.Is(Cue::kTalk, left)) {
      return Shared::kDeed;
    }
  }
  return Shared::kUnknown;
}

// Whether it is the travelers who have company, by the words of `cue`: "she is
// accompanied by", "the delegation includes", but not "the host, accompanied
// by", "the song, accompanied by", or "the Peruvian delegation includes" where
// the travelers come from another `state`.
bool LeadsFromTraveler(const TripText& text, const CueMatch& cue, Cue kind,
                       const PersonList& travelers, const std::string& state) {
  if (kind == Cue::kDelegationIs) {
    constexpr uint32_t kNear = 3;  // tokens before the delegation
    bool delegation = false;
    for (uint32_t at = cue.begin; at < cue.end; ++at) {
      delegation = delegation || text.cues().Is(Cue::kDelegation, at);
    }
    for (uint32_t at = cue.begin; at > 0 && cue.begin - at < kNear; --at) {
      const PlaceMention* place = text.PlaceAt(at - 1);
      if (place != nullptr && !LiesIn(*place, state)) return false;
    }
    return delegation;
  }
  // "received by Juan Rojas, accompanied by", "met Juan Rojas, who was
  // accompanied by": whoever stands right before.
  const auto& tokens = text.document().tokens;
  uint32_t at = cue.begin;
  const bool passive = at > 1 && text.cues().Is(Cue::kAuxiliary, at - 1);
  const uint32_t verb = passive ? at - 1 : at;
  if (verb > 1 && text.cues().Is(Cue::kRelative, verb - 1)) at = verb - 1;
  if (at > 1 && tokens[at - 1].folded == "," && tokens[at - 2].capitalized) {
    const PersonMention* before = text.PersonAt(at - 2);
    return before != nullptr && travelers.Has(before->person);
  }
  bool anaphor = false;
  const std::vector<uint32_t> actors = ReadActors(text, cue.begin, &anaphor);
  if (!actors.empty()) return travelers.HasAny(actors);
  const TokenSpan sentence =
      text.document().sentences[text.SentenceOf(cue.begin)].tokens;
  // "Travelling with him are Ann Roe and John Doe": with whom the text is
  // about.
  return anaphor || (cue.begin == sentence.begin &&
                     text.cues().Is(Cue::kAuxiliary, cue.end - 1));
}

// "flew to Malakal with the minister, X": where the company of a journey is
// named right behind the place that it leads to; the end of the sentence where
// it is not.
uint32_t CompanyBehind(const TripText& text, const Stop& stop) {
  const CueIndex& cues = text.cues();
  const uint32_t end = text.document().sentences[stop.sentence].tokens.end;
  if (!cues.Is(Cue::kTravel, stop.governor) &&
      !cues.Is(Cue::kArrive, stop.governor) &&
      !cues.Is(Cue::kPresence, stop.governor)) {
    return end;
  }
  uint32_t at = text.findings().places[stop.place].span.end;
  for (uint32_t deed = stop.governor; deed < at; ++deed) {
    if (cues.Is(Cue::kMeet, deed) || cues.Is(Cue::kAttend, deed) ||
        cues.Is(Cue::kTalk, deed)) {
      return end;  // "visited Djibo and met in Nouakchott with the president"
    }
  }
  while (at < end && !cues.Is(Cue::kWith, at) &&
         (text.DateAt(at) != nullptr || text.PlaceAt(at) != nullptr ||
          text.document().tokens[at].folded == "," ||
          cues.Is(Cue::kToday, at) || cues.Is(Cue::kSince, at))) {
    ++at;
  }
  return at < end && cues.Is(Cue::kWith, at) ? at + 1 : end;
}

}  // namespace

std::string StateOf(const Person& person, const std::string& home) {
  if (!person.organization.empty()) return "";
  if (!person.country_code.empty()) return person.country_code;
  return home == "EU" ? "" : home;
}

bool HasRole(const Person& person) {
  return !person.role.empty() || !person.organization.empty();
}

bool HoldsOffice(const Person& person) { return person.holds_office; }

PersonList ReadDelegation(const TripText& text) {
  PersonList persons;
  for (size_t i = 0; i < text.document().sentences.size(); ++i) {
    const TokenSpan sentence = text.document().sentences[i].tokens;
    for (const CueMatch& cue :
         text.cues().AllIn(Cue::kDelegationIs, sentence)) {
      persons.AddAll(PersonsAfter(text, cue.end, 12));
    }
  }
  return persons;
}

PersonList DecideTravelers(const TripText& text, const std::vector<Stop>& stops,
                           const PersonList& heads, const std::string& home) {
  const CueIndex& cues = text.cues();
  const auto& people = text.findings().people;
  PersonList travelers = heads;
  const std::string state =
      heads.empty() ? home : StateOf(people[heads.front()], home);
  absl::flat_hash_set<std::string> hosts;
  for (const Stop& stop : stops) hosts.insert(CountryOf(text, stop));
  // Companions come from the same state, or from nowhere said; from a third one
  // where the `journey` itself is made together. "Accompanied by the Minister
  // of Energy" names nobody.
  const auto add_named = [&](uint32_t person, bool journey) {
    const std::string& other = people[person].country_code;
    if (people[person].name.empty()) return;
    if (other.empty() || state.empty() || other == state ||
        (journey && !hosts.contains(other))) {
      travelers.Add(person);
    }
  };
  const auto add = [&](uint32_t person, bool journey) {
    if (HasRole(people[person])) add_named(person, journey);
  };
  for (const Stop& stop : stops) {
    if (stop.reach != Reach::kTravelled || stop.passing ||
        !travelers.HasAny(stop.actors)) {
      continue;
    }
    const uint32_t company = CompanyBehind(text, stop);
    if (company == text.document().sentences[stop.sentence].tokens.end) {
      continue;
    }
    for (const uint32_t person : PersonsAfter(text, company, 2)) {
      add(person, false);
    }
  }
  for (size_t i = 0; i < text.document().sentences.size(); ++i) {
    const TokenSpan sentence = text.document().sentences[i].tokens;
    if (sentence.empty() || !text.Tells(static_cast<uint32_t>(i))) continue;
    const CueMatch* other_time = cues.FirstIn(Cue::kOtherTime, sentence);
    const auto passing = [&](const CueMatch& cue) {
      return other_time != nullptr && other_time->begin < cue.begin;
    };
    for (const Cue kind : {Cue::kWithCompanions, Cue::kDelegationIs}) {
      for (const CueMatch& cue : cues.AllIn(kind, sentence)) {
        const Shared shared = WhatIsShared(text, cue, sentence);
        const bool vague = cue.weight < 1;
        if (passing(cue) || (vague && shared == Shared::kDeed)) continue;
        const bool journey = shared == Shared::kJourney ||
                             (!vague && shared == Shared::kUnknown);
        // Words that say so plainly lead to company whatever its office.
        const bool plain = cue.weight == 1 &&
                           LeadsFromTraveler(text, cue, kind, travelers, state);
        for (const uint32_t person : PersonsAfter(text, cue.end, 12)) {
          if (plain) {
            add_named(person, journey);
          } else {
            add(person, journey);
          }
        }
      }
    }
    // "The minister of finance, X, is part of the delegation".
    for (const CueMatch& cue : cues.AllIn(Cue::kGoesAlong, sentence)) {
      if (passing(cue)) continue;
      bool anaphor = false;
      for (const uint32_t actor : ReadActors(text, cue.begin, &anaphor)) {
        add(actor, true);
      }
    }
    for (const CueMatch& cue : cues.AllIn(Cue::kAccompany, sentence)) {
      const PersonList objects = PersonsAfter(text, cue.end, 3);
      if (objects.empty() || passing(cue)) continue;
      bool anaphor = false;
      const std::vector<uint32_t> actors =
          ReadActors(text, cue.begin, &anaphor);
      const bool related = (actors.empty() && anaphor) ||
                           travelers.HasAny(actors) ||
                           travelers.Has(objects.front());
      if (!related) continue;
      const bool journey = WhatIsShared(text, cue, sentence) != Shared::kDeed;
      for (const uint32_t actor : actors) add(actor, journey);
      add(objects.front(), journey);
    }
  }
  return travelers;
}

}  // namespace attache
