// Which of its meanings the name of a place has in a text.
#ifndef ATTACHE_INGESTOR_PASSES_CHOOSE_PLACES_H_
#define ATTACHE_INGESTOR_PASSES_CHOOSE_PLACES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "ingestor/document.h"
#include "ingestor/passes/cue_index.h"
#include "ingestor/passes/place_names.h"

namespace attache {

// What a name was read as. Points into the names.
struct PlaceChoice {
  const PlaceMeaning* best = nullptr;
  // The country that the name stands for nearly as well; nullptr for none.
  const PlaceMeaning* rival = nullptr;
  // "Portsmouth, New Hampshire": the province behind a town of many namesakes
  // that lies in none of the countries known to have one; else nullptr.
  const PlaceMeaning* province = nullptr;
  const PlaceName* qualifier = nullptr;  // see Qualifier
  const PlaceName* qualified = nullptr;  // the name that this one qualifies
};

// Refers to its inputs, which must outlive it. Immutable, thread-safe.
class PlaceChooser {
 public:
  // O(names).
  PlaceChooser(const Document& document, const CueIndex& cues,
               const std::vector<PlaceName>& names);

  // O(meanings of the name and of its neighbours).
  PlaceChoice Choose(size_t name) const;

  // A town whose name is likelier something else counts only where the text
  // speaks of its country, or stands it where a place must be (`located`).
  bool HasSupport(const PlaceChoice& choice, bool located) const;

 private:
  // Countries that the text speaks of without any doubt.
  struct Context {
    absl::flat_hash_set<std::string> countries;
    // Countries of towns other than their capitals: what speaks for a province
    // of the same name as a country.
    absl::flat_hash_set<std::string> towns;
    // Countries of capitals.
    absl::flat_hash_set<std::string> capitals;
  };

  void ReadContext();
  void SettleTowns();
  float Score(const PlaceMeaning& meaning, const PlaceChoice& choice) const;
  float WithContext(float score, const PlaceMeaning& meaning) const;

  const Document& document_;
  const CueIndex& cues_;
  const std::vector<PlaceName>& names_;
  Context context_;
  // By the folded name of a town of several countries: the country that the
  // text first puts it in.
  absl::flat_hash_map<std::string, std::string> settled_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_CHOOSE_PLACES_H_
