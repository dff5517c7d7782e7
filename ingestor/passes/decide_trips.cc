#include "ingestor/passes/decide_trips.h"

#include <algorithm>
#include <set>

#include "ingestor/passes/decide_meetings.h"
#include "ingestor/passes/decide_status.h"
#include "ingestor/passes/decide_travelers.h"
#include "ingestor/passes/decide_trip_dates.h"
#include "ingestor/passes/decide_visits.h"
#include "ingestor/passes/home_country.h"
#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {
namespace {

// Evidence at which a text counts as the report of a trip.
constexpr float kEnoughEvidence = 0.6f;
// Sentences in which the news stands.
constexpr int kOpening = 5;

bool Has(const std::vector<uint32_t>& list, uint32_t value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

class Decision {
 public:
  Decision(const Document& document, const Findings& findings)
      : text_(document, findings),
        stops_(ReadJourneys(text_)),
        home_(HomeCountry(text_, stops_)) {}

  std::vector<Trip> Decide() {
    RankSentences();
    AdmitOpening();
    if (!FindHeads()) return {};
    travelers_ = DecideTravelers(text_, heads_, home_);
    state_ = StateOf(text_.findings().people[heads_.front()], home_);
    const TripStatus off = DecideCalledOff(text_, stops_);
    std::vector<Stop> own;
    for (const Stop& stop : stops_) {
      if (Belongs(stop, off != TripStatus::kUnspecified)) own.push_back(stop);
    }
    RemoveDropped(&own);
    KeepSupported(&own);
    if (Evidence(own) < kEnoughEvidence) return {};
    std::vector<Trip> trips;
    trips.push_back(Build(own, off));
    if (trips.front().visits.empty()) return {};
    return trips;
  }

 private:
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

  // "Last week" speaks of another journey only beside the one that the text
  // reports: where it reports no other, the one that it opens with is meant.
  void AdmitOpening() {
    const bool reported =
        std::any_of(stops_.begin(), stops_.end(), [&](const Stop& stop) {
          return stop.reach == Reach::kTravelled && !Passing(stop) &&
                 !stop.actors.empty();
        });
    if (reported) return;
    for (Stop& stop : stops_) {
      if (ranks_[stop.sentence] == 0) stop.other_time = false;
    }
  }

  bool Foreign(const Stop& stop, uint32_t person) const {
    const std::string state = StateOf(text_.findings().people[person], home_);
    if (Country(stop).empty() || Country(stop) == state) return false;
    // Whose state nobody tells is at home where only towns are named.
    return !state.empty() ||
           !text_.findings().people[person].organization.empty() ||
           !OnlyTownsOf(text_, Country(stop));
  }

  bool Passing(const Stop& stop) const {
    return stop.other_time || stop.looked_ahead || stop.is_private;
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
    for (const Stop& stop : stops_) {
      if (stop.reach != Reach::kTravelled || Passing(stop)) continue;
      for (const uint32_t person : ReadDelegation(text_)) {
        if (HoldsOffice(text_.findings().people[person]) &&
            Foreign(stop, person)) {
          heads_.push_back(person);
        }
      }
      if (!heads_.empty()) return true;
    }
    return false;
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

  bool Belongs(const Stop& stop, bool off) const {
    if (Passing(stop) || Country(stop).empty() || stop.dropped) return false;
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
        return stop.actors.empty() && !stop.anaphor && any &&
               !text_.InTitle(stop.governor) && !gone.contains(Country(stop));
      }
      if (gone.contains(Country(stop))) return false;
      if ((stop.leaving && stop.fronted) || !stop.attached) return true;
      // A companion's own detour is none of this trip's.
      if (stop.actors.empty()) return !stop.anaphor;
      return std::none_of(stop.actors.begin(), stop.actors.end(),
                          [&](uint32_t actor) { return Has(heads_, actor); });
    });
  }

  float Evidence(const std::vector<Stop>& stops) const {
    float evidence = 0;
    for (const Stop& stop : stops) {
      const TokenSpan sentence =
          text_.document().sentences[stop.sentence].tokens;
      if (Country(stop) == state_) continue;
      if (text_.cues().FirstIn(Cue::kRemote, sentence) != nullptr) continue;
      const bool opening =
          text_.InTitle(sentence.begin) || ranks_[stop.sentence] < kOpening;
      float weight = stop.reach == Reach::kTravelled ? 0.8f : 0.6f;
      if (stop.actors.empty()) weight -= 0.4f;
      if (!opening) weight *= 0.5f;
      evidence += weight;
    }
    return evidence;
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

  Trip Build(const std::vector<Stop>& stops, TripStatus off) const {
    Trip trip;
    const TripDates dates = DecideTripDates(text_, stops, state_);
    trip.visits = DecideVisits(text_, stops, dates, state_);
    trip.dates = DecideRange(text_, dates, stops, state_, &trip.visits);
    trip.date_spans = dates.whole.spans;
    if (trip.date_spans.empty()) AddDateSpansOfStops(trip);
    trip.status = off != TripStatus::kUnspecified
                      ? off
                      : DecideStatus(text_, stops, trip.dates);
    for (const uint32_t person : travelers_) {
      TripPerson traveler;
      traveler.person = person;
      traveler.country_code = StateOf(text_.findings().people[person], home_);
      traveler.confidence = Has(heads_, person) ? 0.95f : 0.85f;
      trip.travelers.push_back(std::move(traveler));
    }
    trip.meetings = DecideMeetings(text_, travelers_, stops, state_);
    trip.events = DecideTripEvents(text_, stops, state_);
    for (uint32_t i = 0; i < text_.document().sentences.size(); ++i) {
      trip.sentences.push_back(i);
    }
    trip.confidence = std::min(0.99f, 0.5f + 0.2f * Evidence(stops));
    return trip;
  }

  const TripText text_;
  std::vector<Stop> stops_;
  const std::string home_;
  std::vector<int> ranks_;  // by sentence
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
