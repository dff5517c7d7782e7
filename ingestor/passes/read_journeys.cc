#include "ingestor/passes/read_journeys.h"

#include <algorithm>

namespace attache {
namespace {

// Words that nothing explains between a place and what governs it.
constexpr int kFarthestGovernor = 30;
constexpr int kFarthestTravel = 8;
// Tokens between "returned" and the journey that it ends.
constexpr uint32_t kFarthestReturn = 16;

enum class Preposition : uint8_t { kNone, kAt, kTowards, kFrom, kOf };

// Walks left from one place to the word that governs it.
class GovernorWalk {
 public:
  GovernorWalk(const TripText& text, const PlaceMention& place)
      : text_(text),
        cues_(text.cues()),
        place_(place),
        begin_(text.document()
                   .sentences[text.SentenceOf(place.span.begin)]
                   .tokens.begin) {}

  Stop Walk() {
    Stop stop;
    stop.sentence = text_.SentenceOf(place_.span.begin);
    stop.governor = place_.span.begin;
    uint32_t at = place_.span.begin;
    while (at > begin_) {
      const uint32_t left = at - 1;
      if (SkipFound(left, &at)) {
        if (in_office_) return stop;
        continue;
      }
      if (TakePreposition(left, &at)) continue;
      if (Decide(left, &stop)) return stop;
      if (Barrier(left)) return stop;
      if (!Joins(left)) {
        ++unknown_;
        if (preposition_ == Preposition::kNone) loose_ = true;
        if (unknown_ > kFarthestGovernor) return stop;
        if (first_unknown_ < 0) first_unknown_ = static_cast<int>(left);
      }
      at = left;
    }
    Fronted(&stop);
    return stop;
  }

 private:
  // Persons, other places, dates and events on the way.
  bool SkipFound(uint32_t left, uint32_t* at) {
    if (const PersonMention* person = text_.PersonAt(left)) {
      if (person->span.end > place_.span.begin) {  // "Ambassador to Peru"
        in_office_ = true;
        return true;
      }
      // "Foreign Minister Lindqvist in Brazil".
      if (preposition_ == Preposition::kAt && unknown_ == 0 && !crossed_) {
        after_person_ = true;
      }
      crossed_ = true;
      attached_ = attached_ || unknown_ == 0;
      *at = person->span.begin;
      return true;
    }
    if (const DateMention* date = text_.DateAt(left)) {
      *at = date->span.begin;
      return true;
    }
    if (const EventMention* event = text_.EventAt(left)) {
      if (event->span.end > place_.span.begin &&
          event->span.begin < place_.span.begin) {
        in_office_ = true;  // "the Munich Security Conference"
        return true;
      }
      if (event->span.end <= *at) {
        attached_ = attached_ || unknown_ == 0;
        crossed_ = true;
        *at = event->span.begin;
        return true;
      }
    }
    if (const PlaceMention* other = text_.PlaceAt(left)) {
      if (preposition_ == Preposition::kNone && !joined_ && unknown_ == 0 &&
          other->span.end == place_.span.begin) {
        joined_ = true;  // "Brest France"
      }
      *at = other->span.begin;
      return true;
    }
    return false;
  }

  bool TakePreposition(uint32_t left, uint32_t* at) {
    if (preposition_ != Preposition::kNone || loose_) return false;
    const std::pair<Cue, Preposition> kinds[] = {
        {Cue::kAt, Preposition::kAt},
        {Cue::kTowards, Preposition::kTowards},
        {Cue::kFrom, Preposition::kFrom},
        {Cue::kOf, Preposition::kOf}};
    for (const auto& [cue, preposition] : kinds) {
      const CueMatch* match = cues_.EndingAt(cue, left + 1);
      if (match == nullptr || match->begin < begin_) continue;
      preposition_ = preposition;
      preposition_at_ = match->begin;
      // "is in", "in Lima": the predicate may hold the preposition.
      const bool governs = text_.IsPredicate(left) && match->end == left + 1 &&
                           match->begin == left;
      *at = governs ? left + 1 : match->begin;
      if (governs) return false;
      return true;
    }
    return false;
  }

