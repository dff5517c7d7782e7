#include "ingestor/passes/read_journeys.h"

#include <algorithm>
#include <map>

#include "common/civil_date.h"
#include "ingestor/passes/governor_walk.h"
#include "ingestor/passes/journey_dates.h"

namespace attache {
namespace {

// Tokens between "returned" and the journey that it ends.
constexpr uint32_t kFarthestReturn = 16;

bool Any(const CueIndex& cues, Cue cue, TokenSpan span) {
  return cues.FirstIn(cue, span) != nullptr;
}

// The date that stands nearest to the place of a stop, or opens its sentence;
// nullptr for none.
const DateMention* DateOf(const TripText& text, const Stop& stop,
                          TokenSpan sentence) {
  constexpr uint32_t kNear = 12;  // tokens
  const uint32_t place = text.findings().places[stop.place].span.begin;
  const DateMention* nearest = nullptr;
  uint32_t least = kNear;
  for (auto date = FirstFrom(text.findings().dates, sentence.begin);
       date != text.findings().dates.end() && date->span.begin < sentence.end;
       ++date) {
    if (date->range.empty()) continue;
    const bool opens = date->span.begin <= sentence.begin + 1;
    const uint32_t apart = date->span.begin >= place ? date->span.begin - place
                                                     : place - date->span.end;
    if (opens || apart < least) {
      nearest = &*date;
      least = opens ? 0 : apart;
    }
    if (opens && IsDay(date->range.start)) break;
  }
  return nearest;
}

// Whether the sentence tells when, and that is long before the text, or in some
// month to come: "In April she went to Peru", "had last been there in May
// 2023".
void ReadFarDate(const TripText& text, TokenSpan sentence, Stop* stop) {
  constexpr DayNumber kLongDays = 30;
  // A day is told of the journey that is reported, too.
  constexpr DayNumber kLongDaysOfDay = 200;
  // What lies that far back is no news, whatever else the text tells.
  constexpr DayNumber kNoNewsDays = 330;
  // "In March she is to make a visit to".
  constexpr DayNumber kFarAhead = 7;
  if (!text.document().publish_day) return;
  const DateMention* date = DateOf(text, *stop, sentence);
  if (date == nullptr) return;
  const PartialDate& last =
      date->range.end.empty() ? date->range.start : date->range.end;
  const auto days = IntervalOf(last);
  if (!days) return;
  const DayNumber today = *text.document().publish_day;
  if (last.day == 0 && last.month != 0 && date->range.end.empty() &&
      days->first > today + kFarAhead) {
    stop->far_date = true;
  }
  if (stop->tense == Tense::kFuture) return;
  const DayNumber away = last.day != 0 ? kLongDaysOfDay : kLongDays;
  stop->far_date = stop->far_date || days->last + away <= today;
  stop->no_news = days->last + kNoNewsDays <= today;
}

// Whether the clause of a place goes on with `cue`.
bool FollowedBy(const CueIndex& cues, Cue cue, uint32_t place,
                TokenSpan sentence) {
  constexpr uint32_t kNear = 8;  // tokens
  const CueMatch* match = cues.FirstIn(cue, {place, sentence.end});
  return match != nullptr && match->begin <= place + kNear;
}

// "No stop was made in Taiwan", "descartó una escala en Vietnam".
bool Negated(const TripText& text, uint32_t governor, uint32_t begin) {
  constexpr uint32_t kNear = 4;  // tokens
  for (uint32_t at = governor + 1; at > begin && governor + 1 - at < kNear;
       --at) {
    if (text.cues().Is(Cue::kNotNegation, at - 1)) return false;
    if (text.cues().Is(Cue::kNegation, at - 1)) return true;
    if (text.PersonAt(at - 1) != nullptr ||
        text.document().tokens[at - 1].kind == TokenKind::kSign) {
      return false;
    }
  }
  return false;
}

// "has invited X and Y to visit Mexico", "lo invitó a visitar Lima": nobody has
// said that they will come.
bool OnlyInvited(const TripText& text, uint32_t governor, uint32_t begin) {
  const CueIndex& cues = text.cues();
  if (governor == begin || !cues.Is(Cue::kTowards, governor - 1)) return false;
  for (uint32_t at = governor - 1; at > begin;) {
    const uint32_t left = at - 1;
    if (const PersonMention* invited = text.PersonAt(left)) {
      at = invited->span.begin;
      continue;
    }
    if (cues.Is(Cue::kInviting, left)) return true;
    if (!cues.Is(Cue::kObjectPronoun, left) &&
        !cues.Is(Cue::kConjunction, left) && !cues.Is(Cue::kArticle, left) &&
        !cues.Is(Cue::kTowards, left)) {
      return false;
    }
    at = left;
  }
  return false;
}

// What the whole sentence says of its journey.
void ReadCircumstances(const TripText& text, Stop* stop) {
  const CueIndex& cues = text.cues();
  const TokenSpan span = text.document().sentences[stop->sentence].tokens;
  const uint32_t place = text.findings().places[stop->place].span.begin;
  stop->dropped = Any(cues, Cue::kDropped, span);
  stop->not_made = Negated(text, stop->governor, span.begin) ||
                   OnlyInvited(text, stop->governor, span.begin) ||
                   FollowedBy(cues, Cue::kNotHeld, place, span);
  stop->cancelled = Any(cues, Cue::kCancelled, span);
  // "arrived for a visit that had been put off": it takes place after all.
  const CueMatch* postponed = cues.FirstIn(Cue::kPostponed, span);
  stop->postponed =
      postponed != nullptr &&
      !(stop->tense == Tense::kPast && stop->governor < postponed->begin &&
        cues.Is(Cue::kArrive, stop->governor));
  stop->other_time = Any(cues, Cue::kOtherTime, span);
  ReadFarDate(text, span, stop);
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

// Whether the words between "where" and its verb leave the subject to the
// sentence ("donde se reunirá"), or name somebody ("where she is to arrive"):
// not "where Kenyan police arrived".
bool LeadsToDeed(const TripText& text, TokenSpan between) {
  constexpr size_t kLongestParticle = 3;  // bytes: "se", "s'", "y"
  const CueIndex& cues = text.cues();
  for (uint32_t at = between.begin; at < between.end; ++at) {
    if (text.PersonAt(at) != nullptr || text.DateAt(at) != nullptr ||
        text.document().tokens[at].folded.size() <= kLongestParticle) {
      continue;
    }
    if (!cues.Is(Cue::kPronoun, at) && !cues.Is(Cue::kAuxiliary, at) &&
        !cues.Is(Cue::kFuture, at) && !cues.Is(Cue::kPresent, at) &&
        !cues.Is(Cue::kObjectPronoun, at) && !cues.Is(Cue::kToday, at) &&
        !cues.Is(Cue::kFunctionWord, at)) {
      return false;
    }
  }
  return true;
}

// Whether a subject of its own stands right behind a verb: "donde llegaron los
// observadores".
bool HasOwnSubject(const TripText& text, uint32_t at, uint32_t end) {
  const CueIndex& cues = text.cues();
  while (at < end && text.DateAt(at) != nullptr) ++at;
  if (at < end && cues.Is(Cue::kArticle, at) && !cues.Is(Cue::kTowards, at)) {
    return at + 1 >= end || text.PersonAt(at + 1) == nullptr;
  }
  return at < end && text.document().tokens[at].kind == TokenKind::kWord &&
         text.PersonAt(at) == nullptr && !cues.Is(Cue::kFunctionWord, at) &&
         !cues.Is(Cue::kToday, at) && !cues.Is(Cue::kTowards, at) &&
         !cues.Is(Cue::kAt, at) && !cues.Is(Cue::kWith, at);
}

// "his appointments in India, where he is to arrive on Monday", "en Lima, donde
// se reunirá con": a place that nothing before it puts on a journey.
void ReadClauseOfPlace(const TripText& text, const PlaceMention& place,
                       Stop* stop) {
  constexpr uint32_t kNearPlace = 3;  // tokens
  constexpr uint32_t kNearWhere = 8;
  const CueIndex& cues = text.cues();
  const uint32_t end = text.document().sentences[stop->sentence].tokens.end;
  uint32_t where = place.span.end;
  const uint32_t where_end = std::min(end, where + kNearPlace);
  while (where < where_end && !cues.Is(Cue::kWhere, where)) ++where;
  if (where >= where_end) return;
  const uint32_t deed_end = std::min(end, where + kNearWhere);
  for (uint32_t at = where + 1; at < deed_end; ++at) {
    const bool goes = cues.Is(Cue::kArrive, at) || cues.Is(Cue::kPresence, at);
    const bool acts = cues.Is(Cue::kMeet, at) || cues.Is(Cue::kAttend, at);
    if (!goes && !acts) continue;
    if (!LeadsToDeed(text, {where + 1, at}) ||
        (goes && HasOwnSubject(text, at + 1, end))) {
      return;
    }
    stop->reach = goes ? Reach::kTravelled : Reach::kActive;
    stop->attached = true;
    stop->governor = at;
    return;
  }
}

// The place where an event is held, behind its name: "the Our Ocean
// Conference, which Palau will host in Koror". `place` follows `event`.
bool HeldThere(const TripText& text, const EventMention& event,
               const PlaceMention& place) {
  const CueIndex& cues = text.cues();
  // "the Conference on peace in Ukraine": what it is about.
  if (place.kind == PlaceKind::kCountry &&
      ((place.span.begin <= event.span.end + 1 &&
        cues.FirstIn(Cue::kEventLink, event.span) != nullptr) ||
       (event.span.end < place.span.begin &&
        cues.Is(Cue::kEventLink, event.span.end) &&
        place.span.begin <= event.span.end + 4))) {
    return false;
  }
  const uint32_t begin = TownBefore(text, place, event.span.end - 1);
  if (begin == 0 || !cues.Is(Cue::kAt, begin - 1)) return false;
  for (uint32_t at = event.span.end; at < begin; ++at) {
    if (cues.Is(Cue::kTalk, at) || cues.Is(Cue::kTravel, at) ||
        text.EventAt(at) != nullptr ||
        text.document().tokens[at].folded == ";") {
      return false;
    }
    if (cues.Is(Cue::kAt, at) && at + 1 < begin) return false;
  }
  return true;
}

// The way to an event leads to where it is held.
void ReadEventPlaces(const TripText& text, std::vector<Stop>* stops) {
  constexpr uint32_t kFarthest = 20;  // tokens
  const CueIndex& cues = text.cues();
  std::map<uint32_t, Stop> held;  // by place
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
    const auto& places = text.findings().places;
    for (auto at = FirstFrom(places, event.span.end);
         at != places.end() && at->span.end <= sentence.end &&
         at->span.begin <= event.span.end + kFarthest;
         ++at) {
      const PlaceMention& place = *at;
      const auto i = static_cast<uint32_t>(at - places.begin());
      if (known[i] || place.inside_name || place.kind == PlaceKind::kDemonym ||
          !HeldThere(text, event, place)) {
        continue;
      }
      Stop stop;
      stop.place = i;
      stop.sentence = s;
      stop.reach = goes ? Reach::kTravelled : Reach::kActive;
      stop.governor = governor;
      stop.actors = ReadActors(text, governor, &stop.anaphor);
      stop.tense = ReadTense(text, governor);
      ReadCircumstances(text, &stop);
      held.emplace(i, std::move(stop));
      known[i] = true;
      break;
    }
  }
  std::erase_if(*stops,
                [&](const Stop& stop) { return held.contains(stop.place); });
  for (auto& [place, stop] : held) stops->push_back(std::move(stop));
  std::stable_sort(
      stops->begin(), stops->end(),
      [](const Stop& a, const Stop& b) { return a.place < b.place; });
}

// "arrived here on Friday", of a text that is sent from Colombo.
void ReadArrivalsHere(const TripText& text, std::vector<Stop>* stops) {
  const auto& places = text.findings().places;
  const auto sent_from = std::find_if(
      places.begin(), places.end(), [&](const PlaceMention& place) {
        return !place.country_code.empty() && !place.inside_name &&
               text.InDateline(place.span.begin);
      });
  if (sent_from == places.end()) return;
  for (const Sentence& sentence : text.document().sentences) {
    const CueMatch* here = text.cues().FirstIn(Cue::kHere, sentence.tokens);
    if (here == nullptr) continue;
    PlaceMention place = *sent_from;
    place.span = {here->begin, here->end};
    Stop stop = WalkToGovernor(text, place);
    if (stop.reach != Reach::kTravelled || stop.returning) continue;
    stop.place = static_cast<uint32_t>(sent_from - places.begin());
    stop.actors = ReadActors(text, stop.governor, &stop.anaphor);
    stop.tense = ReadTense(text, stop.governor);
    ReadCircumstances(text, &stop);
    stops->push_back(std::move(stop));
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
        text.findings().places[before.place].country_code ==
            text.findings().places[stop.place].country_code) {
      stop.far_date = true;
    }
  }
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
    Stop stop = WalkToGovernor(text, place);
    stop.place = static_cast<uint32_t>(i);
    if (stop.reach == Reach::kNone) ReadClauseOfPlace(text, place, &stop);
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
  ReadArrivalsHere(text, &stops);
  ReadEventPlaces(text, &stops);
  FollowOtherTimes(text, &stops);
  return stops;
}

}  // namespace attache
