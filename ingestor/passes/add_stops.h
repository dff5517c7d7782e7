// Stops that no word of travel tells of.
#ifndef ATTACHE_INGESTOR_PASSES_ADD_STOPS_H_
#define ATTACHE_INGESTOR_PASSES_ADD_STOPS_H_

#include <vector>

#include "ingestor/passes/abroad.h"
#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// The place where remarks were given (LaidOutTrip::remarks) is a stop of those
// speakers whose state is known to be another.
void AddRemarks(const TripText& text, const Abroad& abroad,
                const std::vector<Stop>& remarks, std::vector<Stop>* stops);

// "The Secretary met with President X of Palau in Washington": whoever is
// received at the place of their host has travelled there. O(stops), each with
// its sentence.
void AddGuests(const TripText& text, const Abroad& abroad,
               std::vector<Stop>* stops);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_ADD_STOPS_H_
