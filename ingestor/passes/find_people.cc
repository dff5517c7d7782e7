#include "ingestor/passes/find_people.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "ingestor/passes/brackets.h"
#include "ingestor/passes/companion_names.h"
#include "ingestor/passes/delegation_leaders.h"
#include "ingestor/passes/names_beside_offices.h"
#include "ingestor/passes/person_names.h"
#include "ingestor/passes/person_register.h"
#include "ingestor/passes/person_roles.h"
#include "ingestor/passes/text_order.h"

namespace attache {
namespace {

// One walk over the offices and titles of a document.
class PeopleScan {
 public:
  PeopleScan(const Document& document, const CueIndex& cues,
             const std::vector<PlaceMention>& places)
      : document_(document),
        places_(places),
        cues_(cues),
        names_(document, cues_),
        roles_(document, cues_, names_, places),
        register_(document, names_),
        beside_(document, cues_, names_, register_),
        read_(roles_.ReadAll()),
        taken_(document.tokens.size()) {}

  std::vector<Person> Run() && {
    // Headlines come last: the text below says which of their words are names.
    for (const bool titles : {false, true}) {
      ScanUnits(titles);
    }
    for (const DelegationLeader& leader :
         DelegationLeaders(document_, cues_, names_, roles_)) {
      const auto begin = taken_.begin() + leader.name.begin;
      const auto end = taken_.begin() + leader.name.end;
      if (register_.InHeadline(leader.name.begin) ||
          std::find(begin, end, true) != end) {
        continue;
      }
      register_.AddLeader(leader.name, leader.country_code,
                          leader.organization);
      std::fill(begin, end, true);
    }
    for (const TokenSpan name :
         CompanionNames(document_, cues_, names_, places_, taken_)) {
      if (!register_.InHeadline(name.begin)) Take(nullptr, name, name);
    }
    register_.NameOpeningOfficer(taken_);
    register_.AddSurnames(taken_);
    return std::move(register_).Finish();
  }

 private:
  // "Deputy Prime Minister - Minister of Foreign Affairs".
  bool IsSpacedDash(uint32_t at) const {
    const std::string& sign = document_.tokens[at].folded;
    return (sign == "-" || sign == "–" || sign == "—") &&
           document_.tokens[at].space_before;
  }

  void ScanUnits(bool titles) {
    size_t next_role = 0;
    const uint32_t size = static_cast<uint32_t>(document_.tokens.size());
    for (uint32_t at = 0; at < size;) {
      while (next_role < read_.size() && read_[next_role].head.begin < at) {
        ++next_role;
      }
      if (next_role < read_.size() && read_[next_role].span.begin <= at) {
        if (register_.InHeadline(at) == titles) {
          at = std::max(at + 1, ReadPerson(&next_role));
        } else {
          at = read_[next_role].head.end;
        }
        continue;
      }
      if (register_.InHeadline(at) == titles) {
        const CueMatch* title = cues_.StartingAt(Cue::kHonorific, at);
        if (title != nullptr && !taken_[at]) {
          const uint32_t begin = names_.SkipHonorifics(at);
          const TokenSpan name = document_.SameUnit(begin, at)
                                     ? beside_.At(begin)
                                     : TokenSpan{at, at};
          if (!name.empty()) {
            Take(nullptr, name, {at, name.end});
            at = name.end;
            continue;
          }
        }
      }
      ++at;
    }
  }

  // "President Grace Mwangi of Kenya": the state behind the name.
  uint32_t StateAfter(TokenSpan name, Role* role) const {
    const uint32_t at = name.end;
    if (!role->country_code.empty() || !role->organization.empty() ||
        !document_.SameUnit(at, name.begin) || !cues_.Is(Cue::kOf, at)) {
      return name.end;
    }
    for (uint32_t begin = at + 1; begin <= at + 2; ++begin) {
      if (!document_.SameUnit(begin, at)) break;
      const auto place = FirstFrom(places_, begin);
      if (place != places_.end() && place->span.begin == begin &&
          place->kind == PlaceKind::kCountry) {
        role->country_code = place->country_code;
        return place->span.end;
      }
      if (!cues_.Is(Cue::kArticle, begin)) break;
    }
    return name.end;
  }

