// The sums of money of a record that are added up over records.
#ifndef ATTACHE_QUERY_SERVICE_INDEX_INVESTMENTS_H_
#define ATTACHE_QUERY_SERVICE_INDEX_INVESTMENTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "attache/v1/trip_record.pb.h"

namespace attache {

// Exact, each units + nanos * 10^-9 as it stands in the record. A missing low
// is 0 ("up to"), a missing high the low ("at least").
struct InvestmentBounds {
  int64_t low_units = 0;
  int64_t high_units = 0;
  int32_t low_nanos = 0;
  int32_t high_nanos = 0;
  bool operator==(const InvestmentBounds&) const = default;
};

struct Investment {
  InvestmentBounds bounds;
  // kMoney always; kSector for each sector of the item; kVisited for each of
  // its countries or, where it names none, for the only country that the record
  // visits, if that is one.
  std::vector<std::string> terms;
};

// SectorEngagement.investment and Commitment.amount, in the record's order.
// Nothing for an amount without low and high; two for one whose ends are of
// different currencies, each with the end that it has.
std::vector<Investment> InvestmentsOf(const v1::TripRecord& record);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_INDEX_INVESTMENTS_H_
