// What stands before the noun of an office: RoleReader::ReadLeft and ReadOwner.
#include "ingestor/passes/person_roles.h"

namespace attache {
namespace {

constexpr uint32_t kLongestLeft = 12;  // tokens

bool NamesState(const PlaceMention& place) {
  return place.kind == PlaceKind::kCountry || place.kind == PlaceKind::kDemonym;
}

}  // namespace

// "Deputy Assistant", "Presidential Leadership Council", "Bureau of Energy
// Resources Senior Bureau": what qualifies the head from the left.
void RoleReader::ReadLeft(Role* role) const {
  const bool capital = document_.tokens[role->head.begin].capitalized;
  uint32_t at = role->head.begin;
  while (at > 0 && role->head.begin - at < kLongestLeft &&
         document_.SameUnit(at - 1, role->head.begin)) {
    const uint32_t left = at - 1;
    const Token& token = document_.tokens[left];
    if (token.folded == "-" && !token.space_before && left > 0 &&
        document_.tokens[left - 1].kind == TokenKind::kWord &&
        PlaceAt(left - 1) == nullptr) {
      at = left;
      continue;
    }
    // "World Food Programme Director": the last word is the body's.
    const LexiconMatch* body = OrganizationAt(left);
    if (body != nullptr && body->end == left + 1 && body->begin < left) break;
    if (const CueMatch* modifier =
            cues_.EndingAt(Cue::kRoleModifier, left + 1)) {
      at = modifier->begin;
      continue;
    }
    if (PlaceAt(left) != nullptr || OrganizationAt(left) != nullptr) break;
    if (!capital) break;
    const bool topic = cues_.Is(Cue::kRoleTopic, left);
    if (token.capitalized && token.kind == TokenKind::kWord &&
        (topic || cues_.Is(Cue::kRoleHead, left))) {
      at = left;
      continue;
    }
    // "Bureau of Energy Resources Senior Official", "Policy and Plans
    // Director": a small word between two topics.
    const bool joins = cues_.Is(Cue::kOf, left) ||
                       cues_.Is(Cue::kConjunction, left) ||
                       cues_.Is(Cue::kRoleLink, left);
    if (joins && at < role->head.begin && left > 0 &&
        document_.SameUnit(left - 1, left) &&
        cues_.Is(Cue::kRoleTopic, left - 1) &&
        document_.tokens[left - 1].capitalized) {
      at = left;
      continue;
    }
    break;
  }
  while (at < role->head.begin && document_.tokens[at].folded == "-") ++at;
  role->span.begin = at;
}

// "U.S.", "Japan's", "the", "UN", "former" before the office.
void RoleReader::ReadOwner(Role* role) const {
  uint32_t at = role->span.begin;
  if (const CueMatch* former = cues_.EndingAt(Cue::kFormerRole, at)) {
    if (document_.SameUnit(former->begin, role->head.begin)) {
      role->former = true;
      at = former->begin;
    }
  }
  // "People's Republic of China (PRC) State Councilor".
  if (at > 3 && document_.SameUnit(at - 3, role->head.begin) &&
      document_.tokens[at - 1].folded == ")" &&
      document_.tokens[at - 3].folded == "(" &&
      PlaceEndingAt(at - 3) != nullptr) {
    at -= 3;
  }
  // One token or two: "Japan" "'s", or "'" and "s".
  while (at > 0 && document_.SameUnit(at - 1, role->head.begin) &&
         cues_.Is(Cue::kPossessive, at - 1)) {
    --at;
    role->definite = true;
  }
  if (at > 0 && document_.SameUnit(at - 1, role->head.begin)) {
    if (const PlaceMention* place = PlaceEndingAt(at)) {
      if (!place->country_code.empty() &&
          (NamesState(*place) || !role->definite || place->as_government)) {
        role->country_code = place->country_code;
        role->definite = role->definite || NamesState(*place);
        at = place->span.begin;
      }
    } else if (const LexiconMatch* body = OrganizationAt(at - 1);
               body != nullptr && body->end == at) {
      role->organization = body->entry->qualifier;
      at = body->begin;
    }
  }
  // "Former Ghanaian president".
  if (const CueMatch* former = cues_.EndingAt(Cue::kFormerRole, at);
      former != nullptr &&
      document_.SameUnit(former->begin, role->head.begin)) {
    role->former = true;
    at = former->begin;
  }
  if (at > 0 && document_.SameUnit(at - 1, role->head.begin) &&
      cues_.Is(Cue::kArticle, at - 1)) {
    role->definite = true;
    --at;
  }
  role->whole_begin = at;
}

}  // namespace attache
