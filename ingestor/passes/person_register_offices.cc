// Who is meant by an office alone: "the minister", "the Peruvian leader".
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "ingestor/passes/person_register.h"

namespace attache {
namespace {

using Words = std::vector<std::string>;

// Where either names no state, nothing speaks against it.
bool MayServe(const Person& person, const Role& role) {
  return role.country_code.empty() || person.country_code.empty() ||
         role.country_code == person.country_code;
}

}  // namespace

std::vector<int> PersonRegister::OfficersWith(const Words& words) const {
  const std::vector<int>* fewest = nullptr;
  for (const std::string& word : words) {
    const std::vector<int>& persons = by_role_word_.With(word);
    if (fewest == nullptr || persons.size() < fewest->size()) {
      fewest = &persons;
    }
  }
  std::vector<int> officers;
  if (fewest == nullptr) return officers;
  for (const int at : *fewest) {
    const auto& known = entries_[at].role_words;
    if (std::all_of(words.begin(), words.end(), [&](const std::string& word) {
          return known.contains(word);
        })) {
      officers.push_back(at);
    }
  }
  return officers;
}

// The one that the text speaks of most so far, of equals the first.
int PersonRegister::MostSpokenOf(const Role& role,
                                 const std::vector<int>& officers) const {
  int best = -1;
  size_t most = 0;
  uint32_t earliest = 0;
  for (const int at : officers) {
    const Person& person = entries_[at].person;
    if (!MayServe(person, role) || (!role.organization.empty() &&
                                    role.organization != person.organization)) {
      continue;
    }
    const size_t count = entries_[at].count.Before(role.span.begin);
    if (count == 0 || count < most) continue;
    const uint32_t first = entries_[at].count.First();
    if (count > most || first < earliest) {
      most = count;
      earliest = first;
      best = at;
    }
  }
  return best;
}

// The one that the text comes to first.
int PersonRegister::FirstOf(const Role& role,
                            const std::vector<int>& officers) const {
  const auto begin = [&](int at) {
    return entries_[at].person.mentions.front().begin;
  };
  int best = -1;
  for (const int at : officers) {
    if (!MayServe(entries_[at].person, role)) continue;
    if (best < 0 || begin(at) < begin(best)) best = at;
  }
  return best;
}

int PersonRegister::FirstOfNoun(const Role& role) const {
  std::vector<int> named;
  for (const int at :
       by_role_word_.With(document_.tokens[role.head.begin].folded)) {
    if (!entries_[at].person.name.empty()) named.push_back(at);
  }
  return FirstOf(role, named);
}

int PersonRegister::FirstNamedInText() const {
  const auto& sentences = document_.sentences;
  const auto opening =
      std::find_if(sentences.begin(), sentences.end(), [&](const Sentence& s) {
        return !s.tokens.empty() && !InHeadline(s.tokens.begin) &&
               document_.units[s.unit].kind == UnitKind::kParagraph;
      });
  if (opening == sentences.end()) return -1;
  int best = -1;
  uint32_t earliest = opening->tokens.end;
  for (int at = 0; at < static_cast<int>(entries_.size()); ++at) {
    const Person& person = entries_[at].person;
    // A spokesperson speaks for whom the headline means.
    if (person.name.empty() || !person.holds_office ||
        person.role_id == "spokesperson") {
      continue;
    }
    const uint32_t first = person.mentions.front().begin;
    if (first >= opening->tokens.begin && first < earliest) {
      earliest = first;
      best = at;
    }
  }
  return best;
}

int PersonRegister::FindByOffice(const Role& role) const {
  const std::vector<int> officers = OfficersWith(RoleWords(role.span));
  int best = MostSpokenOf(role, officers);
  if (best >= 0 || !InHeadline(role.span.begin)) return best;
  // A headline names an office before the text names its holder.
  best = FirstOf(role, officers);
  if (best >= 0) return best;
  // Its capitals make more of an office than there is ("Commissioner on the
  // Road"), and it leaves out what the text says.
  best = FirstOfNoun(role);
  if (best >= 0) return best;
  // "Boss of utility flies to Rome": a word for whoever the text opens with.
  const bool says_whom = !role.id.empty() || !role.country_code.empty() ||
                         !role.organization.empty();
  return role.whole_begin == 0 && !says_whom ? FirstNamedInText() : -1;
}

bool PersonRegister::AddCompatriot(const Role& role, TokenSpan whole) {
  if (role.plural || role.country_code.empty()) return false;
  int best = -1;
  size_t most = 0;
  for (const int at : by_country_.With(role.country_code)) {
    const Person& person = entries_[at].person;
    if (person.name.empty() || person.mentions.front().begin >= whole.begin) {
      continue;
    }
    const size_t count = person.mentions.size();
    if (count > most || (count == most && at < best)) {
      most = count;
      best = at;
    }
  }
  if (best < 0) return false;
  AddMention(best, whole);
  return true;
}

// "Chanceler angolano" above "o ministro das Relações Exteriores de Angola, X",
// "the premier" below "Prime Minister X": two words for one office.
bool PersonRegister::AddBySameOffice(const Role& role, TokenSpan whole) {
  if (role.id.empty() || role.has_complement ||
      !(role.definite || !role.country_code.empty())) {
    return false;
  }
  int holder = -1;
  for (const int at : by_role_id_.With(role.id)) {
    const Person& person = entries_[at].person;
    if (person.name.empty() || person.role_id != role.id ||
        (!role.country_code.empty() &&
         person.country_code != role.country_code)) {
      continue;
    }
    if (holder >= 0) return false;  // not clear which one
    holder = at;
  }
  if (holder < 0) return false;
  AddMention(holder, whole);
  return true;
}

void PersonRegister::AddOffice(const Role& role, TokenSpan whole) {
  if (role.plural) return;
  // Where both name the state, the office says more than its noun: a "deputy
  // premier" of Nepal is no "vice premier" of China.
  if (!role.country_code.empty() && AddBySameOffice(role, whole)) return;
  const int known = FindByOffice(role);
  if (known >= 0) {
    // "Omani Foreign Minister" in the headline, "Foreign Minister X" below.
    Describe(known, role);
    AddMention(known, whole);
    return;
  }
  if (AddBySameOffice(role, whole)) return;
  const bool capital = document_.tokens[role.head.begin].capitalized;
  const bool placed = !role.country_code.empty() || !role.organization.empty();
  // "a minister", "ambassadors": nobody in particular.
  if (!(role.definite && (placed || capital)) &&
      !(capital && role.has_complement) && !(capital && placed)) {
    return;
  }
  const int at = AddEntry();
  entries_[at].person.confidence = 0.7f;
  Describe(at, role);
  AddRoleWords(at, role.span);
  AddMention(at, whole);
}

}  // namespace attache
