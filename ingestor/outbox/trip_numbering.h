// Which number a trip has within its briefing: the n of "<briefing_id>#<n>".
// Pure.
#ifndef ATTACHE_INGESTOR_OUTBOX_TRIP_NUMBERING_H_
#define ATTACHE_INGESTOR_OUTBOX_TRIP_NUMBERING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "attache/v1/trip_record.pb.h"

namespace attache::outbox {

// By what a trip is known again in a later version of its briefing.
struct TripIdentity {
  // The last word of each traveler's name, folded; sorted, each once.
  std::vector<std::string> surnames;
  // The dates of the trip as the first and last day that they can mean,
  // written yyyymmdd; 0 and 0 where they are unknown. A year alone is the whole
  // year, a missing end is as the start. A date without a year counts in year
  // 0, and is compared by month and day alone.
  int32_t first_day = 0;
  int32_t last_day = 0;

  bool operator==(const TripIdentity&) const = default;
};

TripIdentity IdentityOf(const v1::TripRecord& record);

struct NumberedTrip {
  int64_t number = 0;
  TripIdentity identity;

  bool operator==(const NumberedTrip&) const = default;
};

// All that has to be remembered of a briefing, through retractions too.
struct TripNumbering {
  // The lowest number that was never given.
  int64_t next_number = 1;
  // Every trip that the briefing ever reported, by number; the oldest are
  // forgotten beyond kMaxRememberedTrips, their numbers stay used.
  std::vector<NumberedTrip> trips;

  bool operator==(const TripNumbering&) const = default;
};
inline constexpr size_t kMaxRememberedTrips = 256;

// Gives each trip of a new version its number, in the order of `trips`, and
// brings `numbering` up to date.
//
// A trip keeps the number of a remembered one where travelers and dates agree:
//   - the surnames are the same, or all of the one's are among the other's
//     (none agree with none only), and
//   - the dates have a day in common, or one of the two has no dates.
// Each number goes to one trip at most. Where several could have it, the
// closest pair goes first: the same surnames before some, then the same dates
// before days in common before unknown dates; then the lower number; then the
// trip that comes first. Every other trip gets a number never given before.
// O(n * m) for n trips and m remembered ones, and a sort of the pairs.
std::vector<int64_t> AssignNumbers(absl::Span<const TripIdentity> trips,
                                   TripNumbering& numbering);

}  // namespace attache::outbox

#endif  // ATTACHE_INGESTOR_OUTBOX_TRIP_NUMBERING_H_
