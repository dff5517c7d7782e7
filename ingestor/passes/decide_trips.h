// The hard decisions: is this a trip at all, whose, where to and when, and how
// many trips the briefing reports.
#ifndef ATTACHE_INGESTOR_PASSES_DECIDE_TRIPS_H_
#define ATTACHE_INGESTOR_PASSES_DECIDE_TRIPS_H_

#include <string>
#include <vector>

#include "common/issue.h"
#include "ingestor/document.h"
#include "ingestor/passes/cue_index.h"
#include "ingestor/passes/find_dates.h"
#include "ingestor/passes/find_events.h"
#include "ingestor/passes/find_people.h"
#include "ingestor/passes/find_places.h"

namespace attache {

enum class TripStatus : uint8_t {
  kUnspecified,
  kAnnounced,
  kUnderWay,
  kConcluded,
  kPostponed,
  kCancelled,
};

// What the find passes saw.
struct Findings {
  std::vector<PlaceMention> places;
  std::vector<Person> people;
  std::vector<DateMention> dates;
  std::vector<EventMention> events;
};

struct Visit {
  std::string country_code;
  std::vector<TokenSpan> places;  // cities and sites, each name once
  DateRange dates;
  std::vector<TokenSpan> date_spans;
  std::vector<TokenSpan> evidence;
  float confidence = 1;
};

struct TripPerson {
  uint32_t person = 0;  // index into Findings::people
  // Of the state that the person represents, also where it follows only from
  // this trip ("In Lima she met President Ruiz"). Empty for an organization's
  // officer, or where none is known. Takes the place of Person::country_code.
  std::string country_code;
  float confidence = 1;
};

struct TripEvent {
  TokenSpan name;
  std::string series_id;
  std::string country_code;
  DateRange dates;
  std::vector<TokenSpan> evidence;
  float confidence = 1;
};

// One trip.
struct Trip {
  TripStatus status = TripStatus::kUnspecified;
  std::vector<TripPerson> travelers;
  std::vector<TripPerson> meetings;
  std::vector<Visit> visits;  // in itinerary order
  std::vector<TripEvent> events;
  DateRange dates;
  std::vector<TokenSpan> date_spans;
  // The sentences that are about this trip, for what belongs to no trip by
  // itself (aims, sectors); indexes into Document::sentences.
  std::vector<uint32_t> sentences;
  float confidence = 1;
};

// The trips of the briefing, the one that it opens with first; none where it
// reports no official trip abroad. REQUIRES: `cues` and `findings` are of
// `document`.
std::vector<Trip> DecideTrips(const Document& document, const CueIndex& cues,
                              const Findings& findings, IssueSink& issues);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_DECIDE_TRIPS_H_
