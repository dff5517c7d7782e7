#include "ingestor/passes/decide_meetings.h"

#include <algorithm>
#include <set>

#include "ingestor/passes/decide_travelers.h"

namespace attache {
namespace {

class Meetings {
 public:
  Meetings(const TripText& text, const PersonList& travelers,
           const TripScope& scope)
      : text_(text), cues_(text.cues()), travelers_(travelers), scope_(scope) {}

  std::vector<TripPerson> Decide() {
    for (const PersonMention& mention : text_.mentions()) {
      if (travelers_.Has(mention.person) || seen_.contains(mention.person)) {
        continue;
      }
      const uint32_t s = text_.SentenceOf(mention.span.begin);
      if (!scope_.Holds(s)) continue;
      const TokenSpan sentence = text_.document().sentences[s].tokens;
      if (scope_.AmongCounterparts(s) || IsMet(mention, sentence) ||
          ActsWith(mention, sentence) || Receives(mention, sentence)) {
        Add(mention, s);
      }
    }
    return std::move(meetings_);
  }

 private:
  // Walks left over the list that the person stands in to what governs it.
  bool IsMet(const PersonMention& mention, TokenSpan sentence) const {
    bool with = false;
    int unknown = 0;
    uint32_t at = mention.span.begin;
    while (at > sentence.begin) {
      const uint32_t left = at - 1;
      if (const PersonMention* other = text_.PersonAt(left)) {
        // "Blinken and Foreign Minister X will ...": a subject, not an object.
        at = other->span.begin;
        continue;
      }
      if (const DateMention* date = text_.DateAt(left)) {
        at = date->span.begin;
        continue;
      }
      if (const PlaceMention* place = text_.PlaceAt(left)) {
        at = place->span.begin;
        continue;
      }
      // "discuss with Premier X the upgrade of the hospital".
      if (cues_.Is(Cue::kTalk, left) && with && unknown == 0 &&
          cues_.Is(Cue::kWith, left + 1)) {
        return true;
      }
      if (cues_.Is(Cue::kTalk, left) || cues_.Is(Cue::kRelative, left) ||
          cues_.Is(Cue::kLookedAhead, left)) {
        return false;
      }
      if (cues_.Is(Cue::kMeet, left)) return unknown <= 12;
      // "at the invitation of President X": a host is not yet met.
      if (cues_.Is(Cue::kInvitation, left)) return false;
      if (cues_.Is(Cue::kAttend, left) || cues_.Is(Cue::kHost, left) ||
          cues_.Is(Cue::kTripNoun, left)) {
        return with && unknown <= 12;
      }
      if (cues_.Is(Cue::kTravel, left) || cues_.Is(Cue::kArrive, left) ||
          cues_.Is(Cue::kAccompany, left)) {
        return false;
      }
      // "will dominate the talks, according to the spokesman, X".
      if (cues_.Is(Cue::kSaid, left) && !with) return false;
      // "a letter from President X".
      if (cues_.Is(Cue::kFrom, left) && unknown == 0 && !with) return false;
      if ((cues_.Is(Cue::kWith, left) ||
           cues_.Is(Cue::kWithCompanions, left)) &&
          unknown <= 2) {
        with = true;
      }
      if (cues_.Is(Cue::kBy, left) && !with) return MetBy(left, sentence);
      if (text_.EventAt(left) == nullptr && text_.PlaceAt(left) == nullptr &&
          text_.document().tokens[left].kind == TokenKind::kWord &&
          !cues_.Is(Cue::kConjunction, left) &&
          !cues_.Is(Cue::kArticle, left)) {
        ++unknown;
      }
      at = left;
    }
    return false;
  }

  // "was received by President X".
  bool MetBy(uint32_t by, TokenSpan sentence) const {
    // "sera reçu jeudi par le président X".
    while (by > sentence.begin && text_.DateAt(by - 1) != nullptr) --by;
    return by > sentence.begin && cues_.Is(Cue::kMeet, by - 1);
  }

