#include "ingestor/passes/read_journeys.h"

#include <algorithm>
#include <utility>

#include "ingestor/passes/clause_of_place.h"
#include "ingestor/passes/governor_walk.h"
#include "ingestor/passes/read_circumstances.h"
#include "ingestor/passes/read_event_places.h"
#include "ingestor/passes/read_stops_here.h"

namespace attache {
namespace {

// Whether the place only qualifies what follows: "in Greenland's waters", "the
// U.S.-India dialogue", "the Ukraine Accountability Conference".
bool Qualifies(const TripText& text, const PlaceMention& place) {
  const auto& tokens = text.document().tokens;
  const uint32_t next = place.span.end;
  const auto in_unit = [&](uint32_t at) {
    return text.document().SameUnit(at, place.span.begin);
  };
  if (place.span.begin > 0 && in_unit(place.span.begin - 1) &&
      tokens[place.span.begin - 1].folded == "-" &&
      !tokens[place.span.begin].space_before) {
    return true;
  }
  if (!in_unit(next)) return false;
  if (text.cues().Is(Cue::kPossessive, next)) return true;
  if (tokens[next].folded == "-" && !tokens[next].space_before) {
    return in_unit(next + 1) && !tokens[next + 1].space_before;
  }
  if (text.InTitle(next) || tokens[next].kind != TokenKind::kWord ||
      !tokens[next].capitalized || text.PlaceAt(next) != nullptr ||
      text.DateAt(next) != nullptr || text.PersonAt(next) != nullptr) {
    return false;
  }
  return place.kind == PlaceKind::kCountry &&
         !text.cues().Is(Cue::kFunctionWord, next);
}

// Whether somebody only speaks of the trip: "thanked her for the visit to
// Peru", "discussed the Commissioner's recent travel to Sudan".
bool SpokenOf(const TripText& text, uint32_t governor) {
  const CueIndex& cues = text.cues();
  if (!cues.Is(Cue::kTripNoun, governor)) return false;
  const TokenSpan sentence =
      text.document().sentences[text.SentenceOf(governor)].tokens;
  int unknown = 0;
  bool linked = false;
  for (uint32_t at = governor; at > sentence.begin && unknown < 3;) {
    const uint32_t left = at - 1;
    if (cues.Is(Cue::kTalk, left)) return true;
    if (text.IsPredicate(left) || cues.Is(Cue::kAuxiliary, left)) return false;
    if (const PersonMention* person = text.PersonAt(left)) {
      at = person->span.begin;
      continue;
    }
    at = left;
    if (cues.Is(Cue::kTowards, left) && !linked) {
      linked = true;  // "thanked her for", "appreciation for"
      continue;
    }
    if (cues.Is(Cue::kAt, left) || cues.Is(Cue::kFrom, left)) return false;
    if (!cues.Is(Cue::kArticle, left) && !cues.Is(Cue::kPossessive, left) &&
        !cues.Is(Cue::kPronoun, left) && !cues.Is(Cue::kOtherTime, left) &&
        text.PlaceAt(left) == nullptr) {
      ++unknown;
    }
  }
  return false;
}

// "On the day itself, in Lima, the minister opened": a place that commas part
// from the rest, right before whoever does something there.
void ReadEnclosedPlace(const TripText& text, const PlaceMention& place,
                       Stop* stop) {
  const CueIndex& cues = text.cues();
  const auto& tokens = text.document().tokens;
  const TokenSpan sentence = text.document().sentences[stop->sentence].tokens;
  const CueMatch* at = cues.EndingAt(Cue::kAt, place.span.begin);
  const uint32_t behind = place.span.end;
  if (at == nullptr || at->begin <= sentence.begin ||
      behind + 1 >= sentence.end || tokens[at->begin - 1].folded != "," ||
      tokens[behind].folded != "," || text.PersonAt(behind + 1) == nullptr) {
    return;
  }
  stop->reach = Reach::kActive;
  stop->fronted = true;
  stop->governor = place.span.begin;
}

// "Speaking in Lima on Monday, the minister said", "On a visit to Lima, X
// said": who goes where the words that open a sentence leave it to what
// follows.
void ReadSubjectBehind(const TripText& text, Stop* stop) {
  constexpr uint32_t kOpening = 5;  // tokens
  const TokenSpan sentence = text.document().sentences[stop->sentence].tokens;
  if (stop->governor > sentence.begin + kOpening) return;
  for (uint32_t at = text.findings().places[stop->place].span.end;
       at < sentence.end; ++at) {
    const PersonMention* mention = text.PersonAt(at);
    if (mention == nullptr) continue;
    if (text.document().tokens[mention->span.begin - 1].folded == ",") {
      stop->actors = {mention->person};
      stop->anaphor = false;
    }
    return;
  }
}

// "The agenda also has a journey to the US in March. He will go to Miami": what
// goes on about the same country in the same paragraph.
void FollowOtherTimes(const TripText& text, std::vector<Stop>* stops) {
  const auto& sentences = text.document().sentences;
  for (size_t i = 1; i < stops->size(); ++i) {
    const Stop& before = (*stops)[i - 1];
    Stop& stop = (*stops)[i];
    if ((before.other_time || before.far_date) &&
        sentences[before.sentence].unit == sentences[stop.sentence].unit &&
        CountryOf(text, before) == CountryOf(text, stop)) {
      stop.far_date = true;
    }
  }
}

}  // namespace

void SortByPlace(std::vector<Stop>* stops) {
  std::stable_sort(
      stops->begin(), stops->end(),
      [](const Stop& a, const Stop& b) { return a.place < b.place; });
}

std::vector<Stop> ReadJourneys(const TripText& text) {
  std::vector<Stop> stops;
  const auto& places = text.findings().places;
  for (size_t i = 0; i < places.size(); ++i) {
    const PlaceMention& place = places[i];
    if (place.inside_name || place.kind == PlaceKind::kDemonym) continue;
    if (Qualifies(text, place)) continue;
    if (!text.Tells(text.SentenceOf(place.span.begin))) continue;
    Stop stop = WalkToGovernor(text, place);
    stop.place = static_cast<uint32_t>(i);
    // "From Lima, where he is on a visit, the minister said".
    if (stop.reach == Reach::kNone || (stop.leaving && stop.fronted)) {
      ReadClauseOfPlace(text, place, &stop);
    }
    if (stop.reach == Reach::kNone) ReadEnclosedPlace(text, place, &stop);
    if (stop.reach == Reach::kNone) continue;
    if (stop.fronted) {
      // Whom the sentence goes on to speak of.
      const TokenSpan sentence =
          text.document().sentences[stop.sentence].tokens;
      for (uint32_t at = place.span.end; at < sentence.end; ++at) {
        if (const PersonMention* mention = text.PersonAt(at)) {
          stop.actors = {mention->person};
          break;
        }
        if (text.IsAnaphor(at)) {
          stop.anaphor = true;
          break;
        }
        if (text.IsPredicate(at)) break;
      }
      for (uint32_t at = place.span.end; at < sentence.end; ++at) {
        if (!text.IsPredicate(at)) continue;
        stop.tense = ReadTense(text, at);
        break;
      }
    } else {
      stop.actors = ReadActors(text, stop.governor, &stop.anaphor);
      if (stop.actors.empty() &&
          (!stop.anaphor || text.cues().Is(Cue::kFinite, stop.governor))) {
        ReadSubjectBehind(text, &stop);
      }
      stop.tense = ReadTense(text, stop.governor);
    }
    ReadCircumstances(text, &stop);
    stop.other_time = stop.other_time || SpokenOf(text, stop.governor);
    stops.push_back(std::move(stop));
  }
  ReadStopsHere(text, &stops);
  ReadEventPlaces(text, &stops);
  FollowOtherTimes(text, &stops);
  return stops;
}

}  // namespace attache