  void Take(const Role* role, TokenSpan name, TokenSpan whole) {
    register_.AddNamed(role, name, whole);
    std::fill(taken_.begin() + whole.begin, taken_.begin() + whole.end, true);
  }

  // Whether the name behind an office is none of its holder, whom a full name
  // before it tells: "Bo Berg, director of the Geological Survey", "Bo Berg,
  // the trade minister, Kai Lund, the mayor".
  bool IsNamedBefore(size_t index, TokenSpan name) const {
    const Role& role = read_[index];
    const bool of_body = role.has_complement && name.begin == role.span.end &&
                         names_.WordCount(name) == 1;
    const bool next_one = document_.tokens[role.whole_end].folded == "," &&
                          HasOfficeBehind(index, name);
    if (!of_body && !next_one) return false;
    const TokenSpan before = beside_.Before(role);
    if (before.empty() || names_.WordCount(before) < 2 ||
        taken_[before.begin]) {
      return false;
    }
    // "At Kaleva Hall, the minister, Bo Berg, said": a place.
    const uint32_t left = before.begin - (before.begin > 0 ? 1 : 0);
    return !document_.SameUnit(left, role.head.begin) ||
           !cues_.Is(Cue::kAt, left);
  }

  // "Kai Lund, the mayor": the name behind the office read_[index] has one of
  // its own.
  bool HasOfficeBehind(size_t index, TokenSpan name) const {
    if (index + 1 >= read_.size()) return false;
    const Role& next = read_[index + 1];
    return next.whole_begin == name.end + 1 &&
           document_.SameUnit(name.end, next.head.begin) &&
           document_.tokens[name.end].folded == ",";
  }

  // Reads the person of read_[*index]; returns where to go on.
  uint32_t ReadPerson(size_t* index) {
    const Role& role = read_[*index];
    if (taken_[role.head.begin]) return role.head.end;
    if (role.plural) return ReadPersons(role);
    const TokenSpan name = beside_.Behind(role);
    if (name.empty()) {
      const std::optional<uint32_t> past = ReadSharedName(index);
      return past.has_value() ? *past : AddUnnamed(role);
    }
    if (IsNamedBefore(*index, name)) return AddUnnamed(role);
    Role full = role;
    const uint32_t past = StateAfter(name, &full);
    Take(&full, name, {role.whole_begin, past});
    return past;
  }

  // "Special Representative for the DPRK Ambassador Kim", "Deputy Prime
  // Minister and Foreign Minister Don Pramudwinai": offices of one person, who
  // is named behind the next one. Takes both and moves *index on to it, and
  // returns where to go on; nullopt where there is no such name.
  std::optional<uint32_t> ReadSharedName(size_t* index) {
    const Role& role = read_[*index];
    if (*index + 1 >= read_.size()) return std::nullopt;
    const Role& next = read_[*index + 1];
    if (next.plural || !document_.SameUnit(next.head.begin, role.head.begin)) {
      return std::nullopt;
    }
    // "the official and his Portuguese counterpart, X".
    if (next.whole_begin > role.whole_end &&
        cues_.Is(Cue::kConjunction, next.whole_begin - 1) &&
        cues_.Is(Cue::kPronoun, next.whole_begin)) {
      return std::nullopt;
    }
    uint32_t joint = role.whole_end;
    if (next.whole_begin > joint &&
        (cues_.Is(Cue::kConjunction, joint) || IsSpacedDash(joint))) {
      ++joint;
    }
    // "Minister for Trade, Senator Fiona Grant".
    const bool bare = next.whole_begin == next.head.begin ||
                      (next.whole_begin + 1 == next.head.begin &&
                       cues_.Is(Cue::kArticle, next.whole_begin));
    const bool title = next.span == next.head && bare && !next.has_complement &&
                       next.country_code.empty();
    // "her Swedish counterpart, Defence Minister Pal Berg".
    bool apposed = false;
    const bool related = cues_.Is(Cue::kPronoun, role.whole_begin) &&
                         cues_.Is(Cue::kCounterpart, role.head.begin);
    if ((title || related) && next.whole_begin == joint + 1 &&
        document_.tokens[joint].folded == ",") {
      ++joint;
      apposed = related;
    }
    // "Humanitarian Affairs and Emergency Relief Coordinator": either may hold
    // the words between.
    const bool adjoins = next.whole_begin == joint ||
                         (next.whole_begin < joint && next.head.begin == joint);
    if (!adjoins) return std::nullopt;
    const TokenSpan name = beside_.Behind(next);
    if (name.empty()) return std::nullopt;
    Role joined = apposed ? next : role;
    const Role& other = apposed ? role : next;
    if (joint > role.whole_end && !title && !apposed) {
      joined.span.end = next.span.end;
    }
    if (joined.country_code.empty() && joined.organization.empty()) {
      joined.country_code = other.country_code;
      joined.organization = other.organization;
    }
    ++*index;
    Take(&joined, name, {role.whole_begin, name.end});
    return name.end;
  }

