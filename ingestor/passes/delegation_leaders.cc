#include "ingestor/passes/delegation_leaders.h"

#include <optional>

namespace attache {
namespace {

constexpr int kFewestWords = 2;  // of a name
constexpr uint32_t kLedBy = 2;   // tokens of "led by"

// Whether a clause or an errand begins at `at`: "of MPs visiting Kyiv".
bool GoesOn(const CueIndex& cues, uint32_t at) {
  for (const Cue cue :
       {Cue::kRelative, Cue::kTravel, Cue::kArrive, Cue::kVisitVerb,
        Cue::kPresence, Cue::kMeet, Cue::kHost, Cue::kAttend, Cue::kTowards}) {
    if (cues.Is(cue, at)) return true;
  }
  return false;
}

// What sends the delegation that is named last in [begin, end); nullopt where
// that is no body of a state, or more is told before the end.
std::optional<DelegationLeader> SenderIn(const CueIndex& cues,
                                         const RoleReader& roles,
                                         uint32_t begin, uint32_t end) {
  DelegationLeader sender;
  bool delegation = false;
  bool body = false;
  for (uint32_t at = begin; at < end; ++at) {
    if (cues.Is(Cue::kDelegation, at)) {
      sender = {};
      delegation = true;
      body = false;
    }
    const bool leads = at + kLedBy >= end;
    if (delegation && !leads && GoesOn(cues, at)) return std::nullopt;
    const LexiconMatch* organization = roles.OrganizationAt(at);
    body = body || organization != nullptr || cues.Is(Cue::kStateBody, at);
    if (organization != nullptr && sender.organization.empty()) {
      sender.organization = organization->entry->qualifier;
    }
    const PlaceMention* place = roles.PlaceAt(at);
    if (place != nullptr && sender.country_code.empty()) {
      sender.country_code = place->country_code;
    }
  }
  if (!delegation || !body) return std::nullopt;
  if (!sender.organization.empty()) sender.country_code.clear();
  return sender;
}

}  // namespace

std::vector<DelegationLeader> DelegationLeaders(const Document& document,
                                                const CueIndex& cues,
                                                const NameReader& names,
                                                const RoleReader& roles) {
  std::vector<DelegationLeader> leaders;
  for (const Sentence& sentence : document.sentences) {
    for (const CueMatch& cue :
         cues.AllIn(Cue::kDelegationIs, sentence.tokens)) {
      if (cue.end >= sentence.tokens.end || !cues.Is(Cue::kBy, cue.end - 1)) {
        continue;
      }
      const TokenSpan name = names.Forward(names.SkipHonorifics(cue.end));
      if (name.empty() || name.end > sentence.tokens.end ||
          names.WordCount(name) < kFewestWords) {
        continue;
      }
      std::optional<DelegationLeader> leader =
          SenderIn(cues, roles, sentence.tokens.begin, cue.end);
      if (!leader.has_value()) continue;
      leader->name = name;
      leaders.push_back(*std::move(leader));
    }
  }
  return leaders;
}

}  // namespace attache
