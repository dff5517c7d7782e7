#include "ingestor/passes/decide_meetings.h"

#include <algorithm>
#include <set>

#include "ingestor/passes/decide_travelers.h"

namespace attache {
namespace {

bool Has(const std::vector<uint32_t>& list, uint32_t value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// Whether a sentence speaks of this trip's present, not of an earlier one or of
// a call.
bool Concerns(const TripText& text, TokenSpan sentence) {
  const CueIndex& cues = text.cues();
  return cues.FirstIn(Cue::kOtherTime, sentence) == nullptr &&
         cues.FirstIn(Cue::kRemote, sentence) == nullptr;
}

class Meetings {
 public:
  Meetings(const TripText& text, const std::vector<uint32_t>& travelers,
           const std::vector<Stop>& stops, const std::vector<bool>& own,
           const std::string& home)
      : text_(text),
        cues_(text.cues()),
        travelers_(travelers),
        own_(own),
        countries_(CountryBySentence(text, stops, home)) {}

  std::vector<TripPerson> Decide() {
    for (const PersonMention& mention : text_.mentions()) {
      if (Has(travelers_, mention.person) || seen_.contains(mention.person)) {
        continue;
      }
      const uint32_t s = text_.SentenceOf(mention.span.begin);
      const TokenSpan sentence = text_.document().sentences[s].tokens;
      if (!own_[s] || !text_.Tells(s) || !Concerns(text_, sentence)) continue;
      if (IsMet(mention, sentence) || ActsWith(mention, sentence)) {
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
      if (cues_.Is(Cue::kTalk, left) || cues_.Is(Cue::kRelative, left) ||
          cues_.Is(Cue::kLookedAhead, left)) {
        return false;
      }
      if (cues_.Is(Cue::kMeet, left)) return unknown <= 12;
      if (cues_.Is(Cue::kAttend, left) || cues_.Is(Cue::kHost, left) ||
          cues_.Is(Cue::kTripNoun, left)) {
        return with && unknown <= 12;
      }
      if (cues_.Is(Cue::kTravel, left) || cues_.Is(Cue::kArrive, left) ||
          cues_.Is(Cue::kAccompany, left)) {
        return false;
      }
      if (cues_.Is(Cue::kWith, left) && unknown <= 2) with = true;
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
      joined = other != nullptr && Has(travelers_, other->person);
      joined = joined || cues_.Is(Cue::kPronoun, at - 1);
    }
    at = mention.span.end;
    while (at < sentence.end && Joins(at)) ++at;
    if (at < sentence.end && at > mention.span.end) {
      const PersonMention* other = text_.PersonAt(at);
      joined = joined || (other != nullptr && Has(travelers_, other->person));
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

  bool Joins(uint32_t at) const {
    return text_.document().tokens[at].folded == "," ||
           cues_.Is(Cue::kConjunction, at) || cues_.Is(Cue::kArticle, at);
  }

  void Add(const PersonMention& mention, uint32_t sentence) {
    const Person& person = text_.findings().people[mention.person];
    if (!HoldsOffice(person)) return;
    seen_.insert(mention.person);
    TripPerson met;
    met.person = mention.person;
    met.confidence = person.name.empty() ? 0.6f : 0.85f;
    met.country_code = person.country_code;
    if (met.country_code.empty() && person.organization.empty()) {
      met.country_code = countries_[sentence];
    }
    meetings_.push_back(std::move(met));
  }

  const TripText& text_;
  const CueIndex& cues_;
  const std::vector<uint32_t>& travelers_;
  const std::vector<bool>& own_;
  const std::vector<std::string> countries_;
  std::set<uint32_t> seen_;
  std::vector<TripPerson> meetings_;
};

// Whether the event is one that the travelers take part in: what governs it is
// a deed of taking part, or the way there.
bool IsAttended(const TripText& text, const EventMention& event) {
  const CueIndex& cues = text.cues();
  const TokenSpan sentence =
      text.document().sentences[text.SentenceOf(event.span.begin)].tokens;
  int unknown = 0;
  for (uint32_t at = event.span.begin; at > sentence.begin;) {
    const uint32_t left = at - 1;
    if (cues.Is(Cue::kLookedAhead, left) || cues.Is(Cue::kRelative, left)) {
      return false;
    }
    if (cues.Is(Cue::kAttend, left) || cues.Is(Cue::kHost, left) ||
        cues.Is(Cue::kTravel, left) || cues.Is(Cue::kTravelOn, left) ||
        cues.Is(Cue::kArrive, left) || cues.Is(Cue::kPresence, left) ||
        cues.Is(Cue::kTripNoun, left) || cues.Is(Cue::kAccompany, left)) {
      if (event.confidence >= 0.5f) return unknown <= 16;
      // A body's name alone is a meeting of it only as an object: "attend the
      // G20", not "meet EU officials".
      const uint32_t next = event.span.end;
      return unknown == 0 && cues.Is(Cue::kAttend, left) &&
             (next >= sentence.end ||
              text.document().tokens[next].kind == TokenKind::kSign ||
              text.DateAt(next) != nullptr || cues.Is(Cue::kAt, next));
    }
    if (cues.Is(Cue::kTalk, left)) return false;
    if (const EventMention* other = text.EventAt(left)) {
      at = other->span.begin;
      continue;
    }
    if (const PersonMention* person = text.PersonAt(left)) {
      at = person->span.begin;
      continue;
    }
    if (text.PlaceAt(left) == nullptr && text.DateAt(left) == nullptr &&
        text.document().tokens[left].kind == TokenKind::kWord &&
        !cues.Is(Cue::kConjunction, left) && !cues.Is(Cue::kArticle, left) &&
        !cues.Is(Cue::kAt, left) && !cues.Is(Cue::kTowards, left)) {
      ++unknown;
    }
    at = left;
  }
  // "At the Doha Forum, she will speak".
  if (unknown > 2 || event.confidence < 0.5f ||
      !(cues.Is(Cue::kAt, sentence.begin) ||
        text.DateAt(sentence.begin) != nullptr)) {
    return false;
  }
  for (uint32_t at = event.span.end; at < sentence.end; ++at) {
    if (text.PersonAt(at) != nullptr || text.IsAnaphor(at)) return true;
    if (text.IsPredicate(at)) return false;
  }
  return false;
}

// The words of an event's name that tell it from others.
std::set<std::string> NameWords(const TripText& text, TokenSpan span) {
  std::set<std::string> words;
  for (uint32_t at = span.begin; at < span.end; ++at) {
    const Token& token = text.document().tokens[at];
    if (token.kind == TokenKind::kSign ||
        text.cues().Is(Cue::kFunctionWord, at)) {
      continue;
    }
    words.insert(token.folded);
  }
  return words;
}

}  // namespace

std::vector<std::string> CountryBySentence(const TripText& text,
                                           const std::vector<Stop>& stops,
                                           const std::string& home) {
  const auto& sentences = text.document().sentences;
  std::vector<std::string> countries(sentences.size());
  std::set<std::string> visited;
  for (const Stop& stop : stops) {
    const std::string& code = text.findings().places[stop.place].country_code;
    if (code != home) visited.insert(code);
  }
  for (const Stop& stop : stops) {
    const std::string& code = text.findings().places[stop.place].country_code;
    if (code == home) continue;
    // The first stop of a sentence; a list of several decides nothing.
    std::string& slot = countries[stop.sentence];
    if (slot.empty()) slot = code;
  }
  std::string current;
  uint32_t section = 0;
  for (size_t i = 0; i < sentences.size(); ++i) {
    const Unit& unit = text.document().units[sentences[i].unit];
    if (unit.section != section) {
      current.clear();
      section = unit.section;
    }
    if (countries[i].empty()) {
      countries[i] = current;
    } else {
      current = countries[i];
    }
  }
  if (visited.size() == 1) {
    std::fill(countries.begin(), countries.end(), *visited.begin());
  }
  return countries;
}

std::vector<TripPerson> DecideMeetings(const TripText& text,
                                       const std::vector<uint32_t>& travelers,
                                       const std::vector<Stop>& stops,
                                       const std::vector<bool>& own,
                                       const std::string& home) {
  return Meetings(text, travelers, stops, own, home).Decide();
}

std::vector<TripEvent> DecideTripEvents(const TripText& text,
                                        const std::vector<Stop>& stops,
                                        const std::vector<bool>& own,
                                        const std::string& home) {
  const std::vector<std::string> countries =
      CountryBySentence(text, stops, home);
  std::vector<TripEvent> events;
  std::vector<std::set<std::string>> names;
  for (const bool titles : {false, true}) {
    for (const EventMention& event : text.findings().events) {
      const uint32_t s = text.SentenceOf(event.span.begin);
      const TokenSpan sentence = text.document().sentences[s].tokens;
      if (text.InTitle(event.span.begin) != titles || !own[s] ||
          !text.Tells(s) || !Concerns(text, sentence) ||
          !IsAttended(text, event)) {
        continue;
      }
      std::set<std::string> words = NameWords(text, event.span);
      bool known = false;
      for (size_t i = 0; i < names.size() && !known; ++i) {
        size_t common = 0;
        for (const std::string& word : words) common += names[i].contains(word);
        const size_t shorter = std::min(words.size(), names[i].size());
        if (common * 3 < shorter * 2) continue;
        known = true;
        events[i].evidence.push_back(event.span);
        if (words.size() > names[i].size() && !titles) {
          names[i] = words;
          events[i].name = event.span;
          if (!event.series_id.empty()) events[i].series_id = event.series_id;
        }
      }
      if (known) continue;
      TripEvent attended;
      attended.name = event.span;
      attended.series_id = event.series_id;
      attended.country_code = countries[s];
      attended.evidence = {event.span};
      attended.confidence = 0.8f;
      names.push_back(std::move(words));
      events.push_back(std::move(attended));
    }
  }
  return events;
}

}  // namespace attache