  // Takes an office with no name behind it: that of the name before it, or of
  // somebody who goes without one. Returns where to go on.
  uint32_t AddUnnamed(const Role& role) {
    const uint32_t end = role.whole_end;
    const TokenSpan before = beside_.Before(role);
    if (!before.empty() &&
        (names_.WordCount(before) > 1 || taken_[before.begin])) {
      Take(&role, before, {before.begin, end});
      return end;
    }
    if (role.needs_name || cues_.Is(Cue::kBodyNoun, role.head.begin))
      return end;
    // "el mandatario peruano", whom the text has named by the office.
    if (cues_.Is(Cue::kPronoun, role.head.begin) &&
        register_.AddCompatriot(role, {role.whole_begin, end})) {
      return end;
    }
    register_.AddOffice(role, {role.whole_begin, end});
    std::fill(taken_.begin() + role.span.begin, taken_.begin() + role.span.end,
              true);
    return end;
  }

  // "Ministers Jane Roe and John Doe"; "ministros da Saúde, A, e do Esporte,
  // B".
  uint32_t ReadPersons(const Role& heads) {
    Role role = heads;
    role.plural = false;
    uint32_t end = role.whole_end;
    TokenSpan name = beside_.Behind(role);
    uint32_t begin = role.whole_begin;
    while (!name.empty()) {
      Take(&role, name, {begin, name.end});
      end = name.end;
      uint32_t at = PastBrackets(document_, end);
      const uint32_t behind = at;
      while (document_.SameUnit(at, heads.head.begin) &&
             (document_.tokens[at].folded == "," ||
              document_.tokens[at].folded == ";" ||
              cues_.Is(Cue::kConjunction, at))) {
        ++at;
      }
      if (at == behind || !document_.SameUnit(at, heads.head.begin)) break;
      begin = at;
      if (cues_.Is(Cue::kOf, at)) {  // the next one's field
        const Role next = roles_.ReadField(heads, at);
        name = beside_.Behind(next);
        role = next;
        role.plural = false;
      } else {
        name = beside_.At(names_.SkipHonorifics(at));
        begin = name.begin;
      }
    }
    return end;
  }

  const Document& document_;
  const std::vector<PlaceMention>& places_;
  const CueIndex& cues_;
  const NameReader names_;
  const RoleReader roles_;
  PersonRegister register_;
  const NamesBesideOffices beside_;
  const std::vector<Role> read_;  // in text order
  std::vector<bool> taken_;       // by token
};

}  // namespace

std::vector<Person> FindPeople(const Document& document, const CueIndex& cues,
                               const std::vector<PlaceMention>& places) {
  return PeopleScan(document, cues, places).Run();
}

}  // namespace attache
