// The vocabulary's cue words in one document, ready to be asked by token.
#ifndef ATTACHE_INGESTOR_PASSES_CUE_INDEX_H_
#define ATTACHE_INGESTOR_PASSES_CUE_INDEX_H_

#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <vector>

#include "ingestor/document.h"

namespace attache {

// The kinds of vocabulary/<language>/cues.tsv and words.tsv that the passes on
// persons, places, events and trips ask for; the head of cues.tsv says what
// each means. CueIndex maps the names of the kinds to these.
enum class Cue : uint8_t {
  // Persons.
  kRoleHead,
  kRoleHeads,
  kRoleModifier,
  kRoleLink,
  kRoleTopic,
  kFormerRole,
  kHonorific,
  kNameParticle,
  kNameSuffix,
  kFunctionWord,
  kPossessive,
  kArticle,
  kConjunction,
  kCounterpart,
  kPronoun,
  kDelegation,
  kGovernment,
  // Places.
  kAlsoPersonName,
  kNamedBodyAfter,
  kNamedBodyBefore,
  kLanguageBefore,
  kSeatOfBodies,
  kAt,
  kTowards,
  kFrom,
  kOf,
  kBy,
  kRelative,
  // Journeys.
  kTravel,
  kTravelOn,
  kArrive,
  kVisitVerb,
  kPresence,
  kTripNoun,
  kTripStart,
  kTripEnd,
  kReturn,
  kStop,
  kAuxiliary,
  kAttend,
  kMeet,
  kHost,
  kTalk,
  kAccompany,
  kWithCompanions,
  kDelegationIs,
  kThen,
  kFirst,
  kDropped,
  kCancelled,
  kPostponed,
  kRemote,
  kOtherTime,
  kLookedAhead,
  kFuture,
  kPresent,
  kPast,
  kPrivateTravel,
  kToday,
  kEventNoun,
  kEventModifier,
  kEventLink,
  kWith,
  // Labels of lines that lay a trip out.
  kLabelStops,
  kLabelPeriod,
  kLabelTravelers,
  kLabelCompanions,
  kSameDay,
  kSince,
  kFinite,
  kGoesAlong,
  kBodyNoun,
  kStateBody,
  kCompanyNoun,
  kStopNoun,
  kCapitalNoun,
  kSaid,
  kLeave,
  kSetOut,
  kTransit,
  kNegation,
  kTripHeading,
  kInvitation,
  kInviting,
  kIndefinite,
  kWhere,
  kHere,
  kLetterhead,
  kFacility,
  kNotHeld,
  kInstead,
  kObjectPronoun,
  kNotNegation,
  kGuest,
  kDeedObject,
  kNotGovernor,
  kAfter,
  kWeekly,
  kPlanned,
  kHomeRegion,
  kCount,
};

struct CueMatch {
  uint32_t begin = 0;
  uint32_t end = 0;
  float weight = 1;
};

// "Department of State", "Itamaraty": an office of the state of that code.
struct OfficeMatch {
  uint32_t begin = 0;
  std::string country_code;
  float weight = 1;
};

// Holds no reference to the document. Immutable once built, then thread-safe.
class CueIndex {
 public:
  // O(matches log matches).
  explicit CueIndex(const Document& document);

  // Whether a match of `cue` covers `token`. O(1).
  bool Is(Cue cue, uint32_t token) const {
    return bits_[token][static_cast<size_t>(cue)];
  }

  // Whether the token belongs to a phrase of the vocabulary that is no name of
  // a person: a role, a topic, a country, a cue. O(1).
  bool Ordinary(uint32_t token) const { return bits_[token][kOrdinarySlot]; }

  // Whether the token belongs to the name of a country. O(1).
  bool NamesCountry(uint32_t token) const { return bits_[token][kCountrySlot]; }

  // The longest match that begins at `token`; nullptr where there is none.
  // O(1) where none covers the token, else O(log matches), as all below.
  const CueMatch* StartingAt(Cue cue, uint32_t token) const {
    return token < bits_.size() && Is(cue, token) ? FindStart(cue, token)
                                                  : nullptr;
  }

  // The longest match that ends at `end`, searching at most 8 tokens back.
  // O(1) where none covers the token before it.
  const CueMatch* EndingAt(Cue cue, uint32_t end) const {
    return end > 0 && Is(cue, end - 1) ? FindEnd(cue, end) : nullptr;
  }

  // The first match that begins within `span`, of one beginning the longest.
  const CueMatch* FirstIn(Cue cue, TokenSpan span) const;

  // All matches within `span`, leftmost longest, none overlapping.
  std::vector<CueMatch> AllIn(Cue cue, TokenSpan span) const;

  // In text order.
  const std::vector<OfficeMatch>& offices() const { return offices_; }

 private:
  const CueMatch* FindStart(Cue cue, uint32_t token) const;
  const CueMatch* FindEnd(Cue cue, uint32_t end) const;

  // By begin, then the longest first.
  std::array<std::vector<CueMatch>, static_cast<size_t>(Cue::kCount)> matches_;
  // Bits behind those of the cues.
  static constexpr size_t kOrdinarySlot = static_cast<size_t>(Cue::kCount);
  static constexpr size_t kCountrySlot = kOrdinarySlot + 1;
  using Bits = std::bitset<kCountrySlot + 1>;
  std::vector<Bits> bits_;  // by token
  std::vector<OfficeMatch> offices_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_CUE_INDEX_H_
