// Names of countries, places and regions, with all that each may stand for.
#ifndef ATTACHE_INGESTOR_PASSES_PLACE_NAMES_H_
#define ATTACHE_INGESTOR_PASSES_PLACE_NAMES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "common/vocabulary/vocabulary.h"
#include "ingestor/document.h"
#include "ingestor/passes/cue_index.h"
#include "ingestor/passes/find_places.h"

namespace attache {

// One thing that a name may stand for. `place` belongs to the vocabulary.
struct PlaceMeaning {
  PlaceKind kind = PlaceKind::kCountry;
  std::string id;  // alpha-2, or the region's id
  const Place* place = nullptr;
};

// A name in the text with all its meanings, one at least.
struct PlaceName {
  TokenSpan span;
  std::vector<PlaceMeaning> meanings;
};

// The names of the text, leftmost and longest first, in text order. O(matches).
std::vector<PlaceName> ReadPlaceNames(const Document& document,
                                      const Vocabulary& vocabulary);

// "Paris, Texas", "Nogales (Sonora)", "Santiago, the Dominican Republic's
// second city", "Córdoba, en Argentina": the name that qualifies names[i];
// nullptr where none does. O(1).
const PlaceName* Qualifier(const Document& document, const CueIndex& cues,
                           const std::vector<PlaceName>& names, size_t i);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_PLACE_NAMES_H_
