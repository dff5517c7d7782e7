// In which order the parts of a query are looked at.
#ifndef ATTACHE_QUERY_SERVICE_QUERY_PLANNER_H_
#define ATTACHE_QUERY_SERVICE_QUERY_PLANNER_H_

#include <cstdint>
#include <string>

#include "query_service/index/snapshot.h"
#include "query_service/query/query.h"

namespace attache {

// How many records (or elements of `space`) satisfy the query at most, by the
// counts of its terms; deletions are not looked at. O(terms x segments).
uint64_t Estimate(const Query& query, const Snapshot& snapshot,
                  TermSpace space = TermSpace::kRecord);

// The same query, the parts of every And with the rarest first, what is
// negated last. The executor stops an And that ran empty, and tests ranges on
// what is left only.
Query Plan(const Query& query, const Snapshot& snapshot);

// The plan for people: one step a line, indented, with estimated counts.
std::string Describe(const Query& plan, const Snapshot& snapshot);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_QUERY_PLANNER_H_
