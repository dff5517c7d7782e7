#include "ingestor/passes/decide_trips.h"

#include <algorithm>
#include <set>

#include "ingestor/passes/decide_meetings.h"
#include "ingestor/passes/decide_status.h"
#include "ingestor/passes/decide_travelers.h"
#include "ingestor/passes/decide_trip_dates.h"
#include "ingestor/passes/decide_trip_events.h"
#include "ingestor/passes/decide_visits.h"
#include "ingestor/passes/home_country.h"
#include "ingestor/passes/read_itinerary.h"
#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/resolve_anaphora.h"
#include "ingestor/passes/split_trips.h"
#include "ingestor/passes/trip_scope.h"
#include "ingestor/passes/trip_text.h"

namespace attache {
namespace {

// Evidence at which a text counts as the report of a trip.
constexpr float kEnoughEvidence = 0.6f;
// Sentences in which the news stands.
constexpr float kOtherConfidence = 0.6f;
constexpr int kOpening = 6;

bool Has(const std::vector<uint32_t>& list, uint32_t value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

class Decision {
 public:
  Decision(const Document& document, const Findings& findings)
      : text_(document, findings),
        laid_out_(ReadItinerary(text_)),
        stops_(AllStops(text_, laid_out_)),
        home_(HomeCountry(text_, stops_)) {
    ResolveAnaphora(text_, home_, &stops_);
    AddRemarks();
    AddGuests();
  }

  std::vector<Trip> Decide() {
    RankSentences();
    if (IsRemote()) return {};
    has_plain_ = HasPlainJourney();
    if (!FindHeads()) return {};
    travelers_ = DecideTravelers(text_, heads_, home_);
    state_ = StateOf(text_.findings().people[heads_.front()], home_);
    AddListedTravelers();
    const TripStatus off = DecideCalledOff(text_, stops_);
    std::vector<Stop> own;
    std::vector<Stop> others;
    for (const Stop& stop : stops_) {
      const bool belongs = Belongs(stop, off != TripStatus::kUnspecified);
      (belongs ? own : others).push_back(stop);
    }
    RemoveDropped(&own);
    RemoveReturns(&own);
    KeepSupported(&own);
    if (Evidence(own) < kEnoughEvidence) return {};
    std::vector<TripPart> parts = SplitByHeadings(text_, heads_, &own);
    if (parts.empty()) parts = SplitAfterReturn(text_, heads_, state_, &own);
    for (TripPart& part :
         OtherTrips(text_, heads_, travelers_, home_, others)) {
      parts.push_back(std::move(part));
    }
    std::erase_if(own, [&](const Stop& stop) { return Country(stop).empty(); });
    std::vector<Trip> trips;
    trips.push_back(Build(travelers_, own, SentencesBut(parts)));
    if (off != TripStatus::kUnspecified) trips.front().status = off;
    trips.front().confidence = std::min(0.99f, 0.5f + 0.2f * Evidence(own));
    for (const TripPart& part : parts) {
      Trip trip = Build(part.heads, part.stops, SentencesOf(part));
      trip.confidence = kOtherConfidence;
      // "Will visit A and B next month", then the days of each: one trip.
      const bool told_twice =
          part.heads == heads_ && SameCountries(trip, trips.front());
      if (!trip.visits.empty() && !told_twice) trips.push_back(std::move(trip));
    }
    return trips;
  }

 private:
  static bool SameCountries(const Trip& a, const Trip& b) {
    return std::equal(a.visits.begin(), a.visits.end(), b.visits.begin(),
                      b.visits.end(), [](const Visit& x, const Visit& y) {
                        return x.country_code == y.country_code;
                      });
  }

  static std::vector<Stop> AllStops(const TripText& text,
                                    const LaidOutTrip& laid_out) {
    std::vector<Stop> stops = ReadJourneys(text);
    MergeStops(laid_out.stops, &stops);
    return stops;
  }

  // The place where remarks were given is a stop of those speakers whose state is
  // known to be another.
  void AddRemarks() {
    for (Stop stop : laid_out_.remarks) {
      std::erase_if(stop.actors, [&](uint32_t actor) {
        const Person& person = text_.findings().people[actor];
        const std::string state = StateOf(person, home_);
        return state == Country(stop) ||
               (state.empty() && person.organization.empty());
      });
      if (!stop.actors.empty()) stops_.push_back(std::move(stop));
    }
    std::stable_sort(
        stops_.begin(), stops_.end(),
        [](const Stop& a, const Stop& b) { return a.place < b.place; });
  }

  // "The Secretary met with President X of Palau in Washington": whoever is
  // received at the place of their host has travelled there. Ambassadors live
  // there.
  void AddGuests() {
    std::vector<Stop> guests;
    for (const Stop& stop : stops_) {
      const CueIndex& cues = text_.cues();
      const bool met = cues.Is(Cue::kMeet, stop.governor) ||
                       cues.Is(Cue::kHost, stop.governor);
      if (!met || stop.reach != Reach::kActive || !stop.attached ||
          stop.actors.empty() || Country(stop).empty()) {
        continue;
      }
      const bool at_home = std::all_of(
          stop.actors.begin(), stop.actors.end(), [&](uint32_t actor) {
            return StateOf(text_.findings().people[actor], home_) ==
                   Country(stop);
          });
      if (!at_home) continue;
      Stop guest = stop;
      guest.actors.clear();
      const TokenSpan sentence =
          text_.document().sentences[stop.sentence].tokens;
      for (uint32_t at = stop.governor; at < sentence.end; ++at) {
        const PersonMention* mention = text_.PersonAt(at);
        if (mention == nullptr || mention->span.begin != at) continue;
        const Person& person = text_.findings().people[mention->person];
        if (!person.name.empty() && HoldsOffice(person) &&
            !person.country_code.empty() &&
            person.country_code != Country(stop) &&
            person.role_id != "ambassador" &&
            !Has(guest.actors, mention->person)) {
          guest.actors.push_back(mention->person);
        }
      }
      if (!guest.actors.empty()) guests.push_back(std::move(guest));
    }
    stops_.insert(stops_.end(), guests.begin(), guests.end());
    std::stable_sort(
        stops_.begin(), stops_.end(),
        [](const Stop& a, const Stop& b) { return a.place < b.place; });
  }

  const std::string& Country(const Stop& stop) const {
    return text_.findings().places[stop.place].country_code;
  }

  // Counts the sentences that tell, from the top.
  void RankSentences() {
    int rank = 0;
    for (size_t i = 0; i < text_.document().sentences.size(); ++i) {
      const TokenSpan span = text_.document().sentences[i].tokens;
      const bool counts = !span.empty() &&
                          text_.Tells(static_cast<uint32_t>(i)) &&
                          !text_.InTitle(span.begin);
      ranks_.push_back(rank);
      if (counts) ++rank;
    }
  }

  // A headline that speaks of a call or a virtual meeting, and of no journey.
  bool IsRemote() const {
    const auto& sentences = text_.document().sentences;
    bool remote = false;
    for (const Sentence& sentence : sentences) {
      if (sentence.tokens.empty() || !InHeadline(sentence.tokens.begin)) {
        continue;
      }
      remote = remote ||
               text_.cues().FirstIn(Cue::kRemote, sentence.tokens) != nullptr;
    }
    if (!remote) return false;
    return std::none_of(stops_.begin(), stops_.end(), [&](const Stop& stop) {
      return stop.reach == Reach::kTravelled && InHeadline(stop.governor);
    });
  }

  bool InHeadline(uint32_t token) const {
    return text_.document().units[text_.document().unit_of[token]].kind ==
           UnitKind::kTitle;
  }

  bool Foreign(const Stop& stop, uint32_t person) const {
    // A region that is gone to by name ("the Gulf") is abroad, if anything is.
    if (Country(stop).empty()) return stop.reach == Reach::kTravelled;
    const std::string state = StateOf(text_.findings().people[person], home_);
    if (Country(stop) == state) return false;
    // Whose state nobody tells is at home where only towns are named.
    return !state.empty() ||
           !text_.findings().people[person].organization.empty() ||
           !(OnlyTownsOf(text_, Country(stop)) ||
             SentFromUnnamed(text_, Country(stop)));
  }

  static bool AtOtherTime(const Stop& stop) {
    return stop.other_time || stop.far_date;
  }

  // Of another journey, or of nobody's. "last month" is of another one only
  // where the text also reports a journey without such words.
  bool Passing(const Stop& stop) const {
    return (AtOtherTime(stop) && has_plain_) || stop.looked_ahead ||
           stop.is_private || stop.not_made;
  }

  bool HasPlainJourney() const {
    return std::any_of(stops_.begin(), stops_.end(), [&](const Stop& stop) {
      return stop.reach == Reach::kTravelled && !AtOtherTime(stop) &&
             !stop.looked_ahead && !stop.is_private && !stop.not_made &&
             !stop.actors.empty() &&
             std::any_of(stop.actors.begin(), stop.actors.end(),
                         [&](uint32_t actor) { return Foreign(stop, actor); });
    });
  }

  // Whose trip the text opens with.
  bool FindHeads() {
    for (const Reach reach : {Reach::kTravelled, Reach::kActive}) {
      for (const Stop& stop : stops_) {
        if (stop.reach != reach || Passing(stop) || stop.actors.empty()) {
          continue;
        }
        std::vector<uint32_t> heads;
        for (const uint32_t actor : stop.actors) {
          if (HoldsOffice(text_.findings().people[actor]) &&
              Foreign(stop, actor)) {
            heads.push_back(actor);
          }
        }
        if (heads.empty() || !stop.attached) continue;
        heads_ = std::move(heads);
        AddCoTravelers();
        return true;
      }
    }
    // "A delegation led by A and B will travel".
    const std::vector<uint32_t> delegation = ReadDelegation(text_);
    for (const Stop& stop : stops_) {
      if (stop.reach != Reach::kTravelled || Passing(stop)) continue;
      for (const uint32_t person : delegation) {
        if (HoldsOffice(text_.findings().people[person]) &&
            Foreign(stop, person)) {
          heads_.push_back(person);
        }
      }
      if (!heads_.empty()) return true;
    }
    return HeadOfWhoeverGoes();
  }

  // "The delegation flies to Kigali today", "7:15 Departs for Windhoek": the
  // officer whom the text opens with, where it says of nobody that they go.
  bool HeadOfWhoeverGoes() {
    constexpr uint32_t kOpeningSentences = 4;
    for (const Stop& stop : stops_) {
      if (stop.reach != Reach::kTravelled || Passing(stop) ||
          !stop.actors.empty() || !(OfDelegation(stop) || InList(stop))) {
        continue;
      }
      for (const PersonMention& mention : text_.mentions()) {
        const uint32_t sentence = text_.SentenceOf(mention.span.begin);
        if (sentence >= std::min(kOpeningSentences, stop.sentence)) break;
        const Person& person = text_.findings().people[mention.person];
        if (HoldsOffice(person) && !person.name.empty() &&
            Foreign(stop, mention.person)) {
          heads_ = {mention.person};
          return true;
        }
      }
    }
    return false;
  }

  bool OfDelegation(const Stop& stop) const {
    const TokenSpan span = text_.document().sentences[stop.sentence].tokens;
    return stop.anaphor && text_.cues().FirstIn(
                               Cue::kDelegation,
                               {span.begin, stop.governor}) != nullptr;
  }

  bool InList(const Stop& stop) const {
    return text_.document()
               .units[text_.document().sentences[stop.sentence].unit]
               .kind == UnitKind::kListItem;
  }

  // "A and B visited": those who elsewhere go together with a head.
  void AddCoTravelers() {
    const std::string state =
        StateOf(text_.findings().people[heads_.front()], home_);
    for (const Stop& stop : stops_) {
      if (stop.reach != Reach::kTravelled || Passing(stop)) continue;
      if (std::none_of(stop.actors.begin(), stop.actors.end(),
                       [&](uint32_t actor) { return Has(heads_, actor); })) {
        continue;
      }
      for (const uint32_t actor : stop.actors) {
        const Person& person = text_.findings().people[actor];
        if (!Has(heads_, actor) && HoldsOffice(person) &&
            StateOf(person, home_) == state) {
          heads_.push_back(actor);
        }
      }
    }
  }

  // Those that a list gives as going along, or as the delegation if the head is
  // one of them.
  void AddListedTravelers() {
    std::vector<uint32_t> listed = laid_out_.companions;
    if (Has(laid_out_.travelers, heads_.front())) {
      listed.insert(listed.end(), laid_out_.travelers.begin(),
                    laid_out_.travelers.end());
    }
    for (const uint32_t person : listed) {
      if (!Has(travelers_, person) &&
          !text_.findings().people[person].name.empty()) {
        travelers_.push_back(person);
      }
    }
  }

  bool Belongs(const Stop& stop, bool off) const {
    if (Passing(stop) || stop.dropped) return false;
    if (!off && (stop.cancelled || stop.postponed)) return false;
    if (stop.actors.empty()) return true;
    return std::any_of(stop.actors.begin(), stop.actors.end(),
                       [&](uint32_t actor) { return Has(travelers_, actor); });
  }

  // "will no longer travel to Egypt" takes back what was listed before.
  void RemoveDropped(std::vector<Stop>* stops) const {
    for (const Stop& dropped : stops_) {
      if (!dropped.dropped || dropped.reach != Reach::kTravelled) continue;
      std::erase_if(*stops, [&](const Stop& stop) {
        return Country(stop) == Country(dropped) &&
               stop.sentence < dropped.sentence;
      });
    }
  }

  // Where an officer of no state comes back to is their seat: "returns to
  // Brussels on Friday".
  void RemoveReturns(std::vector<Stop>* stops) const {
    if (!state_.empty()) return;
    std::erase_if(*stops, [&](const Stop& stop) {
      const uint32_t at = text_.findings().places[stop.place].span.begin;
      return stop.returning && at > 0 &&
             !text_.cues().Is(Cue::kFrom, at - 1) &&
             !text_.cues().Is(Cue::kOf, at - 1);
    });
  }

  // A deed in a place counts where the text elsewhere says that the traveler
  // goes to that country, or where it names the traveler as its doer.
  void KeepSupported(std::vector<Stop>* stops) const {
    std::set<std::string> gone;
    bool any = false;
    for (const Stop& stop : *stops) {
      if (stop.reach != Reach::kTravelled) continue;
      gone.insert(Country(stop));
      any = true;
    }
    std::erase_if(*stops, [&](const Stop& stop) {
      if (stop.reach == Reach::kTravelled) {
        // Nobody is said to travel: "those who visit Peru".
        return stop.actors.empty() && !stop.anaphor && any && !InList(stop) &&
               !text_.InTitle(stop.governor) && !gone.contains(Country(stop));
      }
      if (gone.contains(Country(stop))) return false;
      if (stop.set_out || (stop.leaving && stop.fronted) || !stop.attached) {
        return true;
      }
      // A companion's own detour is none of this trip's.
      if (stop.actors.empty()) return !stop.anaphor;
      return std::none_of(stop.actors.begin(), stop.actors.end(),
                          [&](uint32_t actor) { return Has(heads_, actor); });
    });
  }

  float Evidence(const std::vector<Stop>& stops) const {
    float evidence = 0;
    float later = 0;
    for (const Stop& stop : stops) {
      const TokenSpan sentence =
          text_.document().sentences[stop.sentence].tokens;
      if (Country(stop) == state_) continue;
      if (text_.cues().FirstIn(Cue::kRemote, sentence) != nullptr) continue;
      const bool opening =
          text_.InTitle(sentence.begin) || ranks_[stop.sentence] < kOpening;
      float weight = stop.reach == Reach::kTravelled ? 0.8f : 0.6f;
      if (stop.actors.empty()) weight -= 0.4f;
      // What is still to come is news, whenever that is.
      if (stop.other_time && stop.tense != Tense::kFuture) weight *= 0.5f;
      (opening ? evidence : later) += opening ? weight : weight * 0.5f;
    }
    // A journey that only comes up later is not what the text reports.
    if (evidence == 0) return 0;
    return evidence + later;
  }

  // Dates that were put together from those of the first and last stop were
  // read where these were.
  static void AddDateSpansOfStops(Trip& trip) {
    for (const Visit& visit : trip.visits) {
      const bool used =
          (!visit.dates.start.empty() &&
           visit.dates.start == trip.dates.start) ||
          (!visit.dates.end.empty() && visit.dates.end == trip.dates.end);
      if (!used) continue;
      trip.date_spans.insert(trip.date_spans.end(), visit.date_spans.begin(),
                             visit.date_spans.end());
    }
  }

  // The sentences that tell of one of the other trips alone.
  std::vector<bool> SentencesOf(const TripPart& part) const {
    std::vector<bool> own(text_.document().sentences.size());
    for (const Stop& stop : part.stops) {
      own[stop.sentence] = !text_.InTitle(stop.governor);
    }
    for (size_t i = 0; i < own.size(); ++i) {
      const uint32_t unit = text_.document().sentences[i].unit;
      if (unit >= part.first_unit && unit < part.end_unit) own[i] = true;
    }
    return own;
  }

  std::vector<bool> SentencesBut(const std::vector<TripPart>& parts) const {
    std::vector<bool> own(text_.document().sentences.size(), true);
    for (const TripPart& part : parts) {
      const std::vector<bool> other = SentencesOf(part);
      for (size_t i = 0; i < own.size(); ++i) own[i] = own[i] && !other[i];
    }
    return own;
  }

  Trip Build(const std::vector<uint32_t>& travelers,
             const std::vector<Stop>& stops,
             const std::vector<bool>& own) const {
    Trip trip;
    const std::string state =
        StateOf(text_.findings().people[travelers.front()], home_);
    const TripDates dates =
        DecideTripDates(text_, stops, own, state, laid_out_.period);
    trip.visits = DecideVisits(text_, stops, dates, state);
    trip.dates = DecideRange(text_, dates, stops, state, &trip.visits);
    trip.date_spans = dates.whole.spans;
    if (trip.date_spans.empty()) AddDateSpansOfStops(trip);
    trip.status = DecideStatus(text_, stops, trip.dates);
    for (const uint32_t person : travelers) {
      TripPerson traveler;
      traveler.person = person;
      // Who goes along serves the state of the one who leads.
      traveler.country_code = StateOf(text_.findings().people[person], state);
      traveler.confidence = Has(heads_, person) ? 0.95f : 0.85f;
      trip.travelers.push_back(std::move(traveler));
    }
    const TripScope scope(text_, stops, own, state, laid_out_.programme);
    trip.meetings = DecideMeetings(text_, travelers, scope);
    trip.events = DecideTripEvents(text_, scope);
    for (uint32_t i = 0; i < text_.document().sentences.size(); ++i) {
      if (own[i]) trip.sentences.push_back(i);
    }
    return trip;
  }

  const TripText text_;
  const LaidOutTrip laid_out_;
  std::vector<Stop> stops_;
  const std::string home_;
  std::vector<int> ranks_;  // by sentence
  bool has_plain_ = false;
  std::vector<uint32_t> heads_;
  std::vector<uint32_t> travelers_;
  std::string state_;  // of the first head
};

}  // namespace

std::vector<Trip> DecideTrips(const Document& document,
                              const Findings& findings, const Vocabulary&,
                              IssueSink&) {
  return Decision(document, findings).Decide();
}

}  // namespace attache
