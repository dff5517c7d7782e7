// Countries, places and regions that the text names.
#ifndef ATTACHE_INGESTOR_PASSES_FIND_PLACES_H_
#define ATTACHE_INGESTOR_PASSES_FIND_PLACES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/issue.h"
#include "common/vocabulary/vocabulary.h"
#include "ingestor/document.h"
#include "ingestor/passes/cue_index.h"

namespace attache {

enum class PlaceKind : uint8_t { kCountry, kDemonym, kPlace, kRegion };

// One mention, ambiguities decided.
struct PlaceMention {
  PlaceKind kind = PlaceKind::kCountry;
  TokenSpan span;
  std::string country_code;      // alpha-2; empty for a region
  std::string sovereign;         // the state whose territory the country is
  std::string region_id;         // with kRegion
  const Place* place = nullptr;  // with kPlace
  // A capital or seat of power that stands for its government or for a body
  // that sits there ("Beijing has objected", "Brussels adopted a directive").
  bool as_government = false;
  // Part of a name that does not speak of the country: a treaty, university,
  // newspaper, embassy or company named for it, a sea or peninsula, a person.
  bool inside_name = false;
  float confidence = 1;
};

// In text order; no two overlap. REQUIRES: `cues` is of `document`.
std::vector<PlaceMention> FindPlaces(const Document& document,
                                     const CueIndex& cues,
                                     const Vocabulary& vocabulary,
                                     IssueSink& issues);

// Whether the place lies in `state` or in a territory of it: Martinique lies in
// France. A region lies in no state, which is "".
bool LiesIn(const PlaceMention& place, absl::string_view state);

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_FIND_PLACES_H_
