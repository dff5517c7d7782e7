// What labels say of a trip: "Destinations: Oman and Qatar".
#ifndef ATTACHE_INGESTOR_PASSES_READ_LABELS_H_
#define ATTACHE_INGESTOR_PASSES_READ_LABELS_H_

#include "ingestor/passes/read_itinerary.h"
#include "ingestor/passes/trip_text.h"

namespace attache {

// Each adds to `trip` the period, the stops, the travelers and the companions
// that labels give; the first period stands.

// Labels in the first of two columns of a table. O(tokens of tables).
void ReadLabelRows(const TripText& text, LaidOutTrip* trip);

// Labels before a colon, then those that are headings. O(tokens).
void ReadLabels(const TripText& text, LaidOutTrip* trip);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_READ_LABELS_H_
