#include "tests/ingestor/passes/trips_of_text.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "ingestor/passes/decide_trips.h"
#include "ingestor/passes/find_dates.h"
#include "ingestor/passes/find_events.h"
#include "ingestor/passes/find_people.h"
#include "ingestor/passes/find_places.h"

namespace attache {
namespace {

std::string NameOf(TripStatus status) {
  switch (status) {
    case TripStatus::kAnnounced:
      return "announced";
    case TripStatus::kUnderWay:
      return "under way";
    case TripStatus::kConcluded:
      return "concluded";
    case TripStatus::kPostponed:
      return "postponed";
    case TripStatus::kCancelled:
      return "cancelled";
    case TripStatus::kUnspecified:
      break;
  }
  return "";
}

Document Read(const std::string& text, const std::string& publish_date,
              const std::string& language) {
  TextOptions options;
  options.publish_date = publish_date;
  options.language = language;
  return DocumentFromText(text, options);
}

Findings Find(const Document& document, const CueIndex& cues) {
  IssueSink issues;
  Findings findings;
  findings.places = FindPlaces(document, cues, SharedVocabulary(), issues);
  findings.people = FindPeople(document, cues, findings.places);
  findings.dates = FindDates(document, SharedVocabulary(), issues);
  findings.events = FindEvents(document, cues);
  return findings;
}

TripSummary Summarize(const Document& document, const Findings& findings,
                      const Trip& trip) {
  TripSummary summary;
  std::vector<std::string> visits;
  for (const Visit& visit : trip.visits) {
    visits.push_back(visit.country_code);
    for (const TokenSpan& place : visit.places) {
      summary.places.emplace_back(document.TextOf(place));
    }
  }
  summary.visits = absl::StrJoin(visits, " ");
  std::vector<std::string> travelers;
  for (const TripPerson& traveler : trip.travelers) {
    const Person& person = findings.people[traveler.person];
    travelers.push_back(
        absl::StrCat(person.name.empty() ? person.role : person.name, " (",
                     traveler.country_code, ")"));
  }
  summary.travelers = absl::StrJoin(travelers, "; ");
  std::set<std::string> met;
  for (const TripPerson& counterpart : trip.meetings) {
    const std::string& name = findings.people[counterpart.person].name;
    if (!name.empty()) met.insert(name);
  }
  summary.meetings = absl::StrJoin(met, "; ");
  summary.dates =
      absl::StrCat(ToString(trip.dates.start), "/", ToString(trip.dates.end));
  summary.status = NameOf(trip.status);
  std::vector<std::string> events;
  for (const TripEvent& event : trip.events) {
    events.emplace_back(document.TextOf(event.name));
  }
  summary.events = absl::StrJoin(events, "; ");
  return summary;
}

}  // namespace

std::vector<TripSummary> TripsOf(const std::string& text,
                                 const std::string& publish_date,
                                 const std::string& language) {
  const Document document = Read(text, publish_date, language);
  const CueIndex cues(document);
  const Findings findings = Find(document, cues);
  IssueSink issues;
  std::vector<TripSummary> trips;
  for (const Trip& trip : DecideTrips(document, cues, findings, issues)) {
    trips.push_back(Summarize(document, findings, trip));
  }
  return trips;
}

TripSummary TripOf(const std::string& text, const std::string& publish_date,
                   const std::string& language) {
  std::vector<TripSummary> trips = TripsOf(text, publish_date, language);
  if (trips.empty()) {
    ADD_FAILURE() << "no trip in: " << text;
    return {};
  }
  return std::move(trips.front());
}

std::string CountriesNamed(const std::string& text,
                           const std::string& language) {
  const Document document = Read(text, "", language);
  IssueSink issues;
  std::set<std::string> codes;
  for (const PlaceMention& place :
       FindPlaces(document, CueIndex(document), SharedVocabulary(), issues)) {
    const bool town = place.place != nullptr && place.place->kind != "capital";
    if (place.inside_name || place.country_code.empty() || town) continue;
    codes.insert(place.country_code);
  }
  return absl::StrJoin(codes, " ");
}

std::vector<std::string> PeopleIn(const std::string& text,
                                  const std::string& language) {
  const Document document = Read(text, "", language);
  std::vector<std::string> people;
  for (const Person& person : Find(document, CueIndex(document)).people) {
    people.push_back(absl::StrCat(person.name, ", ", person.role, " (",
                                  person.country_code, ")"));
  }
  return people;
}

std::vector<std::string> EventsIn(const std::string& text,
                                  const std::string& language) {
  const Document document = Read(text, "", language);
  std::vector<std::string> events;
  for (const EventMention& event : Find(document, CueIndex(document)).events) {
    std::string name(document.TextOf(event.span));
    if (!event.series_id.empty()) absl::StrAppend(&name, "=", event.series_id);
    events.push_back(std::move(name));
  }
  return events;
}

}  // namespace attache
