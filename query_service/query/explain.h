// How a query is answered, for people.
#ifndef ATTACHE_QUERY_SERVICE_QUERY_EXPLAIN_H_
#define ATTACHE_QUERY_SERVICE_QUERY_EXPLAIN_H_

#include <string>

#include "query_service/index/snapshot.h"
#include "query_service/query/query.h"

namespace attache {

// The plan as a tree, one step a line, indented by two spaces:
//
//   AND  ~2, finds 1
//     visited:PE  ~2, leaves 2
//     check {title = "*port*"}  ~10, leaves 1
//
// "~" is the planner's estimate. What follows is counted: how many live records
// the step finds by itself or, within an AND, how many are left behind it.
// Steps within one element ("one objective has") have estimates alone. Executes
// every step, an AND once for each of its parts; of more than 64 parts of one
// step, or 200 steps in all, the rest is only numbered.
std::string Explain(const Query& plan, const Snapshot& snapshot);

}  // namespace attache

#endif  // ATTACHE_QUERY_SERVICE_QUERY_EXPLAIN_H_
