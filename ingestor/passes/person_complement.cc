#include "ingestor/passes/person_complement.h"

namespace attache {
namespace {

// Words of such a field.
constexpr uint32_t kLongest = 8;  // tokens

// A word that no field holds: it tells what somebody does, or names the next
// office.
bool Ends(const CueIndex& cues, uint32_t at) {
  for (const Cue cue :
       {Cue::kRelative, Cue::kAuxiliary, Cue::kFinite, Cue::kFuture,
        Cue::kTravel, Cue::kArrive, Cue::kMeet, Cue::kRoleHead, Cue::kRoleHeads,
        Cue::kHonorific, Cue::kConjunction, Cue::kWithCompanions, Cue::kToday,
        Cue::kTripNoun}) {
    if (cues.Is(cue, at)) return true;
  }
  return false;
}

}  // namespace

uint32_t EndOfApposedComplement(const Document& document, const CueIndex& cues,
                                const NameReader& names, uint32_t at) {
  if (at >= document.tokens.size()) return at;
  if (!cues.Is(Cue::kOf, at) && !cues.Is(Cue::kRoleLink, at) &&
      !cues.Is(Cue::kAt, at)) {
    return at;
  }
  uint32_t end = at + 1;  // a head ("head of") may hold the preposition
  while (document.SameUnit(end, at) && document.tokens[end].folded != ",") {
    if (end - at >= kLongest || document.tokens[end].kind != TokenKind::kWord ||
        Ends(cues, end)) {
      return at;
    }
    ++end;
  }
  if (end - at < 2 || !document.SameUnit(end + 1, at)) return at;
  const TokenSpan name = names.Forward(names.SkipHonorifics(end + 1));
  if (name.empty() || names.WordCount(name) < 2) return at;
  const bool closed = !document.SameUnit(name.end, at) ||
                      document.tokens[name.end].folded == "," ||
                      document.tokens[name.end].folded == "." ||
                      cues.Is(Cue::kConjunction, name.end);
  return closed ? end : at;
}

bool FieldGoesOn(const Document& document, const CueIndex& cues, uint32_t at) {
  constexpr uint32_t kLongestOffice = 3;  // tokens
  uint32_t next = at + 1;
  if (!document.SameUnit(next, at) || !cues.Is(Cue::kConjunction, next)) {
    return false;
  }
  ++next;
  while (document.SameUnit(next, at) && cues.Is(Cue::kArticle, next)) ++next;
  if (!document.SameUnit(next, at) || !document.tokens[next].capitalized ||
      !cues.Is(Cue::kRoleTopic, next)) {
    return false;
  }
  // "Minister of Health Aalto and Finance Minister Berg": the next one's.
  for (uint32_t ahead = next;
       document.SameUnit(ahead, at) && ahead < next + kLongestOffice; ++ahead) {
    if (cues.Is(Cue::kRoleHead, ahead) || cues.Is(Cue::kRoleHeads, ahead)) {
      return false;
    }
  }
  return true;
}

}  // namespace attache
