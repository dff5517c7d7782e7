#include "ingestor/passes/person_roles.h"

#include <algorithm>

#include "ingestor/passes/person_complement.h"

namespace attache {
namespace {

constexpr uint32_t kLongestRight = 24;  // tokens

}  // namespace

RoleReader::RoleReader(const Document& document, const CueIndex& cues,
                       const NameReader& names,
                       const std::vector<PlaceMention>& places)
    : document_(document),
      cues_(cues),
      names_(names),
      place_of_(document.tokens.size(), -1),
      organization_of_(document.tokens.size(), -1),
      role_of_(document.tokens.size(), -1),
      places_(places) {
  for (size_t i = 0; i < places.size(); ++i) {
    std::fill(place_of_.begin() + places[i].span.begin,
              place_of_.begin() + places[i].span.end, static_cast<int32_t>(i));
  }
  const auto cover = [&](std::vector<int32_t>& slots, size_t i) {
    const LexiconMatch& match = document.matches[i];
    for (uint32_t at = match.begin; at < match.end; ++at) {
      const int32_t other = slots[at];
      if (other < 0 ||
          document.matches[other].end - document.matches[other].begin <
              match.end - match.begin) {
        slots[at] = static_cast<int32_t>(i);
      }
    }
  };
  for (size_t i = 0; i < document.matches.size(); ++i) {
    const EntryKind kind = document.matches[i].entry->kind;
    if (kind == EntryKind::kOrganization) cover(organization_of_, i);
    if (kind == EntryKind::kRole) cover(role_of_, i);
  }
}

const PlaceMention* RoleReader::PlaceAt(uint32_t token) const {
  return place_of_[token] < 0 ? nullptr : &places_[place_of_[token]];
}

const PlaceMention* RoleReader::PlaceEndingAt(uint32_t end) const {
  if (end == 0) return nullptr;
  const PlaceMention* place = PlaceAt(end - 1);
  return place != nullptr && place->span.end == end ? place : nullptr;
}

const LexiconMatch* RoleReader::OrganizationAt(uint32_t token) const {
  return organization_of_[token] < 0
             ? nullptr
             : &document_.matches[organization_of_[token]];
}

std::vector<Role> RoleReader::ReadAll() const {
  std::vector<Role> read;
  const uint32_t size = static_cast<uint32_t>(document_.tokens.size());
  for (uint32_t at = 0; at < size;) {
    const CueMatch* head = cues_.StartingAt(Cue::kRoleHead, at);
    const CueMatch* heads = cues_.StartingAt(Cue::kRoleHeads, at);
    const bool plural =
        head == nullptr || (heads != nullptr && heads->end > head->end);
    const CueMatch* match = plural ? heads : head;
    if (match == nullptr) {
      ++at;
      continue;
    }
    Role role = Read(*match, plural);
    // "Chief Presidential Advisor": the first noun only qualifies the last.
    while (!read.empty() && read.back().head.begin >= role.span.begin &&
           document_.SameUnit(read.back().head.begin, role.head.begin)) {
      role.of_companies &= read.back().of_companies;
      read.pop_back();
    }
    // "Secretary of State": a noun inside another office.
    // "Directorate-General": the last part of another word.
    const bool part = at > 0 && document_.SameUnit(at - 1, at) &&
                      document_.tokens[at - 1].folded == "-" &&
                      !document_.tokens[at].space_before &&
                      role.span.begin == match->begin && !role.former;
    const bool inside =
        part || (!read.empty() && role.head.begin < read.back().span.end &&
                 document_.SameUnit(read.back().head.begin, role.head.begin));
    at = match->end;
    if (!inside) read.push_back(std::move(role));
  }
  return read;
}

Role RoleReader::Read(const CueMatch& head, bool plural) const {
  Role role;
  role.head = {head.begin, head.end};
  // "head of the Energy Agency": what "of" opens is the office's field.
  role.needs_name = head.weight < 1 && head.end > head.begin + 1 &&
                    cues_.Is(Cue::kOf, head.end - 1);
  if (role.needs_name) --role.head.end;
  role.span = role.head;
  role.plural = plural;
  role.of_companies = head.weight < 1;
  ReadLeft(&role);
  role.whole_begin = role.span.begin;
  role.whole_end = role.span.end;
  ReadOwner(&role);
  ReadRight(&role);
  role.names_company = NamesCompany({role.head.end, role.span.end});
  FindId(&role);
  return role;
}

// Whether the "," or "and" at `at` goes on with further topics rather than
// with the next person: "Economic Growth, Energy, and the Environment".
bool RoleReader::JoinsTopics(uint32_t at) const {
  uint32_t next = at + 1;
  while (document_.SameUnit(next, at) &&
         (cues_.Is(Cue::kConjunction, next) || cues_.Is(Cue::kArticle, next) ||
          cues_.Is(Cue::kOf, next))) {
    ++next;
  }
  if (!document_.SameUnit(next, at) || cues_.Is(Cue::kRoleHead, next) ||
      cues_.Is(Cue::kHonorific, next)) {
    return false;
  }
  if (cues_.Is(Cue::kRoleModifier, next) && !cues_.Is(Cue::kRoleTopic, next)) {
    return false;
  }
  // "Foreign Minister A and Defense Minister B": the next office begins.
  for (uint32_t ahead = next; document_.SameUnit(ahead, at) && ahead < next + 4;
       ++ahead) {
    if (cues_.Is(Cue::kRoleHead, ahead)) return false;
    if (!cues_.Is(Cue::kRoleModifier, ahead)) break;
  }
  const PlaceMention* place = PlaceAt(next);
  if (place != nullptr && place->kind != PlaceKind::kRegion &&
      place->kind != PlaceKind::kDemonym) {
    return false;
  }
  return document_.tokens[next].capitalized && cues_.Ordinary(next) &&
         !cues_.Is(Cue::kFunctionWord, next) && !names_.IsNameWord(next);
}

// Words of an office's field, from `at`.
uint32_t RoleReader::ReadTopics(uint32_t at, Role* role) const {
  const uint32_t begin = at;
  bool first = true;
  while (document_.SameUnit(at, role->head.begin) &&
         at - begin < kLongestRight) {
    const Token& token = document_.tokens[at];
    if (token.folded == "(") {  // an abbreviation in brackets
      if (document_.SameUnit(at + 2, at) &&
          document_.tokens[at + 2].folded == ")") {
        at += 3;
        continue;
      }
      break;
    }
    if (token.folded == "," || cues_.Is(Cue::kConjunction, at)) {
      if (!JoinsTopics(at)) break;
      ++at;
      first = true;
      while (document_.SameUnit(at, begin) &&
             (cues_.Is(Cue::kConjunction, at) || cues_.Is(Cue::kArticle, at))) {
        ++at;
      }
      continue;
    }
    if (token.kind == TokenKind::kSign) {
      if (token.folded != "-" || token.space_before) break;
      ++at;
      first = true;
      continue;
    }
    if (!first && (cues_.Is(Cue::kRoleLink, at) || cues_.Is(Cue::kOf, at))) {
      uint32_t next = at + 1;
      while (document_.SameUnit(next, begin) && cues_.Is(Cue::kArticle, next))
        ++next;
      if (!document_.SameUnit(next, begin) ||
          (!document_.tokens[next].capitalized &&
           !cues_.Is(Cue::kRoleTopic, next))) {
        break;
      }
      const PlaceMention* state = PlaceAt(next);
      if (cues_.Is(Cue::kOf, at) && state != nullptr &&
          state->kind == PlaceKind::kCountry && role->country_code.empty()) {
        role->country_code = state->country_code;
        role->whole_end = state->span.end;
        break;
      }
      at = next;
      first = true;
      continue;
    }
    const bool head = cues_.StartingAt(Cue::kRoleHead, at) != nullptr;
    if (!first && (head || cues_.Is(Cue::kHonorific, at))) break;
    if (!first && cues_.StartingAt(Cue::kRoleModifier, at) != nullptr &&
        !cues_.Is(Cue::kRoleTopic, at)) {
      break;
    }
    if (token.capitalized) {
      // "the Lithuanian Seimas,": a body that the vocabulary does not have.
      const bool body = !first && PlaceAt(at - 1) != nullptr &&
                        PlaceAt(at - 1)->kind == PlaceKind::kDemonym &&
                        document_.SameUnit(at + 1, at) &&
                        document_.tokens[at + 1].folded == ",";
      if (body) {
        if (role->country_code.empty()) {
          role->country_code = PlaceAt(at - 1)->country_code;
        }
        return at + 1;
      }
      const bool field = first || FieldGoesOn(document_, cues_, at);
      if (!field &&
          (names_.IsNameWord(at) || cues_.Is(Cue::kFunctionWord, at) ||
           (!cues_.Ordinary(at) && PlaceAt(at) == nullptr))) {
        break;
      }
    } else if (!cues_.Is(Cue::kRoleTopic, at)) {
      break;
    }
    first = false;
    const PlaceMention* place = PlaceAt(at);
    at = place != nullptr ? std::max(place->span.end, at + 1) : at + 1;
  }
  return at;
}

uint32_t RoleReader::ReadComplement(uint32_t at, Role* role) const {
  const bool of = cues_.Is(Cue::kOf, at);
  uint32_t begin = at + 1;
  while (document_.SameUnit(begin, at) && cues_.Is(Cue::kArticle, begin))
    ++begin;
  if (!document_.SameUnit(begin, at)) return at;
  if (of) {
    const PlaceMention* place = PlaceAt(begin);
    if (place != nullptr && place->span.begin == begin &&
        place->kind == PlaceKind::kCountry) {
      if (role->country_code.empty()) role->country_code = place->country_code;
      role->definite = true;
      role->whole_end = std::max(role->whole_end, place->span.end);
      return place->span.end;
    }
    if (const LexiconMatch* body = OrganizationAt(begin);
        body != nullptr && body->begin == begin) {
      role->organization = body->entry->qualifier;
      role->definite = true;
      role->whole_end = std::max(role->whole_end, body->end);
      return body->end;
    }
  }
  const uint32_t end = ReadTopics(begin, role);
  if (end == begin) return at;
  role->has_complement = true;
  role->has_field = role->has_field || NamesField({begin, end});
  role->span.end = end;
  role->whole_end = std::max(role->whole_end, end);
  return end;
}

bool RoleReader::PlainAt(uint32_t at) const {
  return at < document_.tokens.size() &&
         document_.tokens[at].kind == TokenKind::kWord &&
         !document_.tokens[at].capitalized && !cues_.Is(Cue::kOf, at) &&
         !cues_.Is(Cue::kRoleLink, at);
}

bool RoleReader::NamesField(TokenSpan span) const {
  for (uint32_t at = span.begin; at < span.end; ++at) {
    const Token& token = document_.tokens[at];
    const bool small = !token.capitalized && !cues_.Is(Cue::kOf, at) &&
                       !cues_.Is(Cue::kArticle, at) &&
                       !cues_.Is(Cue::kFunctionWord, at);
    if (small || cues_.Ordinary(at) || token.all_caps ||
        PlaceAt(at) != nullptr) {
      return true;
    }
  }
  return false;
}

// A noun of companies and a word that only a name can be: "Parliamentary Group"
// and "World Bank Group" are none.
bool RoleReader::NamesCompany(TokenSpan span) const {
  bool noun = false;
  bool name = false;
  for (uint32_t at = span.begin; at < span.end; ++at) {
    const Token& token = document_.tokens[at];
    if (cues_.Is(Cue::kCompanyNoun, at)) {
      noun = true;
    } else {
      name = name ||
             (token.capitalized && !token.all_caps && !cues_.Ordinary(at) &&
              PlaceAt(at) == nullptr && OrganizationAt(at) == nullptr);
    }
  }
  return noun && name;
}

void RoleReader::ReadRight(Role* role) const {
  uint32_t at = role->span.end;
  while (document_.SameUnit(at, role->head.begin) &&
         at - role->head.begin < kLongestRight) {
    // "Secretary General", "President-elect", "Ambassador at Large".
    if (const CueMatch* modifier = cues_.StartingAt(Cue::kRoleModifier, at);
        modifier != nullptr && modifier->weight < 1) {
      at = role->span.end = modifier->end;
      role->whole_end = std::max(role->whole_end, at);
      continue;
    }
    // "presidente uruguaio": the state follows the office.
    if (const PlaceMention* place = PlaceAt(at);
        place != nullptr && place->kind == PlaceKind::kDemonym &&
        place->span.begin == at && role->country_code.empty() &&
        !document_.tokens[at].capitalized) {
      role->country_code = place->country_code;
      role->definite = true;
      at = place->span.end;
      role->whole_end = std::max(role->whole_end, at);
      continue;
    }
    if (cues_.Is(Cue::kRoleLink, at) || cues_.Is(Cue::kOf, at)) {
      const uint32_t end = ReadComplement(at, role);
      if (end == at) break;
      // "director de los ferrocarriles estatales, X": the name behind tells
      // where the field ends.
      if (PlainAt(end)) {
        at =
            std::max(end, EndOfApposedComplement(document_, cues_, names_, at));
      } else {
        at = end;
      }
      if (at > end) {
        role->has_field = true;
        role->span.end = at;
        role->whole_end = std::max(role->whole_end, at);
      }
      continue;
    }
    if (document_.tokens[at].folded == "(" && document_.SameUnit(at + 2, at) &&
        document_.tokens[at + 2].folded == ")") {
      at += 3;
      role->whole_end = std::max(role->whole_end, at);
      continue;
    }
    break;
  }
  if (document_.SameUnit(at, role->head.begin)) {
    const uint32_t end = EndOfApposedComplement(document_, cues_, names_, at);
    if (end != at) {
      role->has_complement = role->has_field = true;
      at = role->span.end = end;
    }
  }
  role->whole_end = std::max(role->whole_end, at);
}

Role RoleReader::ReadField(const Role& role, uint32_t at) const {
  Role other = role;
  other.country_code.clear();
  other.organization.clear();
  other.has_complement = other.has_field = false;
  const uint32_t end = ReadComplement(at, &other);
  other.names_company = NamesCompany({at, end});
  // "presidents of Mexico, A, and of Nigeria, B": another state, same office.
  other.span = other.has_complement ? TokenSpan{at, end} : role.head;
  if (other.country_code.empty() && other.organization.empty()) {
    other.country_code = role.country_code;
    other.organization = role.organization;
  }
  other.whole_begin = at;
  other.whole_end = end;
  return other;
}

void RoleReader::FindId(Role* role) const {
  uint32_t best = 0;
  for (uint32_t at = role->span.begin; at < role->span.end; ++at) {
    if (role_of_[at] < 0) continue;
    const LexiconMatch& match = document_.matches[role_of_[at]];
    const bool covers_head =
        match.begin <= role->head.begin && match.end >= role->head.end;
    const uint32_t size = match.end - match.begin + (covers_head ? 100 : 0);
    if (size > best) {
      best = size;
      role->id = match.entry->id;
    }
  }
}

}  // namespace attache