  bool Joins(uint32_t left) const {
    const Token& token = text_.document().tokens[left];
    return token.kind == TokenKind::kSign || token.kind == TokenKind::kNumber ||
           cues_.Is(Cue::kConjunction, left) || cues_.Is(Cue::kArticle, left) ||
           cues_.Is(Cue::kThen, left) || cues_.Is(Cue::kFirst, left) ||
           cues_.Is(Cue::kAt, left) || cues_.Is(Cue::kTowards, left) ||
           cues_.Is(Cue::kFrom, left);
  }

  bool Barrier(uint32_t left) const {
    return cues_.Is(Cue::kRelative, left) || cues_.Is(Cue::kLookedAhead, left);
  }

  bool Direct() const { return unknown_ == 0 && !loose_ && !crossed_; }

  // Whether the word at `left` governs the place, one way or the other.
  bool Decide(uint32_t left, Stop* stop) {
    const bool to = preposition_ == Preposition::kTowards;
    const bool at = preposition_ == Preposition::kAt;
    const bool from = preposition_ == Preposition::kFrom;
    const bool of = preposition_ == Preposition::kOf;
    const bool none = preposition_ == Preposition::kNone;
    stop->governor = left;
    if (cues_.Is(Cue::kReturn, left)) {
      stop->returning = true;
      if (unknown_ == 0) stop->reach = Reach::kTravelled;
      return true;
    }
    if (cues_.Is(Cue::kVisitVerb, left) && none && Direct()) {
      stop->reach = Reach::kTravelled;
      return true;
    }
    if (cues_.Is(Cue::kAccompany, left) && !cues_.Is(Cue::kTravel, left)) {
      if (to || (at && Attached())) stop->reach = Reach::kTravelled;
      return true;
    }
    if (cues_.Is(Cue::kTravelOn, left)) {
      // "continue to Doha", but not "continue to support Qatar".
      if (to && unknown_ == 0) stop->reach = Reach::kTravelled;
      return true;
    }
    const bool arrives = cues_.Is(Cue::kArrive, left);
    if (arrives || cues_.Is(Cue::kTravel, left)) {
      if (unknown_ > kFarthestTravel) return true;
      if (from) {
        stop->reach = Reach::kActive;
        stop->leaving = true;
      } else if (to || (at && arrives) || (none && Direct())) {
        stop->reach = Reach::kTravelled;
      } else if (at) {
        stop->reach = Reach::kActive;
        stop->attached = Attached();
      }
      return true;
    }
    if (cues_.Is(Cue::kPresence, left) || cues_.Is(Cue::kStop, left)) {
      if (to || at || (none && !loose_)) stop->reach = Reach::kTravelled;
      return true;
    }
    if (cues_.Is(Cue::kTripStart, left) || cues_.Is(Cue::kTripEnd, left) ||
        cues_.Is(Cue::kTripNoun, left)) {
      if (to || at || (of && Direct())) {
        stop->reach = Reach::kTravelled;
        return true;
      }
      if (cues_.Is(Cue::kVisitVerb, left) && at) {
        stop->reach = Reach::kActive;
        return true;
      }
      // "on a trip that ...": look further left for a verb.
      return !none;
    }
    if (cues_.Is(Cue::kTalk, left)) return true;
    if (cues_.Is(Cue::kAttend, left) || cues_.Is(Cue::kMeet, left) ||
        cues_.Is(Cue::kHost, left) || cues_.Is(Cue::kVisitVerb, left)) {
      if (at) stop->reach = Reach::kActive;
      stop->attached = Attached();
      return true;
    }
    if (after_person_ && text_.InTitle(left)) {
      stop->reach = Reach::kActive;
      return true;
    }
    return false;
  }

