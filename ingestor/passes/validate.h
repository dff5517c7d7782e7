// Contradictions in what the passes found, told as issues.
#ifndef ATTACHE_INGESTOR_PASSES_VALIDATE_H_
#define ATTACHE_INGESTOR_PASSES_VALIDATE_H_

#include <vector>

#include "common/issue.h"
#include "ingestor/document.h"
#include "ingestor/passes/decide_trips.h"
#include "ingestor/passes/link_items.h"

namespace attache {

// Changes nothing. Issues:
//   DATES_REVERSED       an end lies before its start
//   VISIT_OUTSIDE_TRIP   a visit's dates lie outside the trip's
//   VISIT_ORDER          a visit is dated before the one that it follows
//   ITEM_WITHOUT_ID      the vocabulary has no entry for a sector or objective
void Validate(const Document& document, const std::vector<Trip>& trips,
              const std::vector<std::vector<LinkedItem>>& items,
              IssueSink& issues);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_VALIDATE_H_
