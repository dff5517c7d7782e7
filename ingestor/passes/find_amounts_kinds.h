// What kind of sum an amount is: hoped for, pledged, signed, or background.
#ifndef ATTACHE_INGESTOR_PASSES_FIND_AMOUNTS_KINDS_H_
#define ATTACHE_INGESTOR_PASSES_FIND_AMOUNTS_KINDS_H_

#include <vector>

#include "ingestor/document.h"
#include "ingestor/passes/find_amounts.h"
#include "ingestor/passes/find_amounts_words.h"

namespace attache {

// Immutable and thread-safe once built. Document and words must outlive it.
class AmountKinds {
 public:
  AmountKinds(const Document& document, const AmountWords& words);

  // By the cues around `span`: the strongest in its sentence, where near ones
  // count more; else those of its column's header, of the rest of its row, of
  // the line that introduces its list or table, of its heading. kUnspecified
  // where there is none. O(sentence).
  AmountKind At(TokenSpan span) const;

  // The header cell of the column in which `unit` is a cell, or -1.
  int32_t HeaderOf(uint32_t unit) const { return places_[unit].header; }

 private:
  struct Place {
    int32_t header = -1;  // units, or -1
    int32_t intro = -1;
    int32_t table = -1;
    uint32_t row = 0;
  };
  // The units that say what `unit` is about, nearest first.
  std::vector<uint32_t> ContextOf(uint32_t unit) const;

  const Document& document_;
  const AmountWords& words_;
  std::vector<Place> places_;  // by unit
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_FIND_AMOUNTS_KINDS_H_
