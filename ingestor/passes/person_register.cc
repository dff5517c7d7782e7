#include "ingestor/passes/person_register.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"

namespace attache {
namespace {

using Words = std::vector<std::string>;

bool ContainsAll(const Words& words, const Words& part) {
  return std::all_of(part.begin(), part.end(), [&](const std::string& word) {
    return absl::c_linear_search(words, word);
  });
}

// Whether two names, the last word of `words` among those of `other`, may be
// one person's.
bool MaySame(const Words& other, const Words& words) {
  return words.size() == 1 || other.size() == 1 || ContainsAll(other, words) ||
         ContainsAll(words, other) ||
         (other.back() == words.back() && other.front() == words.front());
}

}  // namespace

int PersonRegister::AddEntry() {
  entries_.emplace_back();
  return static_cast<int>(entries_.size()) - 1;
}

bool PersonRegister::InHeadline(uint32_t token) const {
  const UnitKind kind = document_.units[document_.unit_of[token]].kind;
  return kind == UnitKind::kTitle || kind == UnitKind::kHeading;
}

void PersonRegister::AddMention(int at, TokenSpan mention) {
  entries_[at].person.mentions.push_back(mention);
  entries_[at].count.Add(mention.begin, InHeadline(mention.begin));
}

void PersonRegister::AddRoleWords(int at, TokenSpan role) {
  for (std::string& word : RoleWords(role)) {
    const auto [known, added] = entries_[at].role_words.insert(std::move(word));
    if (added) by_role_word_.Add(*known, at);
  }
}

void PersonRegister::Rename(int at, TokenSpan name, Words words) {
  Entry& entry = entries_[at];
  entry.person.name = std::string(document_.TextOf(name));
  entry.person.name_span = name;
  for (const std::string& word : words) by_word_.Add(word, at);
  entry.words = std::move(words);
}

Words PersonRegister::RoleWords(TokenSpan role) const {
  Words words;
  for (uint32_t at = role.begin; at < role.end; ++at) {
    if (document_.tokens[at].kind == TokenKind::kWord) {
      words.push_back(document_.tokens[at].folded);
    }
  }
  return words;
}

int PersonRegister::FindBySurname(const Words& words) const {
  int best = -1;
  for (const int at : by_word_.With(words.back())) {
    const Words& other = entries_[at].words;
    if (!MaySame(other, words)) continue;
    // A surname at the end is likelier than one elsewhere.
    if (best < 0 || (other.back() == words.back() &&
                     entries_[best].words.back() != words.back())) {
      best = at;
    }
  }
  return best;
}

int PersonRegister::FindByName(const Words& words) const {
  if (words.empty()) return -1;
  const int best = FindBySurname(words);
  if (best >= 0 || words.size() == 1) return best;
  // The longer form of a name that came by surname alone.
  for (const std::string& word : words) {
    for (const int at : by_word_.With(word)) {
      if (entries_[at].words.size() == 1) return at;
    }
  }
  return -1;
}

void PersonRegister::Describe(int at, const Role& role) {
  Person& person = entries_[at].person;
  const bool is_private =
      role.country_code.empty() && role.organization.empty() &&
      (role.names_company || (role.of_companies && !role.has_field));
  // A headline shortens the office: "Chairman of Nordmine".
  const bool shortened = entries_[at].of_company && InHeadline(role.span.begin);
  entries_[at].of_company = entries_[at].of_company || role.names_company;
  if (!role.former && !is_private && !shortened) person.holds_office = true;
  if (person.role.empty()) {
    person.role = std::string(document_.TextOf(role.span));
    person.role_span = role.span;
    person.role_id = role.id;
  }
  if (person.role_id.empty()) person.role_id = role.id;
  SetState(at, role.country_code, role.organization);
  if (!person.role_id.empty()) by_role_id_.Add(person.role_id, at);
}

void PersonRegister::SetState(int at, const std::string& country_code,
                              const std::string& organization) {
  Person& person = entries_[at].person;
  if (!person.country_code.empty() || !person.organization.empty()) return;
  person.organization = organization;
  if (!organization.empty() || country_code.empty()) return;
  person.country_code = country_code;
  by_country_.Add(country_code, at);
}

int PersonRegister::AddNamed(const Role* role, TokenSpan name,
                             TokenSpan whole) {
  Words words = names_.KeyWords(name);
  if (words.empty()) return -1;
  int at = FindByName(words);
  if (at < 0) at = AddEntry();
  Entry& entry = entries_[at];
  Person& person = entry.person;
  if (words.size() > entry.words.size()) {
    Rename(at, name, std::move(words));
    // The office beside the full name is the full office.
    if (role != nullptr) person.role.clear();
  } else if (words.size() == entry.words.size() &&
             name.end - name.begin >
                 person.name_span.end - person.name_span.begin) {
    person.name = std::string(document_.TextOf(name));
    person.name_span = name;
  }
  if (role != nullptr) {
    Describe(at, *role);
    AddRoleWords(at, role->span);
  }
  AddMention(at, whole);
  return at;
}

void PersonRegister::AddLeader(TokenSpan name, const std::string& country_code,
                               const std::string& organization) {
  const int at = AddNamed(nullptr, name, name);
  if (at < 0) return;
  entries_[at].person.holds_office = true;
  SetState(at, country_code, organization);
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

// The first officer whom the text calls by office alone, if it opens with them.
int PersonRegister::OpeningOfficer() const {
  constexpr size_t kOfficerSentences = 3;  // in which the officer comes up
  const auto begin = [&](int at) {
    return entries_[at].person.mentions.front().begin;
  };
  int officer = -1;
  for (int at = 0; at < static_cast<int>(entries_.size()); ++at) {
    const Person& person = entries_[at].person;
    if (!person.name.empty() || !person.holds_office) continue;
    if (officer < 0 || begin(at) < begin(officer)) officer = at;
  }
  const auto& sentences = document_.sentences;
  if (officer < 0 || sentences.empty()) return -1;
  const size_t last = std::min(kOfficerSentences, sentences.size()) - 1;
  return begin(officer) < sentences[last].tokens.end ? officer : -1;
}

void PersonRegister::NameOpeningOfficer(const std::vector<bool>& taken) {
  constexpr size_t kFarthest = 10;  // sentences
  const int officer = OpeningOfficer();
  if (officer < 0) return;
  const auto& sentences = document_.sentences;
  for (size_t s = 1; s < std::min(sentences.size(), kFarthest); ++s) {
    const uint32_t at = sentences[s].tokens.begin;
    if (sentences[s].tokens.empty() || taken[at] ||
        at < entries_[officer].person.mentions.front().begin ||
        document_.units[sentences[s].unit].kind != UnitKind::kParagraph) {
      continue;
    }
    const TokenSpan name = names_.Forward(at);
    if (name.empty() || names_.WordCount(name) < 2 || taken[name.end - 1]) {
      continue;
    }
    Words words = names_.KeyWords(name);
    if (words.size() < 2 || FindByName(words) >= 0 ||
        !ProvesPerson(name, words)) {
      continue;
    }
    Rename(officer, name, std::move(words));
    entries_[officer].person.confidence = 0.8f;
    return;
  }
}

void PersonRegister::AddSurnames(const std::vector<bool>& taken) {
  for (uint32_t at = 0; at < document_.tokens.size(); ++at) {
    if (taken[at] || !document_.tokens[at].capitalized) continue;
    const TokenSpan name = names_.Forward(at);
    if (name.empty()) continue;
    const int known = FindByName(names_.KeyWords(name));
    if (known >= 0) {
      entries_[known].person.mentions.push_back(name);
      at = name.end - 1;
      continue;
    }
    // The words one by one: "SBO Kamian".
    const std::vector<int>& bearers =
        by_word_.With(document_.tokens[at].folded);
    if (!bearers.empty() && names_.IsNameWord(at)) {
      entries_[bearers.front()].person.mentions.push_back({at, at + 1});
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
  std::vector<Person> persons;
  persons.reserve(entries_.size());
  for (Entry& entry : entries_) persons.push_back(std::move(entry.person));
  for (Person& person : persons) {
    std::sort(person.mentions.begin(), person.mentions.end(),
              [](const TokenSpan& a, const TokenSpan& b) {
                return a.begin < b.begin;
              });
  }
  std::stable_sort(persons.begin(), persons.end(),
                   [](const Person& a, const Person& b) {
                     return a.mentions.front().begin < b.mentions.front().begin;
                   });
  return persons;
}

}  // namespace attache
