#include "ingestor/passes/decide_trips.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ingestor/passes/abroad.h"
#include "ingestor/passes/add_stops.h"
#include "ingestor/passes/decide_meetings.h"
#include "ingestor/passes/decide_range.h"
#include "ingestor/passes/decide_status.h"
#include "ingestor/passes/decide_travelers.h"
#include "ingestor/passes/decide_trip_dates.h"
#include "ingestor/passes/decide_trip_events.h"
#include "ingestor/passes/decide_visits.h"
#include "ingestor/passes/find_heads.h"
#include "ingestor/passes/home_country.h"
#include "ingestor/passes/journey_dates.h"
#include "ingestor/passes/person_list.h"
#include "ingestor/passes/read_itinerary.h"
#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/resolve_anaphora.h"
#include "ingestor/passes/split_trips.h"
#include "ingestor/passes/trip_evidence.h"
#include "ingestor/passes/trip_scope.h"
#include "ingestor/passes/trip_text.h"

namespace attache {
namespace {

// Evidence at which a text counts as the report of a trip.
constexpr float kEnoughEvidence = 0.6f;
// Of a trip beside the one reported.
constexpr float kOtherConfidence = 0.6f;
// Trips beside the one that a text reports, each read from the whole text.
constexpr size_t kMostOtherTrips = 64;

class Decision {
 public:
  Decision(const Document& document, const CueIndex& cues,
           const Findings& findings)
      : text_(document, cues, findings),
        laid_out_(ReadItinerary(text_)),
        stops_(AllStops(text_, laid_out_)),
        abroad_(text_, HomeCountry(text_, stops_), stops_) {
    ResolveAnaphora(text_, abroad_.home(), &stops_);
    AddRemarks(text_, abroad_, laid_out_.remarks, &stops_);
    AddGuests(text_, abroad_, &stops_);
  }

