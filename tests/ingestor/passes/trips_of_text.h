// What the passes make of a text, in a form that a test can state in a line.
#ifndef ATTACHE_TESTS_INGESTOR_PASSES_TRIPS_OF_TEXT_H_
#define ATTACHE_TESTS_INGESTOR_PASSES_TRIPS_OF_TEXT_H_

#include <string>
#include <vector>

#include "tests/support/document_from_text.h"

namespace attache {

struct TripSummary {
  std::string visits;     // "BR PE", in itinerary order
  std::string travelers;  // "Karin Lindqvist (SE); ..."
  std::string meetings;   // names, sorted; unnamed persons left out
  std::string dates;      // "2024-03-04/2024-03-09"; empty ends stay empty
  std::string status;     // "concluded"
  std::string events;
  std::vector<std::string> places;  // of all visits
};

// Every trip of the text, the focal one first.
std::vector<TripSummary> TripsOf(const std::string& text,
                                 const std::string& publish_date = "",
                                 const std::string& language = "en");

// The focal one; fails the test where there is none.
TripSummary TripOf(const std::string& text,
                   const std::string& publish_date = "",
                   const std::string& language = "en");

// Codes of the countries that the text only names, as PlaceMention tells them
// apart: no name inside another, no town but a capital. Sorted.
std::string CountriesNamed(const std::string& text,
                           const std::string& language = "en");

// "NAME, ROLE (CC)" for each person, in the order of first mention.
std::vector<std::string> PeopleIn(const std::string& text,
                                  const std::string& language = "en");

// Names of events as written, with "=series" where one is known.
std::vector<std::string> EventsIn(const std::string& text,
                                  const std::string& language = "en");

}  // namespace attache

#endif  // ATTACHE_TESTS_INGESTOR_PASSES_TRIPS_OF_TEXT_H_
