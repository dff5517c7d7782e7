// Persons that a list gives as travelers.
#ifndef ATTACHE_INGESTOR_PASSES_READ_DELEGATION_LISTS_H_
#define ATTACHE_INGESTOR_PASSES_READ_DELEGATION_LISTS_H_

#include <cstdint>
#include <vector>

#include "ingestor/passes/trip_text.h"

namespace attache {

// Indexes into Findings::people, in text order.
struct ListedPersons {
  std::vector<uint32_t> travelers;   // below "Delegation"
  std::vector<uint32_t> companions;  // below "He is accompanied by:"
};

// The first person of each item of such lists. O(tokens).
ListedPersons ReadDelegationLists(const TripText& text);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_READ_DELEGATION_LISTS_H_
