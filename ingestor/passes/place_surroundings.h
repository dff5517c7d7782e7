// What stands around the name of a place, and what it makes of the name.
#ifndef ATTACHE_INGESTOR_PASSES_PLACE_SURROUNDINGS_H_
#define ATTACHE_INGESTOR_PASSES_PLACE_SURROUNDINGS_H_

#include <cstdint>

#include "ingestor/document.h"
#include "ingestor/passes/cue_index.h"
#include "ingestor/passes/find_places.h"
#include "ingestor/passes/place_names.h"

namespace attache {

// Refers to its inputs, which must outlive it. Thread-safe. Every method takes
// the time of a few lookups of cues.
class PlaceSurroundings {
 public:
  PlaceSurroundings(const Document& document, const CueIndex& cues)
      : document_(document), cues_(cues) {}

  // Whether the name is part of one that does not speak of the place: "Paris
  // Agreement", "University of the Philippines", "Secretary Jordan".
  bool InsideName(TokenSpan span, const PlaceMeaning& meaning) const;

  // "US$3 billion".
  bool InCurrency(TokenSpan span) const;

  // "in Lima", "from the Netherlands": where a place must be.
  bool Located(TokenSpan span) const;

  // Whether the name goes on with the list that `previous` is in: a list of
  // places shares its first one's preposition.
  bool ContinuesList(TokenSpan previous, TokenSpan span) const;

  // "the Finnish capital", "the capital of Finland": a place in that state.
  // The name with these words; the name alone where there are none.
  TokenSpan WithCapital(TokenSpan span, PlaceKind kind) const;

 private:
  // The next or previous word in the same unit with nothing but space between;
  // -1 where there is none.
  int Next(TokenSpan span) const;
  int Previous(TokenSpan span) const;
  bool UnknownCapital(int token) const;
  bool After(Cue cue, TokenSpan span) const;
  bool BeforeNamedBody(TokenSpan span) const;
  bool InPersonName(TokenSpan span, const PlaceMeaning& meaning) const;

  const Document& document_;
  const CueIndex& cues_;
};

}  // namespace attache

#endif  // ATTACHE_INGESTOR_PASSES_PLACE_SURROUNDINGS_H_
