// The extent of an office in the text, and the state or body that it serves.
#ifndef ATTACHE_INGESTOR_PASSES_PERSON_ROLES_H_
#define ATTACHE_INGESTOR_PASSES_PERSON_ROLES_H_

#include <string>
#include <vector>

#include "common/vocabulary/vocabulary.h"
#include "ingestor/document.h"
#include "ingestor/passes/cue_index.h"
#include "ingestor/passes/find_places.h"
#include "ingestor/passes/person_names.h"

namespace attache {

// An office as written.
struct Role {
  // Without the state or body before it: "Special Envoy for Yemen".
  TokenSpan span;
  TokenSpan head;            // "Envoy"
  uint32_t whole_begin = 0;  // with state, article and possessor
  uint32_t whole_end = 0;    // with what follows the office: "of Peru"
  std::string id;            // vocabulary id
  std::string country_code;
  std::string organization;
  bool plural = false;    // "Ministers"
  bool definite = false;  // "the Secretary", "Japan's foreign minister"
  bool has_complement = false;
  // The complement is more than a name: "of Energy", but not "of Nordmine".
  bool has_field = false;
  // The complement names a company: "of Nordmine Holdings".
  bool names_company = false;
  bool former = false;
  // The head noun is one that companies have too ("director").
  bool of_companies = false;
  // The head noun is an office only beside a name ("head of").
  bool needs_name = false;
};

// Reads offices. Refers to its inputs, which must outlive it. Thread-safe.
class RoleReader {
 public:
  RoleReader(const Document& document, const CueIndex& cues,
             const NameReader& names, const std::vector<PlaceMention>& places);

  // The office whose head noun is `head`. O(length of the phrase).
  Role Read(const CueMatch& head, bool plural) const;

  // Every office of the document in text order, without those that are part of
  // another. O(tokens).
  std::vector<Role> ReadAll() const;

  // The same office with the other field that is named at `at`: "ministers of
  // Finance, ..., of Health".
  Role ReadField(const Role& role, uint32_t at) const;

  // The place and the longest organization that cover a token; null for none.
  const PlaceMention* PlaceAt(uint32_t token) const;
  const LexiconMatch* OrganizationAt(uint32_t token) const;

 private:
  void ReadLeft(Role* role) const;
  void ReadOwner(Role* role) const;
  void ReadRight(Role* role) const;
  // Reads what follows a link such as "of": returns its end, or `at`.
  uint32_t ReadComplement(uint32_t at, Role* role) const;
  uint32_t ReadTopics(uint32_t at, Role* role) const;
  bool JoinsTopics(uint32_t at) const;
  bool NamesField(TokenSpan span) const;
  bool NamesCompany(TokenSpan span) const;
  // Whether a word in lower case stands at `at`, and no link.
  bool PlainAt(uint32_t at) const;
  void FindId(Role* role) const;

  const PlaceMention* PlaceEndingAt(uint32_t end) const;

  const Document& document_;
  const CueIndex& cues_;
  const NameReader& names_;
  // By token: index of the place and of the longest organization and role
  // that cover it, or -1.
  std::vector<int32_t> place_of_;
  std::vector<int32_t> organization_of_;
  std::vector<int32_t> role_of_;
  const std::vector<PlaceMention>& places_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_PERSON_ROLES_H_