  // "Under Secretary Nuland and Foreign Minister Acevedo will co-chair".
  bool ActsWith(const PersonMention& mention, TokenSpan sentence) const {
    // Some traveler is joined to the mention by "and" or a comma.
    bool joined = false;
    uint32_t at = mention.span.begin;
    while (at > sentence.begin && Joins(at - 1)) --at;
    if (at > sentence.begin && at < mention.span.begin) {
      const PersonMention* other = text_.PersonAt(at - 1);
      joined = other != nullptr && travelers_.Has(other->person);
      joined = joined || cues_.Is(Cue::kPronoun, at - 1);
    }
    at = mention.span.end;
    while (at < sentence.end && Joins(at)) ++at;
    if (at < sentence.end && at > mention.span.end) {
      const PersonMention* other = text_.PersonAt(at);
      joined = joined || (other != nullptr && travelers_.Has(other->person));
    }
    if (!joined) return false;
    for (; at < sentence.end; ++at) {
      if (cues_.Is(Cue::kMeet, at) || cues_.Is(Cue::kHost, at) ||
          cues_.Is(Cue::kAttend, at) || cues_.Is(Cue::kTalk, at)) {
        return true;
      }
      if (cues_.Is(Cue::kTravel, at)) return false;
    }
    return false;
  }

  // "El canciller uruguayo, X, lo recibirá", "President X received him",
  // "President X will welcome" a traveler.
  bool Receives(const PersonMention& mention, TokenSpan sentence) const {
    uint32_t at = mention.span.end;
    if (at < sentence.end && text_.document().tokens[at].folded == ",") ++at;
    bool pronoun = false;
    bool meets = false;
    for (uint32_t end = std::min(sentence.end, at + 4); at < end; ++at) {
      pronoun = pronoun || cues_.Is(Cue::kObjectPronoun, at);
      meets = meets || cues_.Is(Cue::kMeet, at) || cues_.Is(Cue::kHost, at);
      if (!cues_.Is(Cue::kObjectPronoun, at) && !cues_.Is(Cue::kMeet, at) &&
          !cues_.Is(Cue::kHost, at) && !cues_.Is(Cue::kAuxiliary, at) &&
          !cues_.Is(Cue::kToday, at) && text_.DateAt(at) == nullptr) {
        break;
      }
    }
    return meets && (pronoun || NamesTraveler(at, sentence));
  }

  // Whether the next person from `at` on is a traveler: "met today with Y".
  bool NamesTraveler(uint32_t at, TokenSpan sentence) const {
    constexpr uint32_t kNear = 8;  // tokens, an office among them
    for (const uint32_t end = std::min(sentence.end, at + kNear); at < end;
         ++at) {
      const PersonMention* object = text_.PersonAt(at);
      if (object != nullptr) return travelers_.Has(object->person);
    }
    return false;
  }

  bool Joins(uint32_t at) const {
    return text_.document().tokens[at].folded == "," ||
           cues_.Is(Cue::kConjunction, at) || cues_.Is(Cue::kArticle, at);
  }

  void Add(const PersonMention& mention, uint32_t sentence) {
    const Person& person = text_.findings().people[mention.person];
    if (!HasRole(person)) return;
    seen_.insert(mention.person);
    TripPerson met;
    met.person = mention.person;
    met.confidence = person.name.empty() ? 0.6f : 0.85f;
    met.country_code = person.country_code;
    if (met.country_code.empty() && person.organization.empty()) {
      met.country_code = scope_.CountryAt(sentence);
    }
    meetings_.push_back(std::move(met));
  }

  const TripText& text_;
  const CueIndex& cues_;
  const PersonList& travelers_;
  const TripScope& scope_;
  std::set<uint32_t> seen_;
  std::vector<TripPerson> meetings_;
};

}  // namespace

std::vector<TripPerson> DecideMeetings(const TripText& text,
                                       const PersonList& travelers,
                                       const TripScope& scope) {
  return Meetings(text, travelers, scope).Decide();
}

}  // namespace attache
