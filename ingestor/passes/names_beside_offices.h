// The names that stand before and behind an office.
#ifndef ATTACHE_INGESTOR_PASSES_NAMES_BESIDE_OFFICES_H_
#define ATTACHE_INGESTOR_PASSES_NAMES_BESIDE_OFFICES_H_

#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "ingestor/document.h"
#include "ingestor/passes/cue_index.h"
#include "ingestor/passes/person_names.h"
#include "ingestor/passes/person_register.h"
#include "ingestor/passes/person_roles.h"

namespace attache {

// Refers to its inputs, which must outlive it. Not thread-safe where the
// register is written meanwhile. Every method O(length of office and name).
class NamesBesideOffices {
 public:
  NamesBesideOffices(const Document& document, const CueIndex& cues,
                     const NameReader& names, const PersonRegister& known);

  // The name that begins at `begin`; of a headline, which capitalises every
  // word, the part that names somebody known. Empty if none does.
  TokenSpan At(uint32_t begin) const;

  // The name behind an office, with what may stand between: "the Minister of
  // Finance, Dr. Ana Prieto,". Empty if there is none.
  TokenSpan Behind(const Role& role) const;

  // "Stephen Sklenka, Deputy Commander of ...", "Ana Prieto (Minister of
  // Trade)": the name that stands before. Empty if there is none.
  TokenSpan Before(const Role& role) const;

 private:
  TokenSpan LowerCaseName(uint32_t at) const;
  TokenSpan WithoutField(const Role& role, TokenSpan name) const;
  bool EndsApposition(uint32_t at, uint32_t in) const;

  const Document& document_;
  const CueIndex& cues_;
  const NameReader& names_;
  const PersonRegister& known_;
  // How often a folded word stands in capitals.
  absl::flat_hash_map<absl::string_view, int> capitalized_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_NAMES_BESIDE_OFFICES_H_
