// Which mentions of persons speak of the same one.
#ifndef ATTACHE_INGESTOR_PASSES_PERSON_REGISTER_H_
#define ATTACHE_INGESTOR_PASSES_PERSON_REGISTER_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "ingestor/document.h"
#include "ingestor/passes/find_people.h"
#include "ingestor/passes/person_index.h"
#include "ingestor/passes/person_names.h"
#include "ingestor/passes/person_roles.h"

namespace attache {

// The persons met so far. Not thread-safe; one call of FindPeople owns it. A
// mention is compared with no more than PersonsByKey::kMostSharing persons for
// each of its words.
class PersonRegister {
 public:
  PersonRegister(const Document& document, const NameReader& names)
      : document_(document), names_(names) {}

  // A person named in full or by surname; `role` is null for a name alone.
  // `whole` covers office and name. Returns who it is, an index into entries_;
  // -1 where the name holds no word of one.
  int AddNamed(const Role* role, TokenSpan name, TokenSpan whole);

  // Somebody who leads a delegation of a state's body, and is of `country_code`
  // or `organization`, where no office tells so.
  void AddLeader(TokenSpan name, const std::string& country_code,
                 const std::string& organization);

  // A person called by office alone: one that is known, or a new unnamed one
  // where the office is held by one person at a time.
  void AddOffice(const Role& role, TokenSpan whole);

  // Another word for an officer whose state tells who is meant, among those
  // named before: "the Peruvian leader". False where nobody fits.
  bool AddCompatriot(const Role& role, TokenSpan whole);

  // Names an officer whom the text opens with by office alone: "Niger's leader
  // is due in Berlin. Issoufou Maidagi, whose country ..." The name is the
  // first of two words or more that opens a sentence close behind, is nobody
  // else's, and proves to be a person's: "who" follows, or the last word stands
  // alone further on. `taken` as for AddSurnames.
  void NameOpeningOfficer(const std::vector<bool>& taken);

  // Every further mention by a word of a known name; `taken` says by token
  // what the mentions so far cover.
  void AddSurnames(const std::vector<bool>& taken);

  // The beginning of `name` that names a known person; all of it otherwise.
  // Headlines capitalise every word, so what follows a name looks like one.
  TokenSpan KnownPart(TokenSpan name) const;

  // Whether a token stands in the title or a heading.
  bool InHeadline(uint32_t token) const;

  // In the order of first mention.
  std::vector<Person> Finish() &&;

 private:
  // A person and what they are recognised by.
  struct Entry {
    Person person;
    std::vector<std::string> words;  // of the fullest name
    absl::flat_hash_set<std::string> role_words;
    bool of_company = false;  // one of their offices names a company
    MentionCount count;       // of the mentions that AddSurnames did not add
  };

  int AddEntry();
  void AddMention(int at, TokenSpan mention);
  void AddRoleWords(int at, TokenSpan role);
  // Takes a fuller name over.
  void Rename(int at, TokenSpan name, std::vector<std::string> words);
  void Describe(int at, const Role& role);
  // Where neither is known yet; an organization counts before a state.
  void SetState(int at, const std::string& country_code,
                const std::string& organization);

  bool ProvesPerson(TokenSpan name,
                    const std::vector<std::string>& words) const;
  bool AddBySameOffice(const Role& role, TokenSpan whole);

  // Each returns an index into entries_, or -1.
  int FindByName(const std::vector<std::string>& words) const;
  int FindBySurname(const std::vector<std::string>& words) const;
  int FindByOffice(const Role& role) const;
  int MostSpokenOf(const Role& role, const std::vector<int>& officers) const;
  int FirstOf(const Role& role, const std::vector<int>& officers) const;
  int FirstOfNoun(const Role& role) const;
  int FirstNamedInText() const;
  int OpeningOfficer() const;

  // Those in whose offices every one of `words` stands.
  std::vector<int> OfficersWith(const std::vector<std::string>& words) const;
  std::vector<std::string> RoleWords(TokenSpan role) const;

  const Document& document_;
  const NameReader& names_;
  std::vector<Entry> entries_;
  PersonsByKey by_word_;  // of the name
  PersonsByKey by_role_word_;
  PersonsByKey by_role_id_;
  PersonsByKey by_country_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_PERSON_REGISTER_H_
