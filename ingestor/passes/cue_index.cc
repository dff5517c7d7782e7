#include "ingestor/passes/cue_index.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "common/vocabulary/entry_memo.h"

namespace attache {
namespace {

std::optional<Cue> CueOf(absl::string_view kind) {
  static const auto* kinds = new absl::flat_hash_map<std::string, Cue>{
      {"role_head", Cue::kRoleHead},
      {"role_heads", Cue::kRoleHeads},
      {"role_modifier", Cue::kRoleModifier},
      {"role_link", Cue::kRoleLink},
      {"role_topic", Cue::kRoleTopic},
      {"former_role", Cue::kFormerRole},
      {"honorific", Cue::kHonorific},
      {"name_particle", Cue::kNameParticle},
      {"name_suffix", Cue::kNameSuffix},
      {"function_word", Cue::kFunctionWord},
      {"possessive", Cue::kPossessive},
      {"article", Cue::kArticle},
      {"conjunction", Cue::kConjunction},
      {"counterpart", Cue::kCounterpart},
      {"pronoun", Cue::kPronoun},
      {"delegation", Cue::kDelegation},
      {"government", Cue::kGovernment},
      {"also_person_name", Cue::kAlsoPersonName},
      {"named_body_after", Cue::kNamedBodyAfter},
      {"named_body_before", Cue::kNamedBodyBefore},
      {"language_before", Cue::kLanguageBefore},
      {"seat_of_bodies", Cue::kSeatOfBodies},
      {"at", Cue::kAt},
      {"towards", Cue::kTowards},
      {"from", Cue::kFrom},
      {"of", Cue::kOf},
      {"travel", Cue::kTravel},
      {"travel_on", Cue::kTravelOn},
      {"arrive", Cue::kArrive},
      {"visit_verb", Cue::kVisitVerb},
      {"presence", Cue::kPresence},
      {"trip_noun", Cue::kTripNoun},
      {"trip_start", Cue::kTripStart},
      {"trip_end", Cue::kTripEnd},
      {"return", Cue::kReturn},
      {"stop", Cue::kStop},
      {"auxiliary", Cue::kAuxiliary},
      {"attend", Cue::kAttend},
      {"meet", Cue::kMeet},
      {"host", Cue::kHost},
      {"talk", Cue::kTalk},
      {"accompany", Cue::kAccompany},
      {"with_companions", Cue::kWithCompanions},
      {"delegation_is", Cue::kDelegationIs},
      {"then", Cue::kThen},
      {"first", Cue::kFirst},
      {"dropped", Cue::kDropped},
      {"cancelled", Cue::kCancelled},
      {"postponed", Cue::kPostponed},
      {"remote", Cue::kRemote},
      {"other_time", Cue::kOtherTime},
      {"looked_ahead", Cue::kLookedAhead},
      {"future", Cue::kFuture},
      {"present", Cue::kPresent},
      {"past", Cue::kPast},
      {"private_travel", Cue::kPrivateTravel},
      {"today", Cue::kToday},
      {"by", Cue::kBy},
      {"relative", Cue::kRelative},
      {"with", Cue::kWith},
      {"label_stops", Cue::kLabelStops},
      {"label_period", Cue::kLabelPeriod},
      {"label_travelers", Cue::kLabelTravelers},
      {"label_companions", Cue::kLabelCompanions},
      {"same_day", Cue::kSameDay},
      {"since", Cue::kSince},
      {"finite", Cue::kFinite},
      {"goes_along", Cue::kGoesAlong},
      {"body_noun", Cue::kBodyNoun},
      {"state_body", Cue::kStateBody},
      {"company_noun", Cue::kCompanyNoun},
      {"stop_noun", Cue::kStopNoun},
      {"capital_noun", Cue::kCapitalNoun},
      {"said", Cue::kSaid},
      {"leave", Cue::kLeave},
      {"set_out", Cue::kSetOut},
      {"transit", Cue::kTransit},
      {"negation", Cue::kNegation},
      {"trip_heading", Cue::kTripHeading},
      {"invitation", Cue::kInvitation},
      {"inviting", Cue::kInviting},
      {"indefinite", Cue::kIndefinite},
      {"where", Cue::kWhere},
      {"here", Cue::kHere},
      {"letterhead", Cue::kLetterhead},
      {"facility", Cue::kFacility},
      {"not_held", Cue::kNotHeld},
      {"instead", Cue::kInstead},
      {"object_pronoun", Cue::kObjectPronoun},
      {"not_negation", Cue::kNotNegation},
      {"guest", Cue::kGuest},
      {"deed_object", Cue::kDeedObject},
      {"not_governor", Cue::kNotGovernor},
      {"after", Cue::kAfter},
      {"weekly", Cue::kWeekly},
      {"planned", Cue::kPlanned},
      {"home_region", Cue::kHomeRegion},
      {"event_noun", Cue::kEventNoun},
      {"event_modifier", Cue::kEventModifier},
      {"event_link", Cue::kEventLink},
  };
  const auto found = kinds->find(kind);
  if (found == kinds->end()) return std::nullopt;
  return found->second;
}

// Cues that words of a person's name may be too.
bool NamesPersons(Cue cue) {
  return cue == Cue::kNameParticle || cue == Cue::kNameSuffix ||
         cue == Cue::kAlsoPersonName || cue == Cue::kSeatOfBodies;
}

// The longest match of that entry, in tokens, whose words are ordinary.
uint32_t LongestOrdinary(const LexiconEntry& entry, std::optional<Cue> cue) {
  constexpr uint32_t kAny = std::numeric_limits<uint32_t>::max();
  switch (entry.kind) {
    case EntryKind::kCue:
      return cue && !NamesPersons(*cue) ? kAny : 0;
    case EntryKind::kSector:
    case EntryKind::kObjective:
      // Longer patterns have gaps, and a name may stand in one.
      return 2;
    case EntryKind::kPlace:
    case EntryKind::kHeader:
    case EntryKind::kNumber:
    case EntryKind::kRole:  // "minister of _" covers what it does not know
      return 0;
    default:
      return kAny;
  }
}

// What an entry tells the index.
struct Reading {
  std::optional<Cue> cue;
  uint32_t longest_ordinary = 0;
  std::string office_country;  // empty: the entry names no office
};

Reading ReadEntry(const LexiconEntry& entry) {
  Reading reading;
  if (entry.kind == EntryKind::kCue) {
    reading.cue = CueOf(entry.id);
    absl::string_view kind = entry.id;
    if (!reading.cue && absl::ConsumePrefix(&kind, "office_of_")) {
      reading.office_country = absl::AsciiStrToUpper(kind);
    }
  }
  reading.longest_ordinary = LongestOrdinary(entry, reading.cue);
  return reading;
}

// "Jan Novak", "April Jones": a month before another word in capitals.
bool MayBeGivenName(const Document& document, const LexiconMatch& match) {
  const uint32_t next = match.end;
  return match.entry->kind == EntryKind::kDate && next == match.begin + 1 &&
         document.SameUnit(next, match.begin) &&
         document.tokens[match.begin].capitalized &&
         document.tokens[next].kind == TokenKind::kWord &&
         document.tokens[next].capitalized;
}

bool BeginsBefore(const CueMatch& match, uint32_t token) {
  return match.begin < token;
}

}  // namespace

CueIndex::CueIndex(const Document& document) : bits_(document.tokens.size()) {
  EntryMemo<Reading> readings;
  for (const LexiconMatch& match : document.matches) {
    const Reading& reading = readings.Of(*match.entry, ReadEntry);
    Bits bits;
    if (match.entry->kind == EntryKind::kCountry) bits.set(kCountrySlot);
    if (match.end - match.begin <= reading.longest_ordinary &&
        !MayBeGivenName(document, match)) {
      bits.set(kOrdinarySlot);
    }
    if (reading.cue) {
      const size_t slot = static_cast<size_t>(*reading.cue);
      bits.set(slot);
      matches_[slot].push_back({match.begin, match.end, match.entry->weight});
    } else if (!reading.office_country.empty()) {
      offices_.push_back(
          {match.begin, reading.office_country, match.entry->weight});
    }
    for (uint32_t token = match.begin; token < match.end; ++token) {
      bits_[token] |= bits;
    }
  }
  // Most often they are in order already.
  const auto comes_first = [](const CueMatch& a, const CueMatch& b) {
    if (a.begin != b.begin) return a.begin < b.begin;
    return a.end > b.end;
  };
  for (std::vector<CueMatch>& matches : matches_) {
    if (!std::is_sorted(matches.begin(), matches.end(), comes_first)) {
      std::stable_sort(matches.begin(), matches.end(), comes_first);
    }
  }
  // "for years now" tells of no other time.
  std::erase_if(matches_[static_cast<size_t>(Cue::kOtherTime)],
                [&](const CueMatch& match) {
                  return match.begin > 0 && Is(Cue::kSince, match.begin - 1);
                });
}

const CueMatch* CueIndex::FindStart(Cue cue, uint32_t token) const {
  const auto& matches = matches_[static_cast<size_t>(cue)];
  const auto found =
      std::lower_bound(matches.begin(), matches.end(), token, BeginsBefore);
  if (found == matches.end() || found->begin != token) return nullptr;
  return &*found;
}

const CueMatch* CueIndex::FindEnd(Cue cue, uint32_t end) const {
  const uint32_t reach = 8;
  const auto& matches = matches_[static_cast<size_t>(cue)];
  auto at = std::lower_bound(matches.begin(), matches.end(),
                             end > reach ? end - reach : 0, BeginsBefore);
  for (; at != matches.end() && at->begin < end; ++at) {
    if (at->end == end) return &*at;
  }
  return nullptr;
}

const CueMatch* CueIndex::FirstIn(Cue cue, TokenSpan span) const {
  const auto& matches = matches_[static_cast<size_t>(cue)];
  const auto found = std::lower_bound(matches.begin(), matches.end(),
                                      span.begin, BeginsBefore);
  if (found == matches.end() || found->begin >= span.end) return nullptr;
  return &*found;
}

std::vector<CueMatch> CueIndex::AllIn(Cue cue, TokenSpan span) const {
  const auto& matches = matches_[static_cast<size_t>(cue)];
  auto at = std::lower_bound(matches.begin(), matches.end(), span.begin,
                             BeginsBefore);
  std::vector<CueMatch> found;
  uint32_t taken = span.begin;
  for (; at != matches.end() && at->begin < span.end; ++at) {
    if (at->begin < taken) continue;
    found.push_back(*at);
    taken = at->end;
  }
  return found;
}

}  // namespace attache
