#include "ingestor/passes/town_before.h"

namespace attache {

uint32_t TownBefore(const TripText& text, const PlaceMention& place,
                    uint32_t sentence_begin) {
  const CueIndex& cues = text.cues();
  const auto& tokens = text.document().tokens;
  uint32_t at = place.span.begin;
  // "Bento Gonçalves, en el sur de Brasil".
  while (at > sentence_begin &&
         (cues.Is(Cue::kAt, at - 1) || cues.Is(Cue::kArticle, at - 1)) &&
         place.place == nullptr) {
    --at;
  }
  if (at < sentence_begin + 3 || tokens[at - 1].folded != ",") {
    return place.span.begin;
  }
  --at;
  uint32_t words = 0;
  while (at > sentence_begin && words < 3 && tokens[at - 1].capitalized &&
         !cues.Ordinary(at - 1) && text.PersonAt(at - 1) == nullptr &&
         text.PlaceAt(at - 1) == nullptr) {
    --at;
    ++words;
  }
  const bool located =
      words > 0 && at > sentence_begin &&
      (cues.Is(Cue::kAt, at - 1) || cues.Is(Cue::kTowards, at - 1) ||
       cues.Is(Cue::kVisitVerb, at - 1));
  return located ? at : place.span.begin;
}

}  // namespace attache
