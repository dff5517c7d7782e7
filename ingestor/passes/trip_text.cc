#include "ingestor/passes/trip_text.h"

#include <algorithm>

namespace attache {
namespace {

// "MR. PRICE:", "SECRETARY BLINKEN:", "QUESTION:": capitals up to a colon.
bool OpensSpeech(const Document& document, const Unit& unit) {
  bool capitals = false;
  for (uint32_t at = unit.tokens.begin;
       at < unit.tokens.end && at < unit.tokens.begin + 8; ++at) {
    const Token& token = document.tokens[at];
    if (token.folded == ":") return capitals;
    if (token.kind == TokenKind::kSign) continue;
    // An initial or abbreviation has one capital alone.
    if (!token.all_caps && token.folded.size() > 3) return false;
    capitals = capitals || token.all_caps;
  }
  return false;
}

// A record has several speeches; one line in capitals makes none.
uint32_t TranscriptBegin(const Document& document) {
  constexpr int kSpeeches = 3;
  int speeches = 0;
  uint32_t first = static_cast<uint32_t>(document.units.size());
  for (uint32_t i = 0; i < document.units.size(); ++i) {
    if (!OpensSpeech(document, document.units[i])) continue;
    if (speeches == 0) first = i;
    ++speeches;
  }
  return speeches >= kSpeeches ? first
                               : static_cast<uint32_t>(document.units.size());
}

// "the first visit by a Finnish foreign minister in years": any holder of the
// office, not the one that the text speaks of.
bool IsAnyone(const CueIndex& cues, const Person& person, TokenSpan mention) {
  return person.name.empty() && !mention.empty() &&
         cues.Is(Cue::kIndefinite, mention.begin);
}

void Cover(std::vector<int32_t>& slots, TokenSpan span, size_t index) {
  std::fill(slots.begin() + span.begin, slots.begin() + span.end,
            static_cast<int32_t>(index));
}

}  // namespace

TripText::TripText(const Document& document, const CueIndex& cues,
                   const Findings& findings)
    : document_(document),
      findings_(findings),
      cues_(cues),
      mention_at_(document.tokens.size(), -1),
      place_at_(document.tokens.size(), -1),
      date_at_(document.tokens.size(), -1),
      event_at_(document.tokens.size(), -1),
      sentence_of_(document.tokens.size(), 0) {
  transcript_begin_ = TranscriptBegin(document);
  for (size_t i = 0; i < findings.people.size(); ++i) {
    for (const TokenSpan& span : findings.people[i].mentions) {
      if (IsAnyone(cues_, findings.people[i], span)) continue;
      mentions_.push_back({static_cast<uint32_t>(i), span});
    }
  }
  std::sort(mentions_.begin(), mentions_.end(),
            [](const PersonMention& a, const PersonMention& b) {
              return a.span.begin < b.span.begin;
            });
  for (size_t i = 0; i < mentions_.size(); ++i) {
    Cover(mention_at_, mentions_[i].span, i);
  }
  for (size_t i = 0; i < findings.places.size(); ++i) {
    Cover(place_at_, findings.places[i].span, i);
  }
  for (size_t i = 0; i < findings.dates.size(); ++i) {
    Cover(date_at_, findings.dates[i].span, i);
  }
  for (size_t i = 0; i < findings.events.size(); ++i) {
    Cover(event_at_, findings.events[i].span, i);
  }
  for (size_t i = 0; i < document.sentences.size(); ++i) {
    const TokenSpan span = document.sentences[i].tokens;
    std::fill(sentence_of_.begin() + span.begin,
              sentence_of_.begin() + span.end, static_cast<uint32_t>(i));
  }
}

const PersonMention* TripText::PersonAt(uint32_t token) const {
  return mention_at_[token] < 0 ? nullptr : &mentions_[mention_at_[token]];
}

const PlaceMention* TripText::PlaceAt(uint32_t token) const {
  return place_at_[token] < 0 ? nullptr : &findings_.places[place_at_[token]];
}

const DateMention* TripText::DateAt(uint32_t token) const {
  return date_at_[token] < 0 ? nullptr : &findings_.dates[date_at_[token]];
}

const EventMention* TripText::EventAt(uint32_t token) const {
  return event_at_[token] < 0 ? nullptr : &findings_.events[event_at_[token]];
}

bool TripText::InTitle(uint32_t token) const {
  const UnitKind kind = document_.units[document_.unit_of[token]].kind;
  return kind == UnitKind::kTitle || kind == UnitKind::kHeading;
}

bool TripText::InDateline(uint32_t token) const {
  return document_.units[document_.unit_of[token]].kind == UnitKind::kDateline;
}

bool TripText::InList(uint32_t sentence) const {
  return document_.units[document_.sentences[sentence].unit].kind ==
         UnitKind::kListItem;
}

bool TripText::Tells(uint32_t sentence) const {
  const uint32_t unit = document_.sentences[sentence].unit;
  const UnitKind kind = document_.units[unit].kind;
  return unit < transcript_begin_ && kind != UnitKind::kDateline &&
         kind != UnitKind::kTableCell;
}

bool TripText::IsPredicate(uint32_t token) const {
  // "Stéphane Séjourné": a name may be a verb, too.
  if (PersonAt(token) != nullptr) return false;
  for (const Cue cue :
       {Cue::kTravel, Cue::kTravelOn, Cue::kArrive, Cue::kVisitVerb,
        Cue::kPresence, Cue::kTripNoun, Cue::kTripStart, Cue::kTripEnd,
        Cue::kReturn, Cue::kStop, Cue::kAttend, Cue::kMeet, Cue::kHost,
        Cue::kTalk, Cue::kAccompany, Cue::kWithCompanions}) {
    if (cues_.Is(cue, token)) return true;
  }
  return false;
}

bool TripText::IsAnaphor(uint32_t token) const {
  if (cues_.Is(Cue::kDelegation, token)) return true;
  if (!cues_.Is(Cue::kPronoun, token)) return false;
  // "Su Majestad el Rey" is whoever is named behind it.
  const CueMatch* title = cues_.StartingAt(Cue::kHonorific, token);
  if (title == nullptr) return true;
  uint32_t at = title->end;
  while (at < document().tokens.size() && cues_.Is(Cue::kArticle, at)) ++at;
  return at >= document().tokens.size() || PersonAt(at) == nullptr;
}

}  // namespace attache
