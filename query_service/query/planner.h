// In which order the parts of a query are looked at.
#ifndef ATTACHE_QUERY_SERVICE_QUERY_PLANNER_H_
#define ATTACHE_QUERY_SERVICE_QUERY_PLANNER_H_

#include <cstdint>

#include "query_service/index/snapshot.h"
#include "query_service/query/query.h"

namespace attache {

// How many records (or elements of `space`) satisfy the query at most, by the
// counts of its terms; deletions are not looked at. O(terms x segments).
uint64_t Estimate(const Query& query, const Snapshot& snapshot,
                  TermSpace space = TermSpace::kRecord);

// The same query, the parts of every And in the order in which they leave the
// fewest to the next: the rarest first, then what only takes away, then what
// has to read each record that is left. The executor stops an And that ran
// empty, and tests ranges and records on what is left only.
Query Plan(Query query, const Snapshot& snapshot);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_QUERY_PLANNER_H_
