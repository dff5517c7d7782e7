#include "ingestor/passes/governor_walk.h"

#include <algorithm>
#include <utility>

#include "absl/strings/string_view.h"
#include "ingestor/passes/town_before.h"

namespace attache {
namespace {

// Words that nothing explains between a place and what governs it.
constexpr int kFarthestGovernor = 30;
constexpr int kFarthestTravel = 8;

enum class Preposition : uint8_t { kNone, kAt, kTowards, kFrom, kOf };

// A dash, a colon or a bracket. Asked of each word of long lists, so by its
// bytes.
bool OpensListing(absl::string_view sign) {
  if (sign.size() == 1) return sign == "-" || sign == ":" || sign == "(";
  return sign.size() == 3 && (sign == "–" || sign == "—");
}

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
    uint32_t at = TownBefore(text_, place_, begin_);
    while (at > begin_) {
      const uint32_t left = at - 1;
      if (SkipFound(left, &at)) {
        if (in_office_) return stop;
        continue;
      }
      if (TakePreposition(left, &at)) continue;
      if (TakeFacility(left, &at)) continue;
      if (Decide(left, &stop)) return stop;
      if (Barrier(left)) return stop;
      ReadListing(left);
      ReadOccasion(left);
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
      if (place_.kind == PlaceKind::kCountry &&
          place_.span.begin <= event->span.end + 1 && TellsTopic(*event)) {
        in_office_ = true;
        return true;
      }
      if (event->span.end <= *at) {
        attached_ = attached_ || unknown_ == 0;
        crossed_ = true;
        *at = event->span.begin;
        if (occasion_ < 0) Occasion(event->span.begin);
        return true;
      }
    }
    if (const PlaceMention* other = text_.PlaceAt(left)) {
      *at = other->span.begin;
      return true;
    }
    return false;
  }

