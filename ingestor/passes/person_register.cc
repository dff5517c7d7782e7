#include "ingestor/passes/person_register.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace attache {
namespace {

using Words = std::vector<std::string>;

bool Contains(const Words& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool ContainsAll(const Words& words, const Words& part) {
  return std::all_of(part.begin(), part.end(), [&](const std::string& word) {
    return Contains(words, word);
  });
}

}  // namespace

Words PersonRegister::RoleWords(TokenSpan role) const {
  Words words;
  for (uint32_t at = role.begin; at < role.end; ++at) {
    if (document_.tokens[at].kind == TokenKind::kWord) {
      words.push_back(document_.tokens[at].folded);
    }
  }
  return words;
}

int PersonRegister::FindByName(const Words& words) const {
  if (words.empty()) return -1;
  const auto found = by_word_.find(words.back());
  int best = -1;
  if (found != by_word_.end()) {
    for (const int person : found->second) {
      const Words& other = words_[person];
      const bool same =
          words.size() == 1 || other.size() == 1 || ContainsAll(other, words) ||
          ContainsAll(words, other) ||
          (other.back() == words.back() && other.front() == words.front());
      if (!same) continue;
      // A surname at the end is likelier than one elsewhere.
      if (best < 0 || (other.back() == words.back() &&
                       words_[best].back() != words.back())) {
        best = person;
      }
    }
  }
  if (best >= 0 || words.size() == 1) return best;
  // The longer form of a name that came by surname alone.
  for (const std::string& word : words) {
    const auto known = by_word_.find(word);
    if (known == by_word_.end()) continue;
    for (const int person : known->second) {
      if (words_[person].size() == 1) return person;
    }
  }
  return -1;
}

void PersonRegister::Describe(Person* person, const Role& role) const {
  const bool is_private = role.of_companies && !role.has_complement &&
                          role.country_code.empty() &&
                          role.organization.empty();
  if (!role.former && !is_private) person->holds_office = true;
  if (person->role.empty()) {
    person->role = std::string(document_.TextOf(role.span));
    person->role_span = role.span;
    person->role_id = role.id;
  }
  if (person->role_id.empty()) person->role_id = role.id;
  if (person->country_code.empty() && person->organization.empty()) {
    person->country_code = role.country_code;
    person->organization = role.organization;
    if (!role.organization.empty()) person->country_code.clear();
  }
}

void PersonRegister::AddNamed(const Role* role, TokenSpan name,
                              TokenSpan whole) {
  const Words words = names_.KeyWords(name);
  if (words.empty()) return;
  int at = FindByName(words);
  if (at < 0) {
    at = static_cast<int>(persons_.size());
    persons_.emplace_back();
    words_.emplace_back();
    role_words_.emplace_back();
  }
  Person& person = persons_[at];
  const bool fuller = words.size() > words_[at].size();
  if (fuller ||
      (words.size() == words_[at].size() &&
       name.end - name.begin > person.name_span.end - person.name_span.begin)) {
    person.name = std::string(document_.TextOf(name));
    person.name_span = name;
  }
  if (fuller) {
    for (const std::string& word : words) {
      if (!Contains(words_[at], word)) by_word_[word].push_back(at);
    }
    words_[at] = words;
    // The office beside the full name is the full office.
    if (role != nullptr) person.role.clear();
  }
  if (role != nullptr) {
    Describe(&person, *role);
    for (std::string& word : RoleWords(role->span)) {
      if (!Contains(role_words_[at], word)) {
        role_words_[at].push_back(std::move(word));
      }
    }
  }
  person.mentions.push_back(whole);
}

int PersonRegister::FindByOffice(const Role& role) const {
  const Words words = RoleWords(role.span);
  int best = -1;
  size_t most = 0;
  uint32_t earliest = 0;
  for (size_t i = 0; i < persons_.size(); ++i) {
    if (!ContainsAll(role_words_[i], words)) continue;
    const Person& person = persons_[i];
    if (!role.country_code.empty() && !person.country_code.empty() &&
        role.country_code != person.country_code) {
      continue;
    }
    if (!role.organization.empty() &&
        role.organization != person.organization) {
      continue;
    }
    // The one that the text speaks of most so far, of equals the first.
    size_t count = 0;
    uint32_t first = role.span.begin;
    for (const TokenSpan& mention : person.mentions) {
      if (mention.begin >= role.span.begin) continue;
      ++count;
      first = std::min(first, mention.begin);
    }
    if (count > most || (count == most && count > 0 && first < earliest)) {
      most = count;
      earliest = first;
      best = static_cast<int>(i);
    }
  }
  if (best >= 0) return best;
  // A headline names an office before the text names its holder.
  const UnitKind kind =
      document_.units[document_.unit_of[role.span.begin]].kind;
  if (kind != UnitKind::kTitle && kind != UnitKind::kHeading) return -1;
  for (size_t i = 0; i < persons_.size(); ++i) {
    const std::string& state = persons_[i].country_code;
    if (ContainsAll(role_words_[i], words) &&
        (role.country_code.empty() || state.empty() ||
         role.country_code == state) &&
        (best < 0 || persons_[i].mentions.front().begin <
                         persons_[best].mentions.front().begin)) {
      best = static_cast<int>(i);
    }
  }
  if (best >= 0) return best;
  // Its capitals make more of an office than there is ("Commissioner on the
  // Road"): the only one of that noun.
  const std::string& noun = document_.tokens[role.head.begin].folded;
  for (size_t i = 0; i < persons_.size(); ++i) {
    const std::string& state = persons_[i].country_code;
    if (persons_[i].name.empty() || !Contains(role_words_[i], noun) ||
        (!role.country_code.empty() && !state.empty() &&
         role.country_code != state)) {
      continue;
    }
    if (best >= 0) return -1;
    best = static_cast<int>(i);
  }
  return best;
}

bool PersonRegister::AddCompatriot(const Role& role, TokenSpan whole) {
  if (role.plural || role.country_code.empty()) return false;
  Person* best = nullptr;
  for (Person& person : persons_) {
    const bool known = person.country_code == role.country_code &&
                       person.mentions.front().begin < whole.begin;
    if (!known || person.name.empty()) continue;
    if (best == nullptr || person.mentions.size() > best->mentions.size()) {
      best = &person;
    }
  }
  if (best == nullptr) return false;
  best->mentions.push_back(whole);
  return true;
}

// "Chanceler angolano" above "o ministro das Relações Exteriores de Angola, X",
// "the premier" below "Prime Minister X": two words for one office.
bool PersonRegister::AddBySameOffice(const Role& role, TokenSpan whole) {
  if (role.id.empty() || role.has_complement ||
      !(role.definite || !role.country_code.empty())) {
    return false;
  }
  Person* holder = nullptr;
  for (Person& person : persons_) {
    if (person.name.empty() || person.role_id != role.id ||
        (!role.country_code.empty() &&
         person.country_code != role.country_code)) {
      continue;
    }
    if (holder != nullptr) return false;  // not clear which one
    holder = &person;
  }
  if (holder == nullptr) return false;
  holder->mentions.push_back(whole);
  return true;
}

void PersonRegister::AddOffice(const Role& role, TokenSpan whole) {
  if (role.plural) return;
  const int known = FindByOffice(role);
  if (known >= 0) {
    // "Omani Foreign Minister" in the headline, "Foreign Minister X" below.
    Describe(&persons_[known], role);
    persons_[known].mentions.push_back(whole);
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
  Person person;
  Describe(&person, role);
  person.mentions.push_back(whole);
  person.confidence = 0.7f;
  persons_.push_back(std::move(person));
  words_.emplace_back();
  role_words_.push_back(RoleWords(role.span));
}

bool PersonRegister::ProvesPerson(TokenSpan name, const Words& words) const {
  const auto& tokens = document_.tokens;
  for (const LexiconMatch& match : document_.MatchesIn(
           {name.end, std::min<uint32_t>(name.end + 2, tokens.size())})) {
    if (match.entry->kind == EntryKind::kCue && match.entry->id == "relative") {
      return true;
    }
  }
  for (uint32_t at = name.end; at < tokens.size(); ++at) {
    if (tokens[at].capitalized && tokens[at].folded == words.back() &&
        tokens[at - 1].folded != words[words.size() - 2]) {
      return true;
    }
  }
  return false;
}

void PersonRegister::NameOpeningOfficer(const std::vector<bool>& taken) {
  constexpr size_t kOpening = 3;  // sentences in which the officer comes up
  constexpr size_t kFarthest = 10;
  Person* officer = nullptr;
  for (Person& person : persons_) {
    if (!person.name.empty() || !person.holds_office) continue;
    if (officer == nullptr ||
        person.mentions.front().begin < officer->mentions.front().begin) {
      officer = &person;
    }
  }
  const auto& sentences = document_.sentences;
  if (officer == nullptr || sentences.size() < kOpening ||
      officer->mentions.front().begin >= sentences[kOpening - 1].tokens.end) {
    return;
  }
  for (size_t s = 1; s < std::min(sentences.size(), kFarthest); ++s) {
    const uint32_t at = sentences[s].tokens.begin;
    if (sentences[s].tokens.empty() || taken[at] ||
        at < officer->mentions.front().begin ||
        document_.units[sentences[s].unit].kind != UnitKind::kParagraph) {
      continue;
    }
    const TokenSpan name = names_.Forward(at);
    if (name.empty() || names_.WordCount(name) < 2 || taken[name.end - 1]) {
      continue;
    }
    const Words words = names_.KeyWords(name);
    if (words.size() < 2 || FindByName(words) >= 0 ||
        !ProvesPerson(name, words)) {
      continue;
    }
    const size_t index = officer - persons_.data();
    officer->name = std::string(document_.TextOf(name));
    officer->name_span = name;
    officer->confidence = 0.8f;
    for (const std::string& word : words) {
      by_word_[word].push_back(static_cast<int>(index));
    }
    words_[index] = words;
    return;
  }
}

void PersonRegister::AddSurnames(const std::vector<bool>& taken) {
  for (uint32_t at = 0; at < document_.tokens.size(); ++at) {
    if (taken[at] || !document_.tokens[at].capitalized) continue;
    const TokenSpan name = names_.Forward(at);
    if (name.empty()) continue;
    const int person = FindByName(names_.KeyWords(name));
    if (person >= 0) {
      persons_[person].mentions.push_back(name);
      at = name.end - 1;
      continue;
    }
    // The words one by one: "SBO Kamian".
    const auto found = by_word_.find(document_.tokens[at].folded);
    if (found != by_word_.end() && names_.IsNameWord(at)) {
      persons_[found->second.front()].mentions.push_back({at, at + 1});
    }
  }
}

TokenSpan PersonRegister::KnownPart(TokenSpan name) const {
  for (uint32_t end = name.end; end > name.begin; --end) {
    const Words words = names_.KeyWords({name.begin, end});
    if (!words.empty() && FindByName(words) >= 0) return {name.begin, end};
  }
  return name;
}

std::vector<Person> PersonRegister::Finish() && {
  for (Person& person : persons_) {
    std::sort(person.mentions.begin(), person.mentions.end(),
              [](const TokenSpan& a, const TokenSpan& b) {
                return a.begin < b.begin;
              });
  }
  std::stable_sort(persons_.begin(), persons_.end(),
                   [](const Person& a, const Person& b) {
                     return a.mentions.front().begin < b.mentions.front().begin;
                   });
  return std::move(persons_);
}

}  // namespace attache