  // Whether nothing foreign to the deed stands before the preposition: "met
  // President Ruiz in Lima", but not "met families of men held in Lima".
  bool Attached() const {
    if (attached_ || unknown_ == 0) return true;
    const uint32_t before = static_cast<uint32_t>(first_unknown_);
    return cues_.Is(Cue::kRoleHeads, before) ||
           cues_.Is(Cue::kRoleHead, before) ||
           cues_.Is(Cue::kCounterpart, before) ||
           cues_.Is(Cue::kEventNoun, before) || cues_.Is(Cue::kToday, before) ||
           cues_.Is(Cue::kPronoun, before);
  }

  // The sentence opens with the place: "In Lima, ...", "On 5 May, in Lima".
  void Fronted(Stop* stop) {
    stop->governor = place_.span.begin;
    const bool heads =
        preposition_ == Preposition::kAt && unknown_ == 0 && !crossed_;
    if (text_.InTitle(place_.span.begin)) {
      if (preposition_ == Preposition::kAt && (after_person_ || heads)) {
        stop->reach = after_person_ ? Reach::kTravelled : Reach::kActive;
      }
      return;
    }
    if (heads) {
      stop->reach = Reach::kActive;
      stop->fronted = true;
    } else if (preposition_ == Preposition::kFrom && unknown_ == 0 &&
               !crossed_) {
      stop->reach = Reach::kActive;
      stop->leaving = true;
      stop->fronted = true;
    }
  }

