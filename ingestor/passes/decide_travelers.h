// Whose trip it is: heads, companions, and the state that they serve.
#ifndef ATTACHE_INGESTOR_PASSES_DECIDE_TRAVELERS_H_
#define ATTACHE_INGESTOR_PASSES_DECIDE_TRAVELERS_H_

#include <string>
#include <vector>

#include "ingestor/passes/person_list.h"
#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// The state that a person represents on this trip, `home` where the text names
// none; empty for an organization's officer.
std::string StateOf(const Person& person, const std::string& home);

// Whether the text says what a person is, an office or not.
bool HasRole(const Person& person);

// Whether a person holds a public office, so that their trips are official.
bool HoldsOffice(const Person& person);

// `heads` and everyone who goes with them, in the order of first mention
// within those who lead and those who follow.
PersonList DecideTravelers(const TripText& text, const std::vector<Stop>& stops,
                           const PersonList& heads, const std::string& home);

// The persons of the delegation that the text lists ("a delegation led by A
// and B"); empty where it lists none.
PersonList ReadDelegation(const TripText& text);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_DECIDE_TRAVELERS_H_