  std::vector<Trip> Decide(IssueSink& issues) {
    if (IsRemote()) return {};
    MarkPassing(abroad_, &stops_);
    heads_ = FindHeads(text_, abroad_, stops_);
    if (heads_.empty()) return {};
    travelers_ = DecideTravelers(text_, stops_, heads_, abroad_.home());
    state_ = abroad_.StateOf(heads_.front());
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
    const TripEvidence evidence(text_);
    if (evidence.Of(own, state_) < kEnoughEvidence) return {};
    const std::vector<TripPart> parts = Split(&own, others, issues);
    std::erase_if(own, [&](const Stop& stop) { return Country(stop).empty(); });
    std::vector<Trip> trips;
    trips.push_back(Build(travelers_, own, SentencesBut(parts)));
    if (off != TripStatus::kUnspecified) trips.front().status = off;
    trips.front().confidence =
        std::min(0.99f, 0.5f + 0.2f * evidence.Of(own, state_));
    for (const TripPart& part : parts) {
      Trip trip = Build(PersonList(part.heads), part.stops, SentencesOf(part));
      trip.confidence = kOtherConfidence;
      // "Will visit A and B next month", then the days of each: one trip.
      const bool told_twice =
          part.heads == heads_.persons() && SameCountries(trip, trips.front());
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

  const std::string& Country(const Stop& stop) const {
    return CountryOf(text_, stop);
  }

  // The trips beside the one that is reported; takes their stops out of `own`.
  std::vector<TripPart> Split(std::vector<Stop>* own,
                              const std::vector<Stop>& others,
                              IssueSink& issues) const {
    std::vector<TripPart> parts = SplitByHeadings(text_, heads_, own);
    if (parts.empty()) parts = SplitAfterReturn(text_, heads_, state_, own);
    for (TripPart& part :
         OtherTrips(text_, abroad_, heads_, travelers_, others)) {
      parts.push_back(std::move(part));
    }
    if (parts.size() > kMostOtherTrips) {
      issues.Report(
          "TRIPS_LEFT_OUT",
          absl::StrCat("The briefing tells of more than ", kMostOtherTrips + 1,
                       " trips; the first ones stand."));
      parts.resize(kMostOtherTrips);
    }
    return parts;
  }

  // A headline that speaks of a call or a virtual meeting, and of no journey.
  bool IsRemote() const {
    const auto& sentences = text_.document().sentences;
    bool remote = false;
    for (const Sentence& sentence : sentences) {
      if (sentence.tokens.empty() || !InMainTitle(sentence.tokens.begin)) {
        continue;
      }
      remote = remote ||
               text_.cues().FirstIn(Cue::kRemote, sentence.tokens) != nullptr;
    }
    if (!remote) return false;
    return std::none_of(stops_.begin(), stops_.end(), [&](const Stop& stop) {
      return stop.reach == Reach::kTravelled && InMainTitle(stop.governor);
    });
  }

  bool InMainTitle(uint32_t token) const {
    return text_.document().units[text_.document().unit_of[token]].kind ==
           UnitKind::kTitle;
  }

  // Those that a list gives as going along, or as the delegation if the head is
  // one of them.
  void AddListedTravelers() {
    const auto& people = text_.findings().people;
    const auto add = [&](const std::vector<uint32_t>& listed) {
      for (const uint32_t person : listed) {
        if (!people[person].name.empty()) travelers_.Add(person);
      }
    };
    add(laid_out_.companions);
    const std::vector<uint32_t>& delegation = laid_out_.travelers;
    if (std::find(delegation.begin(), delegation.end(), heads_.front()) !=
        delegation.end()) {
      add(delegation);
    }
  }

  bool Belongs(const Stop& stop, bool off) const {
    if (stop.passing || stop.dropped) return false;
    if (!off && (stop.cancelled || stop.postponed)) return false;
    return stop.actors.empty() || travelers_.HasAny(stop.actors);
  }

  // "will no longer travel to Egypt" takes back what was listed before; "the
  // visit to Kobe was struck off" only Kobe, where other towns stay.
  void RemoveDropped(std::vector<Stop>* stops) const {
    std::map<std::string, uint32_t> dropped;  // the last sentence, by country
    std::set<const Place*> towns;
    const std::map<std::string, std::set<const Place*>> by_country =
        TownsOf(*stops);
    for (const Stop& stop : stops_) {
      if (!stop.dropped || stop.reach != Reach::kTravelled) continue;
      const Place* town = text_.findings().places[stop.place].place;
      const auto known = by_country.find(Country(stop));
      if (town != nullptr && known != by_country.end() &&
          known->second.size() > known->second.count(town)) {
        towns.insert(town);
        continue;
      }
      uint32_t& last = dropped[Country(stop)];
      last = std::max(last, stop.sentence);
    }
    std::erase_if(*stops, [&](const Stop& stop) {
      if (towns.contains(text_.findings().places[stop.place].place))
        return true;
      const auto last = dropped.find(Country(stop));
      return last != dropped.end() && stop.sentence < last->second;
    });
  }

  std::map<std::string, std::set<const Place*>> TownsOf(
      const std::vector<Stop>& stops) const {
    std::map<std::string, std::set<const Place*>> towns;
    for (const Stop& stop : stops) {
      const Place* town = text_.findings().places[stop.place].place;
      if (town != nullptr) towns[Country(stop)].insert(town);
    }
    return towns;
  }

  // Where an officer of no state comes back to is their seat: "returns to
  // Brussels on Friday".
  void RemoveReturns(std::vector<Stop>* stops) const {
    if (!state_.empty()) return;
    std::erase_if(*stops, [&](const Stop& stop) {
      const uint32_t at = text_.findings().places[stop.place].span.begin;
      // "returned from a mission to Peru" comes back to nothing that it names.
      return stop.returning && text_.cues().Is(Cue::kReturn, stop.governor) &&
             at > 0 && !text_.cues().Is(Cue::kFrom, at - 1) &&
             !text_.cues().Is(Cue::kOf, at - 1);
    });
  }

  // A deed in a place counts where the text elsewhere says that the traveler
  // goes to that country, or where it names the traveler as its doer.
  void KeepSupported(std::vector<Stop>* stops) const {
    std::set<std::string> gone;
    for (const Stop& stop : *stops) {
      if (stop.reach == Reach::kTravelled) gone.insert(Country(stop));
    }
    std::erase_if(*stops, [&](const Stop& stop) {
      if (gone.contains(Country(stop))) return false;
      // "a tour of Latin America. ... In Lima, on Monday, the talks".
      if (gone.contains("") && stop.fronted && !stop.leaving &&
          stop.actors.empty() && NamesDay(stop.sentence)) {
        return false;
      }
      if (stop.set_out || (stop.leaving && stop.fronted) || !stop.attached) {
        return true;
      }
      // A companion's own detour is none of this trip's.
      if (stop.actors.empty()) return !stop.anaphor;
      return !heads_.HasAny(stop.actors);
    });
  }

  bool NamesDay(uint32_t sentence) const {
    return !JourneyDates(text_, text_.document().sentences[sentence].tokens)
                .empty();
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

  Trip Build(const PersonList& travelers, const std::vector<Stop>& stops,
             const std::vector<bool>& own) const {
    Trip trip;
    const std::string state = abroad_.StateOf(travelers.front());
    const TripDates dates =
        DecideTripDates(text_, stops, own, state, laid_out_.days);
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
      traveler.confidence = heads_.Has(person) ? 0.95f : 0.85f;
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
  const Abroad abroad_;
  PersonList heads_;
  PersonList travelers_;
  std::string state_;  // of the first head
};

}  // namespace

std::vector<Trip> DecideTrips(const Document& document, const CueIndex& cues,
                              const Findings& findings, IssueSink& issues) {
  return Decision(document, cues, findings).Decide(issues);
}

}  // namespace attache