  // "the Conference on peace in Ukraine": what it is about; but "the summit of
  // the CPLP in Angola".
  bool TellsTopic(const EventMention& event) const {
    const CueMatch* link = cues_.FirstIn(Cue::kEventLink, event.span);
    return link != nullptr &&
           (event.series_id.empty() || !cues_.Is(Cue::kOf, link->begin));
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
      article_ = match->end == match->begin + 1 &&
                 cues_.Is(Cue::kArticle, match->begin);
      // "is in", "in Lima": the predicate may hold the preposition.
      const bool governs = text_.IsPredicate(left) && match->end == left + 1 &&
                           match->begin == left;
      *at = governs ? left + 1 : match->begin;
      if (governs) return false;
      return true;
    }
    return false;
  }

  // "arrived at the airport of Lima": what governs the airport governs Lima.
  bool TakeFacility(uint32_t left, uint32_t* at) {
    if (preposition_ != Preposition::kOf || unknown_ > 0) return false;
    const CueMatch* facility = cues_.EndingAt(Cue::kFacility, left + 1);
    if (facility == nullptr || facility->begin < begin_) return false;
    preposition_ = Preposition::kNone;
    *at = facility->begin;
    return true;
  }

  // "three countries in Europe – Turkey, ...": what a list of stops hangs on.
  void ReadListing(uint32_t left) {
    if (opened_) {
      listed_ = listed_ || cues_.Is(Cue::kStopNoun, left);
    } else if (preposition_ == Preposition::kNone && unknown_ == 0 && !loose_) {
      opened_ = OpensListing(text_.document().tokens[left].folded);
    }
  }

  // "returned home after the summit in Praia": what somebody comes home from.
  void ReadOccasion(uint32_t left) {
    if (occasion_ < 0) {
      if (cues_.Is(Cue::kEventNoun, left)) Occasion(left);
    } else {
      after_ = after_ || cues_.Is(Cue::kAfter, left);
    }
  }

  // The event at `at` takes place at the place, where nothing else stands
  // between: not "after the summit, as fighting went on in Mali".
  void Occasion(uint32_t at) {
    if (unknown_ == 0 && !loose_ && preposition_ == Preposition::kAt) {
      occasion_ = static_cast<int>(at);
    }
  }

  // Whether the word at `left` says that the listed places are gone to.
  bool GovernsList(uint32_t left) const {
    if (!listed_ || unknown_ > kFarthestTravel) return false;
    for (const Cue cue :
         {Cue::kVisitVerb, Cue::kTravel, Cue::kArrive, Cue::kTripNoun,
          Cue::kTripStart, Cue::kTripEnd, Cue::kStop, Cue::kPresence}) {
      if (cues_.Is(cue, left)) return true;
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
    // "changed planes in Doha", "a technical stop in Lisbon"; "em parte pagos
    // pela Noruega".
    if (cues_.Is(Cue::kTransit, left) || cues_.Is(Cue::kNotGovernor, left)) {
      return true;
    }
    if (GovernsList(left)) {
      stop->reach = Reach::kTravelled;
      return true;
    }
    if (cues_.Is(Cue::kReturn, left)) {
      if (after_ && unknown_ <= kFarthestTravel) {
        stop->governor = static_cast<uint32_t>(occasion_);
        stop->reach = Reach::kTravelled;
        return true;
      }
      stop->returning = true;
      if (unknown_ == 0) stop->reach = Reach::kTravelled;
      return true;
    }
    // Where an article looks like a preposition, either may be meant: "visitou
    // a Argentina".
    if (cues_.Is(Cue::kVisitVerb, left) && (none || article_) && Direct()) {
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
      // "seguiria diretamente da Suíça para a Índia": a verb of travel, too.
      if (stop->reach == Reach::kTravelled || !cues_.Is(Cue::kTravel, left)) {
        return true;
      }
    }
    // "leaves Seoul on 4 December for Hungary".
    if (cues_.Is(Cue::kSetOut, left) && to && unknown_ <= kFarthestTravel) {
      stop->reach = Reach::kTravelled;
      return true;
    }
    // "left Paro for Baku".
    if (cues_.Is(Cue::kLeave, left) && none && Direct()) {
      stop->reach = Reach::kActive;
      stop->leaving = true;
      stop->set_out = true;
      return true;
    }
    if (Participle(left)) return true;
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
      // "spends a week in Peru looking for a partner for Chile".
      const bool towards = to && (unknown_ == 0 || cues_.Is(Cue::kStop, left));
      if (towards || at || (none && !loose_)) stop->reach = Reach::kTravelled;
      return true;
    }
    if (cues_.Is(Cue::kTripStart, left) || cues_.Is(Cue::kTripEnd, left) ||
        cues_.Is(Cue::kTripNoun, left)) {
      if (to || at || (of && Direct())) {
        stop->reach = Reach::kTravelled;
        stop->opens = at && cues_.Is(Cue::kTripStart, left);
        stop->closes = at && cues_.Is(Cue::kTripEnd, left);
        return true;
      }
      if (cues_.Is(Cue::kVisitVerb, left) && at) {
        stop->reach = Reach::kActive;
        return true;
      }
      // "on a trip that ...": look further left for a verb.
      return !none;
    }
    // "welcome the decision", but "welcome the Minister of Peru, X, to Ottawa".
    const bool hosts = cues_.Is(Cue::kHost, left) && crossed_ && attached_;
    if (cues_.Is(Cue::kTalk, left) && !hosts) return true;
    if (cues_.Is(Cue::kAttend, left) || cues_.Is(Cue::kMeet, left) ||
        cues_.Is(Cue::kHost, left) || cues_.Is(Cue::kVisitVerb, left)) {
      // "will welcome her counterpart to Ottawa".
      const bool received =
          to && (cues_.Is(Cue::kHost, left) || cues_.Is(Cue::kMeet, left));
      if (at || received) stop->reach = Reach::kActive;
      stop->attached = Attached();
      return true;
    }
    if (after_person_ && text_.InTitle(left)) {
      stop->reach = Reach::kActive;
      return true;
    }
    return false;
  }

  // "the first wafers bound for Germany": a participle of somebody's way must
  // stand right behind them.
  bool Participle(uint32_t left) const {
    const CueMatch* match = cues_.StartingAt(Cue::kTravel, left);
    if (match == nullptr || match->weight == 1 || left == begin_ ||
        text_.InTitle(left)) {
      return false;
    }
    return text_.PersonAt(left - 1) == nullptr &&
           !cues_.Is(Cue::kAuxiliary, left - 1) &&
           !cues_.Is(Cue::kPronoun, left - 1) &&
           text_.document().tokens[left - 1].kind != TokenKind::kSign;
  }

  // Whether nothing foreign to the deed stands before the preposition: "met
  // President Ruiz in Lima", "signed the accord in Lima", but not "met families
  // of men held in Lima".
  bool Attached() const {
    if (attached_ || unknown_ == 0) return true;
    const uint32_t before = static_cast<uint32_t>(first_unknown_);
    return cues_.Is(Cue::kRoleHeads, before) ||
           cues_.Is(Cue::kRoleHead, before) ||
           cues_.Is(Cue::kCounterpart, before) ||
           cues_.Is(Cue::kEventNoun, before) || cues_.Is(Cue::kToday, before) ||
           cues_.Is(Cue::kPronoun, before) ||
           cues_.Is(Cue::kDeedObject, before);
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
  int unknown_ = 0;         // words that nothing explains
  int first_unknown_ = -1;  // the one nearest to the place
  bool opened_ = false;     // a dash or bracket stands before the list
  bool listed_ = false;     // "countries" before that
  bool article_ = false;    // the preposition may be an article as well
  bool loose_ = false;      // a word stands between place and preposition
  bool crossed_ = false;    // a person or event stands in between
  bool attached_ = false;
  bool after_person_ = false;
  int occasion_ = -1;   // an event or its noun on the way
  bool after_ = false;  // "after" stands before that
  bool in_office_ = false;
};

}  // namespace

Stop WalkToGovernor(const TripText& text, const PlaceMention& place) {
  return GovernorWalk(text, place).Walk();
}

}  // namespace attache
