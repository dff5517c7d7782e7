// Which of the currencies of one name ("pesos", "dollars") a text means.
#ifndef ATTACHE_INGESTOR_PASSES_CURRENCY_FAMILIES_H_
#define ATTACHE_INGESTOR_PASSES_CURRENCY_FAMILIES_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "common/vocabulary/vocabulary.h"
#include "ingestor/document.h"

namespace attache {

// Immutable and thread-safe once built; keeps neither argument.
class CurrencyFamilies {
 public:
  // Counts the countries that the document names.
  CurrencyFamilies(const Document& document, const Vocabulary& vocabulary);

  // `family`: codes separated by spaces. That of them whose countries the
  // document names most; with a "*" behind it, a code stands also where none
  // of the countries is named twice, and against the others where its own is.
  // Empty where the document leaves it open.
  std::string Resolve(absl::string_view family) const;

 private:
  absl::flat_hash_map<std::string, int> mentions_;  // by currency
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_CURRENCY_FAMILIES_H_