  const TripText& text_;
  const CueIndex& cues_;
  const PlaceMention& place_;
  const uint32_t begin_;  // of the sentence
  Preposition preposition_ = Preposition::kNone;
  uint32_t preposition_at_ = 0;
  int unknown_ = 0;         // words that nothing explains
  int first_unknown_ = -1;  // the one nearest to the place
  bool loose_ = false;      // a word stands between place and preposition
  bool crossed_ = false;    // a person or event stands in between
  bool attached_ = false;
  bool joined_ = false;
  bool after_person_ = false;
  bool in_office_ = false;
};

// A word that takes a person as its object, so that whoever stands before the
// next verb need not be its subject.
bool Deed(const CueIndex& cues, uint32_t token) {
  return cues.Is(Cue::kAttend, token) || cues.Is(Cue::kMeet, token) ||
         cues.Is(Cue::kHost, token) || cues.Is(Cue::kTalk, token) ||
         cues.Is(Cue::kAccompany, token) ||
         cues.Is(Cue::kWithCompanions, token);
}

bool Any(const CueIndex& cues, Cue cue, TokenSpan span) {
  return cues.FirstIn(cue, span) != nullptr;
}

// What the whole sentence says of its journey.
void ReadCircumstances(const TripText& text, Stop* stop) {
  const CueIndex& cues = text.cues();
  const TokenSpan span = text.document().sentences[stop->sentence].tokens;
  const uint32_t place = text.findings().places[stop->place].span.begin;
  stop->dropped = Any(cues, Cue::kDropped, span);
  stop->cancelled = Any(cues, Cue::kCancelled, span);
  stop->postponed = Any(cues, Cue::kPostponed, span);
  stop->other_time = Any(cues, Cue::kOtherTime, span);
  stop->is_private =
      stop->actors.empty() && Any(cues, Cue::kPrivateTravel, span);
  // "returned on 3 June from travel to Kenya".
  bool from = false;
  for (uint32_t at = stop->governor;
       at > span.begin && stop->governor - at < kFarthestReturn; --at) {
    from = from || cues.Is(Cue::kFrom, at - 1);
    if (from && cues.Is(Cue::kReturn, at - 1)) stop->returning = true;
  }
  const CueMatch* ahead = cues.FirstIn(Cue::kLookedAhead, span);
  stop->looked_ahead =
      ahead != nullptr && ahead->begin < place && ahead->begin > stop->governor;
}

}  // namespace

Tense ReadTense(const TripText& text, uint32_t governor) {
  const CueIndex& cues = text.cues();
  const TokenSpan sentence =
      text.document().sentences[text.SentenceOf(governor)].tokens;
  if (cues.Is(Cue::kFuture, governor)) return Tense::kFuture;
  // An auxiliary a few words before decides.
  const uint32_t begin =
      governor > sentence.begin + 6 ? governor - 6 : sentence.begin;
  for (uint32_t at = governor; at > begin; --at) {
    if (cues.Is(Cue::kFuture, at - 1)) return Tense::kFuture;
    if (text.PersonAt(at - 1) != nullptr) break;
  }
  if (cues.Is(Cue::kPast, governor)) return Tense::kPast;
  if (cues.Is(Cue::kPresent, governor)) return Tense::kPresent;
  return Tense::kUnknown;
}

std::vector<uint32_t> ReadActors(const TripText& text, uint32_t governor,
                                 bool* anaphor) {
  const CueIndex& cues = text.cues();
  const TokenSpan sentence =
      text.document().sentences[text.SentenceOf(governor)].tokens;
  *anaphor = false;
  // The last one named before the governor, if nothing else is said between.
  bool predicate_between = false;
  const PersonMention* nearest = nullptr;
  const PersonMention* first = nullptr;
  bool nearest_anaphor = false;
  bool adjoining = true;  // "jointly held", "Conclude Trip"
  for (uint32_t at = governor; at > sentence.begin;) {
    const uint32_t left = at - 1;
    if (const PersonMention* mention = text.PersonAt(left)) {
      // "met X and was received by Y in Z": what "and" goes on with is said of
      // the subject, not of X.
      uint32_t after = mention->span.end;
      if (after < governor && text.document().tokens[after].folded == ",") {
        ++after;
      }
      if (after < governor && cues.Is(Cue::kConjunction, after)) {
        predicate_between = true;
      }
      if (nearest == nullptr && !nearest_anaphor && !predicate_between) {
        nearest = mention;
      }
      first = mention;
      at = mention->span.begin;
      continue;
    }
    if (text.IsAnaphor(left)) {
      if (nearest == nullptr && !predicate_between) nearest_anaphor = true;
      if (nearest == nullptr) first = nullptr;
      *anaphor = true;
    }
    if (Deed(cues, left) && !(adjoining && text.IsPredicate(left))) {
      predicate_between = true;
    }
    adjoining = adjoining && text.IsPredicate(left);
    at = left;
  }
  // "Medina will continue her travels": the pronoun means the subject, whom the
  // sentence names first.
  if (nearest_anaphor && first == nullptr) return {};
  const PersonMention* actor = nearest != nullptr ? nearest : first;
  if (actor == nullptr) {
    if (*anaphor) return {};
    // "the visit of President X", "trip to A and B by Special Envoy Y".
    for (uint32_t at = governor; at < sentence.end; ++at) {
      const PersonMention* mention = text.PersonAt(at);
      if (mention == nullptr) continue;
      const uint32_t before = mention->span.begin;
      if (before > governor &&
          (cues.Is(Cue::kBy, before - 1) || cues.Is(Cue::kOf, before - 1))) {
        return {mention->person};
      }
      at = mention->span.end - 1;
    }
    return {};
  }
  *anaphor = false;
  std::vector<uint32_t> actors = {actor->person};
  // "A and B will travel": the ones joined to it.
  uint32_t at = actor->span.begin;
  while (at > sentence.begin) {
    uint32_t left = at;
    bool joined = false;
    while (left > sentence.begin &&
           (text.document().tokens[left - 1].folded == "," ||
            cues.Is(Cue::kConjunction, left - 1) ||
            cues.Is(Cue::kArticle, left - 1))) {
      --left;
      joined = true;
    }
    if (!joined || left == sentence.begin) break;
    const PersonMention* other = text.PersonAt(left - 1);
    if (other == nullptr) break;
    actors.push_back(other->person);
    at = other->span.begin;
  }
  std::reverse(actors.begin(), actors.end());
  // "A and B met C to plan their trip": the others of the first one's group.
  at = actor->span.end;
  while (nearest == nullptr && at + 1 < sentence.end &&
         (cues.Is(Cue::kConjunction, at) ||
          text.document().tokens[at].folded == ",")) {
    const PersonMention* other = text.PersonAt(at + 1);
    if (other == nullptr) break;
    actors.push_back(other->person);
    at = other->span.end;
  }
  return actors;
}

namespace {

// Whether the place only qualifies what follows: "in Greenland's waters", "the
// U.S.-India dialogue", "the Ukraine Accountability Conference".
bool Qualifies(const TripText& text, const PlaceMention& place) {
  const auto& tokens = text.document().tokens;
  const uint32_t next = place.span.end;
  const auto in_unit = [&](uint32_t at) {
    return at < tokens.size() && text.document().unit_of[at] ==
                                     text.document().unit_of[place.span.begin];
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

// The place where an event is held, behind its name: "the Our Ocean
// Conference, which Palau will host in Koror". `place` follows `event`.
bool HeldThere(const TripText& text, const EventMention& event,
               const PlaceMention& place) {
  const CueIndex& cues = text.cues();
  if (place.span.begin == 0 || !cues.Is(Cue::kAt, place.span.begin - 1)) {
    return false;
  }
  for (uint32_t at = event.span.end; at < place.span.begin; ++at) {
    if (cues.Is(Cue::kTalk, at) || cues.Is(Cue::kTravel, at) ||
        text.EventAt(at) != nullptr ||
        text.document().tokens[at].folded == ";") {
      return false;
    }
    if (cues.Is(Cue::kAt, at) && at + 1 < place.span.begin) return false;
  }
  return true;
}

// The way to an event leads to where it is held.
void ReadEventPlaces(const TripText& text, std::vector<Stop>* stops) {
  const CueIndex& cues = text.cues();
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
    for (size_t i = 0; i < text.findings().places.size(); ++i) {
      const PlaceMention& place = text.findings().places[i];
      if (place.span.begin < event.span.end || place.span.end > sentence.end ||
          place.span.begin > event.span.end + 20 || known[i] ||
          place.inside_name || place.kind == PlaceKind::kDemonym ||
          !HeldThere(text, event, place)) {
        continue;
      }
      Stop stop;
      stop.place = static_cast<uint32_t>(i);
      stop.sentence = s;
      stop.reach = goes ? Reach::kTravelled : Reach::kActive;
      stop.governor = governor;
      stop.actors = ReadActors(text, governor, &stop.anaphor);
      stop.tense = ReadTense(text, governor);
      ReadCircumstances(text, &stop);
      std::erase_if(*stops,
                    [&](const Stop& other) { return other.place == i; });
      stops->push_back(std::move(stop));
      known[i] = true;
      break;
    }
  }
  std::stable_sort(
      stops->begin(), stops->end(),
      [](const Stop& a, const Stop& b) { return a.place < b.place; });
}

}  // namespace

std::vector<Stop> ReadJourneys(const TripText& text) {
  std::vector<Stop> stops;
  const auto& places = text.findings().places;
  for (size_t i = 0; i < places.size(); ++i) {
    const PlaceMention& place = places[i];
    if (place.inside_name || place.kind == PlaceKind::kDemonym) continue;
    if (Qualifies(text, place)) continue;
    if (!text.Tells(text.SentenceOf(place.span.begin))) continue;
    Stop stop = GovernorWalk(text, place).Walk();
    stop.place = static_cast<uint32_t>(i);
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
      stop.tense = ReadTense(text, stop.governor);
    }
    ReadCircumstances(text, &stop);
    stop.other_time = stop.other_time || SpokenOf(text, stop.governor);
    stops.push_back(std::move(stop));
  }
  ReadEventPlaces(text, &stops);
  return stops;
}

}  // namespace attache
