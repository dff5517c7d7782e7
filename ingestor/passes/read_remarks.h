// Where remarks were given, as the lines say that open their record.
#ifndef ATTACHE_INGESTOR_PASSES_READ_REMARKS_H_
#define ATTACHE_INGESTOR_PASSES_READ_REMARKS_H_

#include <vector>

#include "ingestor/passes/read_journeys.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// "Antony Roe, Secretary of State" above "San José, Costa Rica": a stop for
// each place of that line, with the officers named in the lines down to it. Who
// of them is abroad there is not decided here. O(tokens of the lines).
std::vector<Stop> ReadRemarks(const TripText& text);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_READ_REMARKS_H_
