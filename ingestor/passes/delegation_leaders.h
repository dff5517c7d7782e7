// Who leads a delegation of a state's body, named without an office: "a
// delegation of the European Parliament, led by Ada Roe".
#ifndef ATTACHE_INGESTOR_PASSES_DELEGATION_LEADERS_H_
#define ATTACHE_INGESTOR_PASSES_DELEGATION_LEADERS_H_

#include <string>
#include <vector>

#include "ingestor/document.h"
#include "ingestor/passes/cue_index.h"
#include "ingestor/passes/person_names.h"
#include "ingestor/passes/person_roles.h"

namespace attache {

struct DelegationLeader {
  TokenSpan name;
  // At most one is set; both are empty where the body's name tells no state.
  std::string country_code;
  std::string organization;
};

// In text order. O(tokens).
std::vector<DelegationLeader> DelegationLeaders(const Document& document,
                                                const CueIndex& cues,
                                                const NameReader& names,
                                                const RoleReader& roles);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_DELEGATION_LEADERS_H_
